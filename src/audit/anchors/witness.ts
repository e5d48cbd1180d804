import { decodeDecimal } from '../tlog/base64.ts'
import { parseVkey, type Verifier } from '../tlog/keys.ts'
import { openNote, signatureLines } from '../tlog/note.ts'
import { type AnchorAnswer, type AnchorSender, NotAnchored } from './anchor.ts'

/** A checkpoint that a witness is asked to cosign. */
export interface Submission {
  /** The signed note. */
  readonly note: string
  /** Its text: what is cosigned. */
  readonly text: string
  readonly size: number
  /** Consistency proof from an older size. @throws Error when tiles are missing */
  proof(oldSize: number): readonly Buffer[]
}

/** A cosignature that holds. */
export interface Cosignature {
  readonly line: string
  /** Unix seconds. */
  readonly time: number
}

/** A witness that knows another size than we remember says so; one that says so again and again is not working. */
const MAX_TRIES = 3

/** The request body of C2SP tlog-witness `add-checkpoint`. */
export function addCheckpointBody(oldSize: number, proof: readonly Buffer[], note: string): string {
  const lines = [`old ${oldSize}`, ...proof.map(hash => hash.toString('base64'))]
  return `${lines.join('\n')}\n\n${note}`
}

/** A witness, asked over C2SP tlog-witness: it checks that a log only grew, and cosigns its checkpoint. */
export class Witness {
  readonly verifier: Verifier
  readonly #sender: AnchorSender

  /** @param sender to `<prefix>/add-checkpoint` @throws TypeError for a vkey that is none */
  constructor(vkey: string, sender: AnchorSender) {
    this.verifier = parseVkey(vkey)
    this.#sender = sender
  }

  /**
   * @param knownSize what it cosigned last as far as we know; the witness corrects that
   * @throws NotAnchored
   */
  async cosign(submission: Submission, knownSize: number): Promise<Cosignature> {
    let old = knownSize
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const answer = await this.#ask(addCheckpointBody(old, submission.proof(old), submission.note))
      if (answer.status === 200) return this.#cosignatureOf(answer, submission.text)
      if (answer.status !== 409) throw new NotAnchored(faultOf(answer.status))
      const size = decodeDecimal(answer.bytes.toString('latin1').trimEnd())
      if (size === null) throw new NotAnchored('bad_answer')
      if (size > submission.size) throw new NotAnchored('contradicts')
      old = size
    }
    throw new NotAnchored('bad_answer')
  }

  close(): Promise<void> {
    return this.#sender.close()
  }

  async #ask(body: string): Promise<AnchorAnswer> {
    try {
      return await this.#sender.post({ 'content-type': 'text/plain; charset=utf-8' }, body)
    } catch (cause) {
      throw new NotAnchored('unreachable', { cause })
    }
  }

  /** Signatures of other keys, which a witness may add, are passed over. */
  #cosignatureOf({ bytes }: AnchorAnswer, text: string): Cosignature {
    try {
      for (const line of signatureLines(`${text}\n${bytes.toString()}`)) {
        const time = timeOf(line, text, this.verifier)
        if (time !== undefined) return { line, time }
      }
    } catch (cause) {
      throw new NotAnchored('bad_answer', { cause })
    }
    throw new NotAnchored('bad_answer')
  }
}

/** When this witness made the signature, in Unix seconds; undefined for one of another key. @throws NoteError when it does not hold */
function timeOf(line: string, text: string, verifier: Verifier): number | undefined {
  if (!line.startsWith(`— ${verifier.name} `)) return undefined
  return openNote(`${text}\n${line}`, [verifier]).signedBy[0]?.time
}

/** 422: the proof does not lead from what the witness knows to this checkpoint. */
function faultOf(status: number) {
  if (status === 422) return 'contradicts'
  return status === 429 || status >= 500 ? 'unreachable' : 'refused'
}
