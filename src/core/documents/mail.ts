import type { DocumentFormat, DocumentTexts } from './document.ts'

/** Forms in forms, as forwarded mails have; deeper ones can't be read. */
const MAX_NESTING = 6

/**
 * A mail (RFC 5322, RFC 2045). Texts leave decoded, as UTF-8 in 8 bits, so that what quoted-printable and Base64 hide is
 * read; words of headers (RFC 2047) too. Attachments that are no text can't be read.
 */
export const mail: DocumentFormat = {
  extensions: ['eml'],
  types: ['message/rfc822'],
  tells: true,
  open: () => ({
    take: (text, last, into) => {
      if (!last) return 'more'
      return { end: text.length, source: readEntity(text.replace(/\r\n/g, '\n'), into, 0, 0) }
    }
  })
}

/** @param at where this entity begins in the document. @returns it as it leaves */
function readEntity(entity: string, into: DocumentTexts, at: number, nesting: number): string {
  const end = entity.startsWith('\n') ? 0 : entity.indexOf('\n\n')
  const head = end < 0 ? entity : entity.slice(0, end)
  const body = end < 0 ? '' : entity.slice(end + (end === 0 ? 1 : 2))
  const headers = decodeWords(unfold(head))
  const type = headerOf(headers, 'content-type')
  const encoding = headerOf(headers, 'content-transfer-encoding').trim().toLowerCase()
  const boundary = /^\s*multipart\/.*?boundary="?([^";\n]{1,70})/is.exec(type)?.[1]
  const isText = type.trim() === '' || /^\s*(?:text|message)\//i.test(type)
  if (boundary !== undefined && nesting < MAX_NESTING) {
    into.text(headers, at)
    const start = at + headers.length + 2
    return `${headers}\n\n${readParts(body, boundary, into, start, nesting)}`
  }
  if (!isText || boundary !== undefined) {
    into.text(headers, at)
    into.opaque()
    return `${headers}\n\n${body}`
  }
  const decoded = decodeBody(body, encoding, /charset="?([\w-]{1,40})/i.exec(type)?.[1] ?? 'utf-8')
  if (decoded === null) into.opaque()
  const shown = decoded === null ? headers : asUtf8(headers)
  into.text(shown, at)
  if (decoded !== null) into.text(decoded, at + shown.length + 2)
  return `${shown}\n\n${decoded ?? body}`
}

function readParts(body: string, boundary: string, into: DocumentTexts, at: number, nesting: number): string {
  const [preamble = '', ...parts] = body.split(new RegExp(`^--${escaped(boundary)}`, 'm'))
  into.text(preamble, at)
  let out = preamble
  for (const part of parts) {
    out += `--${boundary}`
    const line = part.indexOf('\n')
    if (part.startsWith('--') || line < 0) {
      into.text(part, at + out.length)
      out += part
      continue
    }
    out += part.slice(0, line + 1)
    out += readEntity(part.slice(line + 1), into, at + out.length, nesting + 1)
    if (!out.endsWith('\n')) out += '\n'
  }
  return out
}

/** Null for an encoding or a character set that is not known. */
function decodeBody(body: string, encoding: string, charset: string): string | null {
  if (['', '7bit', '8bit', 'binary'].includes(encoding)) return body
  if (encoding !== 'base64' && encoding !== 'quoted-printable') return null
  const bytes = encoding === 'base64' ? Buffer.from(body, 'base64') : quotedBytes(body)
  return decodeBytes(bytes, charset)
}

function decodeBytes(bytes: Buffer, charset: string): string | null {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text.replace(/\r\n/g, '\n')
  } catch {
    return null
  }
}

/** Quoted-printable (RFC 2045 §6.7). */
function quotedBytes(text: string): Buffer {
  const plain = text.replace(/[ \t]*=\n/g, '')
  const parts = plain.split(/=([0-9A-Fa-f]{2})/)
  return Buffer.concat(parts.map((part, at) => Buffer.from(part, at % 2 === 1 ? 'hex' : 'utf8')))
}

/** Encoded words of headers (RFC 2047) as text; those that would hold line breaks stay. */
function decodeWords(headers: string): string {
  return headers
    .replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)[ \t\n]+(?==\?)/gi, '$1')
    .replace(
      /=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\s]{0,400})\?=/gi,
      (word: string, charset, form, value) => {
        const [set, kind, text] = [String(charset), String(form).toLowerCase(), String(value)]
        const bytes = kind === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text.replace(/_/g, ' '))
        const decoded = decodeBytes(bytes, set)
        return decoded === null || /[\r\n]/.test(decoded) ? word : decoded
      }
    )
}

function unfold(headers: string): string {
  return headers.replace(/\n[ \t]+/g, ' ')
}

function headerOf(headers: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'im').exec(headers)?.[1] ?? ''
}

function asUtf8(headers: string): string {
  return headers
    .replace(/^content-transfer-encoding:.*$/im, 'Content-Transfer-Encoding: 8bit')
    .replace(/^(content-type:.*?charset=)"?[\w-]+"?/im, '$1utf-8')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
