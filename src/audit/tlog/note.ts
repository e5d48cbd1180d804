import { decodeBase64 } from './base64.ts'
import { isKeyName, type Signer, type Verifier } from './keys.ts'

/** Signed notes, C2SP signed-note. Texts are attacker-controlled; what is not canonical is refused. */

/** Why a note is not accepted; quotes nothing of it but key names. */
export class NoteError extends Error {
  override readonly name = 'NoteError'
}

export interface OpenNote {
  /** What is signed: whole lines, the last newline included. */
  readonly text: string
  readonly signedBy: readonly Signature[]
}

export interface Signature {
  readonly name: string
  readonly type: Verifier['type']
  /** Unix seconds, of cosignatures. */
  readonly time?: number
}

/** More than any log and its witnesses have. */
const MAX_SIGNATURES = 100
const MAX_BYTES = 1 << 20

export function signNote(text: string, signers: readonly Signer[]): string {
  return `${text}\n${signers.map(signer => signatureLine(signer, text)).join('')}`
}

export function signatureLine(signer: Signer, text: string): string {
  return `— ${signer.name} ${Buffer.concat([signer.keyId, signer.sign(text)]).toString('base64')}\n`
}

/**
 * Checks a note with the keys that are known; signatures of others are passed over.
 * @throws NoteError when it is no note, a signature of a known key fails, or none of a known key is there
 */
export function openNote(note: string, verifiers: readonly Verifier[]): OpenNote {
  const { text, signatures } = parse(note)
  const signedBy: Signature[] = []
  for (const { name, keyId, signature } of signatures) {
    const verifier = verifiers.find(known => known.name === name && known.keyId.equals(keyId))
    if (verifier === undefined) continue
    const result = verifier.verify(text, signature)
    if (result === null) throw new NoteError(`the signature of ${name} does not fit the text`)
    signedBy.push({ name, type: verifier.type, ...result })
  }
  if (signedBy.length === 0) throw new NoteError('there is no signature of a known key')
  return { text, signedBy }
}

/** The lines of signatures, each with its newline. */
export function signatureLines(note: string): string[] {
  parse(note)
  return note.slice(note.lastIndexOf('\n\n') + 2).split(/(?<=\n)/)
}

function parse(note: string) {
  if (note.length > MAX_BYTES) throw new NoteError('it is too long for a signed note')
  // biome-ignore format: one class
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/.test(note)) throw new NoteError('it holds control characters or broken UTF-8')
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n'))
    throw new NoteError('it has no empty line before signatures, or no newline at its end')
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw new NoteError('it has too many signatures')
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

function parseSignature(line: string) {
  const [dash, name = '', base64 = '', ...more] = line.split(' ')
  const bytes = decodeBase64(base64)
  if (dash !== '—' || !isKeyName(name) || more.length > 0 || bytes === null || bytes.length < 5)
    throw new NoteError('a line after the empty line is no signature')
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}
