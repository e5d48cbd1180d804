import { anywhere, type Recognizer } from '../../recognizer.ts'
import { ALNUM, BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { joined, startsHere } from './rule.ts'

/** Longest key in base64 looked at. */
const MAX_VALUE = 24_576
/** A P-256 key in DER has 121 bytes. */
const MIN_VALUE = 60
/** Longest line end and indent. */
const MAX_INDENT = 40

/**
 * Private keys in base64 without PEM lines around them, or with these in base64 too: `client-key-data` of a kubeconfig,
 * keys in configuration. The first bytes tell: DER of PKCS #1, PKCS #8 and SEC 1 starts with a version number, PEM with its line.
 */
export const keyData: Recognizer = {
  id: 'private-key-data',
  types: ['PRIVATE_KEY'],
  anchors: anywhere('MII', 'MIG', 'MHc', 'MC4CAQ', 'LS0tLS1CRUdJTi'),
  recognize,
  examples: {
    match: [
      {
        text: joined(
          'client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFU',
          'RSBLRVktLS0tLQpNSUlFb2dJQkFBS0NBUUVBbUhKOEJHdTFYZUZ4aENVQXBrNHNSTVI4RnRTdGtyMEx0OWtW'
        ),
        found: joined(
          'LS0tLS1CRUdJTiBSU0EgUFJJVkFU',
          'RSBLRVktLS0tLQpNSUlFb2dJQkFBS0NBUUVBbUhKOEJHdTFYZUZ4aENVQXBrNHNSTVI4RnRTdGtyMEx0OWtW'
        )
      },
      {
        text: joined(
          '<key>\n  MIIBOgIBAAJBAJtFfagSXdo0JmX6EdwWGvFMaXeOFY5xOTs3PWsnhRFakQFbAuI/',
          '\n  DaJSTVnp3ObjJPZhJs/P/XPWIKRNIglRqkkCAwEAAQ==\n</key>'
        ),
        found: joined(
          'MIIBOgIBAAJBAJtFfagSXdo0JmX6EdwWGvFMaXeOFY5xOTs3PWsnhRFakQFbAuI/',
          '\n  DaJSTVnp3ObjJPZhJs/P/XPWIKRNIglRqkkCAwEAAQ=='
        )
      },
      {
        text: joined(
          "$key = 'MIIEpAIBAAKCAQEA",
          "pIw+Hsk65Z+mieDsEiTkhtf7ZNBgks83DLUDb1yh2d/HDB0s9zHFzsgQGny0kUTM0fJ4';"
        ),
        found: joined(
          'MIIEpAIBAAKCAQEA',
          'pIw+Hsk65Z+mieDsEiTkhtf7ZNBgks83DLUDb1yh2d/HDB0s9zHFzsgQGny0kUTM0fJ4'
        )
      }
    ],
    noMatch: [
      "$cert = 'MIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3DfMIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3Df'",
      "$public = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt5egD1BQCK5fCQXKsgWh+VFj9zanV9cdwVmM/MOQ'",
      'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSURYVENDQWtXZ0F3SUJBZ0lKQUpDMUhpSUFaQWlJTUEwR0NTcUdTSWIzRGY'
    ]
  },
  source: 'RFC 8017 A.1.2, RFC 5958 §2, RFC 5915 §3, RFC 7468'
}

function recognize(scan: Scan, start: number): void {
  const { text } = scan
  const first = text.charCodeAt(start)
  if ((first !== 0x4d && first !== 0x4c) || !startsHere(text, start) || scan.isCovered(start)) return
  if (!isPrivateKey(text.slice(start, start + 80))) return
  let end = start
  while (end - start < MAX_VALUE && isBase64(text, end)) {
    end++
    if (is(text.charCodeAt(end), NEWLINE)) end = nextLine(text, end)
  }
  while (text.charCodeAt(end) === 0x3d) end++
  if (end - start >= MIN_VALUE) scan.report(start, end, 'PRIVATE_KEY', 0.97)
}

/** Shortest line, but for the last, of a key over several. */
const MIN_LINE = 32

/** Start of the next line where it goes on with base64, the same indent before it; else `at`. */
function nextLine(text: string, at: number): number {
  let from = at
  while (from - at < MAX_INDENT && is(text.charCodeAt(from), NEWLINE | BLANK)) from++
  let stop = from
  while (stop - from < MIN_LINE && isBase64(text, stop)) stop++
  return stop - from >= MIN_LINE || (stop > from && endsKey(text, stop)) ? from : at
}

/** Padding, or a quote, tag or line end right behind. */
function endsKey(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x3d || code === 0x22 || code === 0x27 || code === 0x3c
}

function isBase64(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return is(code, ALNUM) || code === 0x2b || code === 0x2f
}

function isPrivateKey(head: string): boolean {
  const bytes = Buffer.from(head, 'base64')
  if (bytes[0] !== 0x30) return /^-----BEGIN [A-Z ]{0,24}PRIVATE KEY/.test(bytes.toString('latin1'))
  const size = bytes[1] ?? 0
  const at = 2 + (size > 0x80 ? size - 0x80 : 0)
  // INTEGER, one byte, version 0 or 1.
  return bytes[at] === 0x02 && bytes[at + 1] === 0x01 && (bytes[at + 2] ?? 9) <= 1
}
