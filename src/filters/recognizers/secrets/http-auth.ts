import { type Recognizer, words } from '../../recognizer.ts'
import { ALNUM, BLANK, is } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isPlaceholder } from '../validators/placeholder.ts'
import { joined } from './rule.ts'

const MAX_VALUE = 4096
/** Longest user and password looked at, in base64. */
export const MAX_BASIC = 400

/** Credentials of the HTTP header `Authorization`, in headers, code and command lines: `Bearer …`, `Basic …`. */
export const httpAuth: Recognizer = {
  id: 'http-auth',
  types: ['TOKEN', 'PASSWORD'],
  anchors: words('bearer', 'basic', 'ntlm', 'negotiate', 'ssws', 'aivenv1', 'oauth'),
  recognize,
  examples: {
    match: [
      { text: 'Authorization: Bearer mF9kB5f41JqMzzT8', found: 'mF9kB5f41JqMzzT8' },
      {
        text: "-H 'authorization: bearer 74ea5afebc18c203fec50c02b2022876'",
        found: '74ea5afebc18c203fec50c02b2022876'
      },
      {
        text: joined('Authorization: Basic bWF4OmdlaGV', 'pbTEyMw=='),
        found: 'bWF4OmdlaGVpbTEyMw==',
        type: 'PASSWORD'
      },
      { text: 'curl --oauth2-bearer "eZs2fjkjD8hUcsQ37b8zHig=="', found: 'eZs2fjkjD8hUcsQ37b8zHig==' },
      {
        text: 'Authorization: SSWS 00QCjAl4MlVWPXMABCDEFGHIJKL0HmjFxvbGua',
        found: '00QCjAl4MlVWPXMABCDEFGHIJKL0HmjFxvbGua'
      }
    ],
    noMatch: [
      'Authorization: Bearer <token>',
      'Authorization: Bearer ${TOKEN}',
      'Authorization: Bearer YOUR_ACCESS_TOKEN',
      'The bearer authentication scheme',
      'Basic login_and_password_removed',
      'Basic authentication is required',
      'basic knowledge'
    ]
  },
  source: 'RFC 6750, RFC 7617, RFC 4559'
}

const letters = new Letters()

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  let from = end
  while (from - end < 4 && (is(text.charCodeAt(from), BLANK) || text.charCodeAt(from) === 0x3a)) from++
  if (from === end) return
  // `--oauth2-bearer "…"`
  if (text.charCodeAt(from) === 0x22 || text.charCodeAt(from) === 0x27) from++
  const isBasic = (text.charCodeAt(start) | 0x20) === 0x62 && (text.charCodeAt(start + 1) | 0x20) === 0x61
  const stop = tokenEnd(text, from, isBasic ? MAX_BASIC : MAX_VALUE)
  if (stop - from < 8) return
  if (isBasic) {
    if (isUserAndPassword(text.slice(from, stop))) scan.report(from, stop, 'PASSWORD', 0.95)
  } else if (isToken(text, from, stop)) scan.report(from, stop, 'TOKEN', 0.92)
}

function isToken(text: string, from: number, to: number): boolean {
  letters.read(text, from, Math.min(to, from + 128))
  return (letters.isRandom(8) || letters.isPlausible) && !isPlaceholder(text.slice(from, to))
}

/** token68 of RFC 7235. */
function tokenEnd(text: string, from: number, max: number): number {
  let end = from
  while (end - from < max && isTokenChar(text.charCodeAt(end))) end++
  while (end > from && text.charCodeAt(end - 1) === 0x2e) end--
  return end
}

function isTokenChar(code: number): boolean {
  return (
    is(code, ALNUM) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x5f ||
    code === 0x7e ||
    code === 0x2b ||
    code === 0x2f ||
    code === 0x3d ||
    code === 0x25 ||
    code === 0x21
  )
}

/** Base64 of `user:password` in printable characters. */
export function isUserAndPassword(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(value)) return false
  const decoded = Buffer.from(value, 'base64').toString('utf8')
  return /^[\x20-\x7e\u00a0-\u024f]{0,200}:[\x20-\x7e\u00a0-\u024f]{0,200}$/.test(decoded)
}
