import { decodeBase64, decodeDecimal } from './base64.ts'
import { EMPTY_ROOT, HASH_BYTES } from './merkle.ts'
import { COSIGNATURE_V1, ED25519, parseVkey, type Signer, type Verifier } from './keys.ts'
import { NoteError, openNote, signNote } from './note.ts'

/** The head of a log, C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string
  /** Number of entries. */
  readonly size: number
  readonly root: Buffer
}

/** A checkpoint whose signature was checked. */
export interface OpenCheckpoint extends Checkpoint {
  /** Witnesses whose cosignatures hold, with the time of each in Unix seconds. */
  readonly witnesses: readonly { readonly name: string; readonly time: number }[]
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  return signNote(checkpointText(checkpoint), [signer])
}

/** Reads the text of a checkpoint; extension lines are refused, our logs write none. @throws NoteError */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', decimal = '', base64 = '', end, ...more] = text.split('\n')
  const size = decodeDecimal(decimal)
  const root = decodeBase64(base64)
  if (origin === '' || size === null || root?.length !== HASH_BYTES || end !== '' || more.length > 0)
    throw new NoteError('the text is no checkpoint: origin, size and root, one line each')
  if (size === 0 && !root.equals(EMPTY_ROOT)) throw new NoteError('a log without entries has another root')
  return { origin, size, root }
}

/**
 * Opens a checkpoint of a log.
 * @param vkey of the log, or of another log of the same gateway: the key counts, under the name of the origin
 * @param witnesses keys of witnesses; each that signed must fit
 * @throws NoteError when the log itself did not sign it
 */
export function openCheckpoint(
  note: string,
  vkey: string,
  witnesses: readonly Verifier[] = []
): OpenCheckpoint {
  const [origin = ''] = note.split('\n', 1)
  const { text, signedBy } = openNote(note, [parseVkey(vkey, origin), ...witnesses])
  if (!signedBy.some(({ type, name }) => type === ED25519 && name === origin))
    throw new NoteError('the log itself did not sign it')
  return {
    ...parseCheckpoint(text),
    witnesses: signedBy.flatMap(({ type, name, time }) =>
      type === COSIGNATURE_V1 && time !== undefined ? [{ name, time }] : []
    )
  }
}
