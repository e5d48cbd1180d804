import { createHash } from 'node:crypto'
import { errors } from '../errors.ts'
import { type ByteSource, bytesOf } from './byte-source.ts'

/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string
  /** Null for a plain field. */
  readonly filename: string | null
  /** As the caller says, without parameters, lower case; null when it says nothing. */
  readonly type: string | null
  /** Where its content stands in the body. */
  readonly start: number
  readonly end: number
}

/** A form, taken apart. */
export interface FormParts {
  readonly parts: readonly FormPart[]
  /** Of all its bytes, SHA-256, hex: a boundary made of it stands in none of them. */
  readonly digest: string
}

/** Forms of this API have a dozen fields, and up to sixteen pictures. */
const MAX_PARTS = 128
/** Of one part: a disposition and a type. Real ones have two hundred bytes. */
const MAX_HEAD_BYTES = 4096
const CRLF = '\r\n'

/** The boundary of a `multipart/form-data` content type (RFC 7578); null when it names none. @param contentType attacker-controlled */
export function boundaryOf(contentType: string): string | null {
  const found =
    /^multipart\/form-data\s*;(?:[^"]*;)?\s*boundary=(?:"([^"\r\n]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*(?:;|$)/i.exec(
      contentType
    )
  return found?.[1] ?? found?.[2] ?? null
}

/**
 * Takes a form apart. What readers of forms disagree on is refused: headers of a part besides its disposition and type,
 * encodings, nested forms, text outside of the parts.
 * @param body attacker-controlled; read once in pieces, and again where heads stand
 * @throws errors.BodyNotForm
 */
export async function readForm(body: ByteSource, boundary: string): Promise<FormParts> {
  const delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1')
  const first = delimiter.length - CRLF.length
  const begin = await bytesOf(body, 0, Math.min(first, body.length))
  if (begin.compare(delimiter.subarray(CRLF.length)) !== 0) throw broken('no boundary at its begin')
  const { places, digest } = await findBoundaries(body, delimiter, first)
  const parts: FormPart[] = []
  let at = first
  for (let index = 0; ; index++) {
    const head = await bytesOf(body, at, Math.min(body.length, at + MAX_HEAD_BYTES + 2 * CRLF.length))
    if (head.subarray(0, 2).toString('latin1') === '--') {
      if (!/^--[ \t\r\n]*$/.test(head.toString('latin1')) || places.length > index)
        throw broken('text after its end')
      return { parts, digest }
    }
    if (head.subarray(0, 2).toString('latin1') !== CRLF) throw broken('text beside a boundary')
    if (parts.length >= MAX_PARTS) throw broken(`more than ${MAX_PARTS} parts`)
    const end = places[index]
    if (end === undefined) throw broken('no boundary at its end')
    parts.push(readPart(head.subarray(0, end - at), at, end))
    at = end + delimiter.length
  }
}

/** Where the boundary stands from an offset on: one more than parts are allowed at most. */
async function findBoundaries(body: ByteSource, delimiter: Buffer, from: number) {
  const digest = createHash('sha256').update(delimiter)
  const places: number[] = []
  let held: Buffer = Buffer.alloc(0)
  let base = from
  for await (const piece of body.read(from)) {
    digest.update(piece)
    const bytes = held.length === 0 ? piece : Buffer.concat([held, piece])
    let after = 0
    while (places.length <= MAX_PARTS) {
      const found = bytes.indexOf(delimiter, after)
      if (found < 0) break
      places.push(base + found)
      after = found + delimiter.length
    }
    // a boundary may begin in this piece and end in the next
    const kept = Math.min(delimiter.length - 1, bytes.length - after)
    held = bytes.subarray(bytes.length - kept)
    base += bytes.length - kept
  }
  return { places, digest: digest.digest('hex') }
}

/** @param part its first bytes. @param at where it begins. @param end where the next boundary begins */
function readPart(part: Buffer, at: number, end: number): FormPart {
  // a part without headers begins with the empty line at once
  const headEnd = part.indexOf(`${CRLF}${CRLF}`)
  if (headEnd < 0 || headEnd > MAX_HEAD_BYTES) throw broken('a part without headers')
  const head = part.subarray(CRLF.length, headEnd)
  const headers = new Map<string, string>()
  for (const line of decoded(head).split(CRLF)) {
    const [, name = '', value = ''] = /^([\w-]{1,40}):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (!['content-disposition', 'content-type', 'content-length'].includes(key) || headers.has(key))
      throw broken('an unknown header of a part')
    headers.set(key, value)
  }
  const { name, filename } = readDisposition(headers.get('content-disposition') ?? '')
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null
  if (type?.startsWith('multipart/') === true) throw broken('a form in a form')
  return { name, filename, type, start: at + headEnd + 2 * CRLF.length, end }
}

/** `form-data; name="…"; filename="…"` (RFC 7578 §4.2); `%22`, `%0D` and `%0A` as browsers write them. */
function readDisposition(value: string): { name: string; filename: string | null } {
  const found =
    /^form-data;\s*name="([^"\0\r\n]{1,200})"(?:;\s*filename="((?:[^"\\\0\r\n]|\\[^\0\r\n]){0,1000})")?(?:;\s*filename\*=[^;\s]{1,1500})?\s*$/i.exec(
      value
    )
  const [, name, filename] = found ?? []
  if (name === undefined) throw broken('a part without a name')
  return {
    name,
    filename: filename === undefined ? null : filename.replace(/%22/g, '"').replace(/\\(.)/g, '$1')
  }
}

/** @throws errors.BodyNotForm for bytes that are no UTF-8 */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw broken('a header that is no UTF-8')
  }
}

/** A name as it stands in a disposition. */
export function quotedName(name: string): string {
  return name.replace(
    /["\r\n]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  )
}

function broken(why: string): Error {
  return new errors.BodyNotForm(why)
}
