import { decodeBase64, decodeDecimal } from './base64.ts'
import { openCheckpoint, type OpenCheckpoint } from './checkpoint.ts'
import type { Verifier } from './keys.ts'
import { HASH_BYTES, leafHash, rootFromInclusion } from './merkle.ts'
import { NoteError } from './note.ts'

/** Self-contained proof that an entry stands in a log, C2SP tlog-proof: a text file `….tlog-proof`. */
export interface TlogProof {
  /** Opaque and not signed; ours is the entry itself, so that the file is all one needs. */
  readonly extra?: Buffer
  readonly index: number
  readonly hashes: readonly Buffer[]
  /** The signed note, as it stands. */
  readonly checkpoint: string
}

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 leaves has proofs of 53 hashes. */
const MAX_HASHES = 63

export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...hashes.map(hash => hash.toString('base64'))
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Attacker-controlled. @throws NoteError when it is no proof */
export function parseProof(text: string): TlogProof {
  const end = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, end).split('\n')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : decodeBase64(extraLine.slice('extra '.length))
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? decodeDecimal(indexLine.slice('index '.length)) : null
  const hashes = lines.map(decodeBase64)
  const isWhole = hashes.length <= MAX_HASHES && hashes.every(hash => hash?.length === HASH_BYTES)
  if (end < 0 || header !== HEADER || index === null || extra === null || !isWhole)
    throw new NoteError('this is no proof of the form c2sp.org/tlog-proof@v1')
  return {
    ...(extra === undefined ? {} : { extra }),
    index,
    hashes: hashes as Buffer[],
    checkpoint: text.slice(end + 2)
  }
}

/**
 * Checks that `entry` stands at the index of the proof in a log that signed the checkpoint.
 * @throws NoteError saying what does not hold
 */
export function checkProof(
  proof: TlogProof,
  entry: Uint8Array,
  vkey: string,
  witnesses: readonly Verifier[] = []
): OpenCheckpoint {
  const checkpoint = openCheckpoint(proof.checkpoint, vkey, witnesses)
  const root = rootFromInclusion(leafHash(entry), proof.index, checkpoint.size, proof.hashes)
  if (!root?.equals(checkpoint.root)) throw new NoteError('the entry does not stand in the log at this index')
  return checkpoint
}
