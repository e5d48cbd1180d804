import { anywhere, prefixes, type Recognizer } from '../../recognizer.ts'
import { ALNUM, BLANK, is } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isPlaceholder } from '../validators/placeholder.ts'
import { joined } from './rule.ts'

/** RFC 6265 §6.1: 4,096 bytes a cookie; headers with all of them are seldom longer than servers accept. */
const MAX_HEADER = 8192
/** Shorter values are settings, not sessions. */
const MIN_VALUE = 12

/** Names of session cookies by the documentation of their servers. */
const sessionNames = [
  'jsessionid',
  'phpsessid',
  'asp.net_sessionid',
  'aspsessionid',
  'connect.sid',
  'laravel_session',
  'ci_session'
]

/** Values of cookies that carry a session: in `Cookie:` and `Set-Cookie:` headers, and by the names of session cookies. */
export const cookie: Recognizer = {
  id: 'cookie',
  types: ['TOKEN'],
  anchors: [...prefixes('cookie:'), ...anywhere(...sessionNames)],
  recognize,
  examples: {
    match: [
      { text: 'Cookie: sessionid=38afes7a8kq20fjw9x3m; theme=dark', found: '38afes7a8kq20fjw9x3m' },
      { text: 'Cookie: theme=dark; sid=7kq20fjw9x3m38afes7a', found: '7kq20fjw9x3m38afes7a' },
      {
        text: joined('Set-Cookie: JSESSIONID=7B2F9E0C4D1A', '6835FE90ABCD12345678; Path=/; HttpOnly'),
        found: joined('7B2F9E0C4D1A', '6835FE90ABCD12345678')
      },
      { text: 'https://example.org/x;jsessionid=7B2F9E0C4D1A6835?a=b', found: '7B2F9E0C4D1A6835' },
      { text: '"PHPSESSID" => "298zf09hf012fh2"', found: '298zf09hf012fh2' }
    ],
    noMatch: [
      'Cookie: _ga=GA1.2.1034567890.1700000000; theme=dark',
      'Cookie: lang=de-DE; consent=accepted-all-of-them',
      'Set-Cookie: sid=; Max-Age=0',
      'PHPSESSID is the name of the cookie',
      'Cookie: session=$SESSION_COOKIE_VALUE1'
    ]
  },
  source: 'RFC 6265 §4.1, §4.2'
}

const letters = new Letters()

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (start < scan.readUntil) return
  const stop = Math.min(text.length, end + MAX_HEADER)
  if (text.charCodeAt(end - 1) === 0x3a) {
    // All pairs of a header.
    for (let at = pairStart(text, end, stop); at > 0; at = pairStart(text, scan.readUntil, stop)) {
      scan.readUntil = reportValue(scan, at, stop)
      if (text.charCodeAt(scan.readUntil) !== 0x3b) break
    }
    return
  }
  const at = valueStart(text, end)
  if (at > 0) scan.readUntil = reportValue(scan, at, stop)
}

/** @returns where the value ends */
function reportValue(scan: Scan, from: number, stop: number): number {
  const end = valueEnd(scan.text, from, stop)
  if (isSession(scan.text, from, end)) scan.report(from, end, 'TOKEN', 0.88)
  return end
}

/** Behind the name of a session cookie: `=`, `": "`, `" => "`. */
function valueStart(text: string, end: number): number {
  let at = end
  while (at - end < 8 && '"\'= >:'.includes(text.charAt(at))) at++
  return at > end && at < text.length ? at : -1
}

/** Behind the equals sign of the pair at `from`; -1 when none stands there. */
function pairStart(text: string, from: number, stop: number): number {
  let at = from
  while (at < stop && (is(text.charCodeAt(at), BLANK) || text.charCodeAt(at) === 0x3b)) at++
  const name = at
  while (at < stop && at - name < 64 && isName(text.charCodeAt(at))) at++
  // Attributes of Set-Cookie have no value or one that is none.
  if (at === name) return -1
  return text.charCodeAt(at) === 0x3d ? at + 1 : text.charCodeAt(at) === 0x3b ? at : -1
}

function isName(code: number): boolean {
  return is(code, ALNUM) || code === 0x2d || code === 0x2e || code === 0x5f || code === 0x24 || code === 0x21
}

/** cookie-octets of RFC 6265 §4.1.1, in quotes or not. */
function valueEnd(text: string, from: number, stop: number): number {
  let at = from
  while (at < stop) {
    const code = text.charCodeAt(at)
    if (
      code <= 0x20 ||
      code >= 0x7f ||
      code === 0x3b ||
      code === 0x2c ||
      code === 0x22 ||
      code === 0x27 ||
      code === 0x5c ||
      code === 0x3f
    )
      break
    at++
  }
  return at
}

/** Made by a machine, and not one of the counters that analytics keep: those are digits and dots. */
function isSession(text: string, from: number, end: number): boolean {
  if (end - from < MIN_VALUE) return false
  letters.read(text, from, Math.min(end, from + 128))
  if (letters.digits === 0 || letters.letters < 3 || !(letters.isRandom(MIN_VALUE) || letters.isPlausible))
    return false
  return (
    !isPlaceholder(text.slice(from, end)) && !/^GA\d\.|^fb\.\d|^\d+[|.:]/.test(text.slice(from, from + 16))
  )
}
