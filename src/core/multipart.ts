import { errors } from '../errors.ts'

/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string
  /** Null for a plain field. */
  readonly filename: string | null
  /** As the caller says, without parameters, lower case; null when it says nothing. */
  readonly type: string | null
  readonly body: Buffer
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
 * @param body attacker-controlled
 * @throws errors.BodyNotForm
 */
export function readForm(body: Buffer, boundary: string): FormPart[] {
  const delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1')
  const parts: FormPart[] = []
  let at = delimiter.length - CRLF.length
  if (body.subarray(0, at).compare(delimiter.subarray(CRLF.length)) !== 0)
    throw broken('no boundary at its begin')
  for (;;) {
    const next = body.subarray(at, at + 2).toString('latin1')
    if (next === '--') break
    if (next !== CRLF) throw broken('text beside a boundary')
    if (parts.length >= MAX_PARTS) throw broken(`more than ${MAX_PARTS} parts`)
    const end = body.indexOf(delimiter, at)
    if (end < 0) throw broken('no boundary at its end')
    // a part without headers begins with the empty line at once
    parts.push(readPart(body.subarray(at, end)))
    at = end + delimiter.length
  }
  if (!/^--[ \t\r\n]*$/.test(body.subarray(at, at + MAX_HEAD_BYTES).toString('latin1')))
    throw broken('text after its end')
  return parts
}

function readPart(part: Buffer): FormPart {
  const end = part.indexOf(`${CRLF}${CRLF}`)
  if (end < 0 || end > MAX_HEAD_BYTES) throw broken('a part without headers')
  const head = part.subarray(CRLF.length, end)
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
  return { name, filename, type, body: part.subarray(end + 2 * CRLF.length) }
}

/** `form-data; name="…"; filename="…"` (RFC 7578 §4.2); `%22`, `%0D` and `%0A` as browsers write them. */
function readDisposition(value: string): { name: string; filename: string | null } {
  const found =
    /^form-data;\s*name="([^"\r\n]{1,200})"(?:;\s*filename="((?:[^"\\\r\n]|\\.){0,1000})")?(?:;\s*filename\*=[^;\s]{1,1500})?\s*$/i.exec(
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
