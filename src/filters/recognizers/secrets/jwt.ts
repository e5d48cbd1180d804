import { anywhere, type Recognizer } from '../../recognizer.ts'
import { ALNUM, is } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { joined, startsHere } from './rule.ts'

const MAX_PART = 8192
/** Longest header decoded, in base64. */
const MAX_HEADER = 1024

/** JSON web tokens, signed or encrypted, in compact form: two to five parts, the first a JSON object with `alg` or `typ`. */
export const jwt: Recognizer = {
  id: 'jwt',
  types: ['TOKEN'],
  anchors: anywhere('eyJ'),
  recognize,
  examples: {
    match: [
      joined(
        'eyJhbGciOiJIUzI1',
        'NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsIm5hbWUiOiJNYXgifQ.7Qk2nX0bq1Zs8t3VwYyR4uJ5mC6eD9fG'
      ),
      {
        text: joined('jwt=eyJhbGciOiJub25l', 'In0.eyJzdWIiOiJ0ZXN0LXVzZXIifQ.'),
        found: joined('eyJhbGciOiJub25l', 'In0.eyJzdWIiOiJ0ZXN0LXVzZXIifQ.')
      },
      {
        text: joined(
          'cookie: t=eyJ0eXAiOiJK',
          'V1QiLCJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJlc2lnbmF0dXJl; a=b'
        ),
        found: joined('eyJ0eXAiOiJK', 'V1QiLCJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJlc2lnbmF0dXJl')
      }
    ],
    noMatch: [
      joined('eyJhbGciOiJIUzI1', 'NiIsInR5cCI6IkpXVCJ9'),
      'eyJust.words.here',
      joined('eyJuYW1lIjoiTWF4', 'In0.eyJhIjoxfQ.c2lnbmF0dXJl')
    ]
  },
  source: 'RFC 7519, RFC 7515 §7.1, RFC 7516 §7.1'
}

function recognize(scan: Scan, start: number): void {
  const { text } = scan
  if (text.charCodeAt(start) !== 0x65 || text.charCodeAt(start + 2) !== 0x4a || !startsHere(text, start))
    return
  if (scan.isCovered(start)) return
  // What is known to go on is not read again: a text may be nothing but beginnings.
  let end = partEnd(text, Math.max(start, scan.readUntil), start + MAX_HEADER + 1)
  scan.readUntil = end
  if (end - start < 12 || end - start > MAX_HEADER || text.charCodeAt(end) !== 0x2e) return
  if (!isHeader(text.slice(start, end))) return
  let parts = 1
  while (parts < 5 && text.charCodeAt(end) === 0x2e) {
    const next = partEnd(text, end + 1, end + 1 + MAX_PART)
    // A full stop ends a sentence; an empty signature ends an unsigned token.
    if (next === end + 1) {
      if (parts === 2 && !is(text.charCodeAt(next), ALNUM)) end = next
      break
    }
    end = next
    parts++
  }
  if (parts >= 2) scan.report(start, end, 'TOKEN', parts >= 3 ? 0.98 : 0.9)
}

function partEnd(text: string, from: number, stop: number): number {
  let at = from
  while (at < stop && isPartChar(text.charCodeAt(at))) at++
  return at
}

function isPartChar(code: number): boolean {
  return is(code, ALNUM) || code === 0x2d || code === 0x5f
}

function isHeader(part: string): boolean {
  const json = Buffer.from(part, 'base64url').toString('latin1')
  return /^\{\s{0,9}"[\x20-\x7e\s]+\}\s{0,9}$/.test(json) && /"(?:alg|typ|enc|kid|jwk|x5t)"/.test(json)
}
