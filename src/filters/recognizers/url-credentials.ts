import { anywhere, type Recognizer } from '../recognizer.ts'
import { ALNUM, BLANK, is, NEWLINE } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { Letters } from './validators/letters.ts'
import { isPlaceholder } from './validators/placeholder.ts'

/** Longest user and password together. */
const MAX_USERINFO = 256

/** User and password in a URL or connection string: `scheme://user:password@host`. The pair is reported. */
export const urlCredentials: Recognizer = {
  id: 'url-credentials',
  types: ['URL_CREDENTIALS'],
  anchors: anywhere('://', ':thin:'),
  recognize,
  examples: {
    match: [
      { text: 'postgres://app:s3cr3t-Pass@db.internal:5432/crm', found: 'app:s3cr3t-Pass' },
      { text: 'git clone https://x-oauth:4f9ac81d@github.com/acme/repo.git', found: 'x-oauth:4f9ac81d' },
      { text: 'redis://:hunter2000@cache:6379/0', found: ':hunter2000' },
      { text: 'mongodb+srv://u%40x:p%23w@cluster0.example.net', found: 'u%40x:p%23w' },
      { text: 'jdbc:oracle:thin:scott/tiger99x@//db:1521/XE', found: 'scott/tiger99x' },
      { text: 'https://ghp2f9a8c7b6d5e4f3a2b1c@example.com/x', found: 'ghp2f9a8c7b6d5e4f3a2b1c' }
    ],
    noMatch: [
      'https://example.com/a@b',
      'http://localhost:8080/',
      'https://user:password@example.com',
      'https://${USER}:${PASS}@host',
      'ssh://git@github.com/acme/repo.git',
      'https://medium.com/@user:name'
    ]
  },
  source: 'RFC 3986 §3.2.1, https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/'
}

const letters = new Letters()

function recognize(scan: Scan, at: number, end: number): void {
  const { text } = scan
  if (!is(text.charCodeAt(at - 1), ALNUM)) return
  if (end - at > 3) {
    reportThin(scan, end)
    return
  }
  const stop = Math.min(text.length, end + MAX_USERINFO)
  let colon = -1
  let last = -1
  for (let i = end; i < stop; i++) {
    const code = text.charCodeAt(i)
    // People leave an @ in passwords as it is: the last one ends them.
    if (code === 0x40) last = i
    else if (code === 0x3a && colon < 0) colon = i
    else if (endsAuthority(code)) break
  }
  if (last < 0) return
  if (colon > last) colon = -1
  reportUserinfo(scan, end, colon, last)
}

const thin = /[^\s/@"']{1,64}\/([^\s/@"']{3,64})@/y

/** User and password of Oracle's driver, joined by a slash: `jdbc:oracle:thin:user/password@…`. */
function reportThin(scan: Scan, from: number): void {
  thin.lastIndex = from
  const found = thin.exec(scan.text)
  if (found !== null && !isPlaceholder(found[1] ?? ''))
    scan.report(from, thin.lastIndex - 1, 'URL_CREDENTIALS', 0.95)
}

/** Slash, question mark, number sign, quotes, angle brackets, blanks. */
function endsAuthority(code: number): boolean {
  return Number.isNaN(code) || '/?#"\'`<>,;'.includes(String.fromCharCode(code)) || is(code, BLANK | NEWLINE)
}

function reportUserinfo(scan: Scan, start: number, colon: number, end: number): void {
  const { text } = scan
  // A user alone is a name (git@…); a long one is a token.
  if (colon < 0) {
    if (
      end - start >= 16 &&
      letters.read(text, start, end).isRandom(16) &&
      !isPlaceholder(text.slice(start, end))
    )
      scan.report(start, end, 'URL_CREDENTIALS', 0.9)
    return
  }
  const password = text.slice(colon + 1, end)
  if (password.length < 3 || isPlaceholder(password)) return
  scan.report(start, end, 'URL_CREDENTIALS', 0.95)
}
