import { anywhere, type Recognizer } from '../../recognizer.ts'
import type { Scan } from '../../scanner/scan.ts'
import { joined } from './rule.ts'

/** A key of 4,096 bits has 5,200 characters in this form; the window reaches so far to both sides of its type. */
const MAX_KEY = 6144
/** Members of one key that are secret: RFC 7518 §6.2.2, §6.3.2, §6.4.1. */
const member = /"(?:d|p|q|dp|dq|qi|k)\\?"\s{0,8}:\s{0,8}\\?"([\w-]{16,2048})/g

/** The secret members of JSON web keys: `{"kty":"EC", … "d":"…"}`. */
export const jwk: Recognizer = {
  id: 'json-web-key',
  types: ['PRIVATE_KEY'],
  anchors: anywhere('"kty'),
  recognize,
  examples: {
    match: [
      {
        text: joined(
          '{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","d":"870MB6gfuTJ4HtUnU',
          'vYMyJpr5eUZNP4Bk43bVdj3eAE"}'
        ),
        found: joined('870MB6gfuTJ4HtUnU', 'vYMyJpr5eUZNP4Bk43bVdj3eAE')
      },
      {
        text: joined('{"k": "GawgguFyGrWKav7AX4VKUg93qB', '7Wm2xQ", "kty": "oct"}'),
        found: joined('GawgguFyGrWKav7AX4VKUg93qB', '7Wm2xQ')
      }
    ],
    noMatch: [
      '{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}',
      '{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc"}'
    ]
  },
  source: 'RFC 7517 §9.2, RFC 7518 §6'
}

function recognize(scan: Scan, start: number): void {
  const { text } = scan
  if (start < scan.readUntil) return
  const from = Math.max(scan.readUntil, start - MAX_KEY)
  const stop = Math.min(text.length, start + MAX_KEY)
  // One object: what stands before its bracket and behind the next belongs to others.
  const open = text.slice(from, start).lastIndexOf('{')
  const close = text.slice(start, stop).indexOf('}')
  const begin = from + Math.max(0, open)
  const end = close < 0 ? stop : start + close
  scan.readUntil = end
  for (const found of text.slice(begin, end).matchAll(member)) {
    const value = found[1] ?? ''
    const at = begin + found.index + found[0].length - value.length
    scan.report(at, at + value.length, 'PRIVATE_KEY', 0.97)
  }
}
