import { anywhere, type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isPlaceholder } from '../validators/placeholder.ts'

const MAX_VALUE = 256
/** How far before `-p` the command may stand that takes a password there. */
const MAX_COMMAND = 160

/** Passwords handed to commands: `curl -u user:password`, `docker login -p …`, PowerShell's `ConvertTo-SecureString`. */
export const commandLine: Recognizer = {
  id: 'command-line-password',
  types: ['PASSWORD'],
  anchors: [
    ...anywhere('--user', ' -u ', ' -p '),
    ...words(
      'convertto-securestring',
      'networkcredential',
      'pscredential',
      'sqlcredential',
      'basicauth',
      'httpbasicauth'
    )
  ],
  recognize,
  examples: {
    match: [
      { text: "curl -u admin:'pRf7vG2h' https://example.com", found: 'pRf7vG2h' },
      { text: 'curl -s --user "j.smith:dB2yF6@qL9v" "https://api.example.org"', found: 'dB2yF6@qL9v' },
      { text: 'docker login -u max -p kd83Haus', found: 'kd83Haus' },
      { text: "$p = ConvertTo-SecureString 'prqxrgjp' -AsPlainText -Force", found: 'prqxrgjp' },
      { text: 'new NetworkCredential("max@example.com", "vzihlaqu")', found: 'vzihlaqu' }
    ],
    noMatch: [
      'curl -u username:token',
      'curl -u "${USER}:${PASS}" https://example.com',
      'curl -u test:test',
      'docker run -p 8080:80 nginx',
      'mkdir -p build/out',
      'ConvertTo-SecureString $password -AsPlainText',
      'curl --user-agent x:y https://example.com'
    ]
  },
  source:
    'https://curl.se/docs/manpage.html#-u, https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring'
}

const letters = new Letters()

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const last = text.charCodeAt(end - 1)
  if (is(last, BLANK)) {
    if (text.charCodeAt(end - 3) !== 0x2d) return
    if ((text.charCodeAt(end - 2) | 0x20) === 0x75) reportUser(scan, end)
    else if (text.charCodeAt(end - 2) === 0x70 && takesPassword(text, start)) reportPart(scan, end, false)
  } else if (text.charCodeAt(start) === 0x2d) {
    const next = text.charCodeAt(end)
    if (is(next, BLANK) || next === 0x3d) reportUser(scan, end + 1)
  } else if ((last | 0x20) === 0x67) {
    if (is(text.charCodeAt(end), BLANK)) reportPart(scan, end + 1, true)
  } else if (text.charCodeAt(end) === 0x28) reportSecondArgument(scan, end + 1)
}

/** `user:password` as one word. */
function reportUser(scan: Scan, from: number): void {
  const { text } = scan
  if (from < scan.readUntil) return
  const start = skipBlanks(text, from)
  const quote = quoteAt(text, start)
  const stop = wordEnd(text, start + (quote > 0 ? 1 : 0), quote)
  for (let at = start + 1; at < stop; at++) {
    if (text.charCodeAt(at) !== 0x3a) continue
    const inner = quoteAt(text, at + 1)
    report(scan, at + 1 + (inner > 0 ? 1 : 0), inner > 0 ? wordEnd(text, at + 2, inner) : stop)
    return
  }
  scan.readUntil = stop
}

/** A word or quoted string. */
function reportPart(scan: Scan, from: number, mustQuote: boolean): void {
  const { text } = scan
  const start = skipBlanks(text, from)
  const quote = quoteAt(text, start)
  if (quote === 0 && mustQuote) return
  const at = start + (quote > 0 ? 1 : 0)
  report(scan, at, wordEnd(text, at, quote))
}

/** `("user", "password")`. */
function reportSecondArgument(scan: Scan, from: number): void {
  const { text } = scan
  const first = quoteAt(text, from)
  if (first === 0) return
  let at = wordEnd(text, from + 1, first) + 1
  if (text.charCodeAt(at) !== 0x2c) return
  at = skipBlanks(text, at + 1)
  const quote = quoteAt(text, at)
  if (quote > 0) report(scan, at + 1, wordEnd(text, at + 1, quote))
}

function report(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (end - start < 4 || text.charCodeAt(start) === 0x24) return
  const value = text.slice(start, end)
  if (isPlaceholder(value) || /[$\s/\\]|^[\d.:-]+$/.test(value)) return
  letters.read(text, start, end)
  if ((letters.digits > 0 && letters.letters > 0) || !letters.isWordLike || letters.signs > 0)
    scan.report(start, end, 'PASSWORD', 0.85)
}

/** True for commands whose `-p` is a password, named on the same line. */
function takesPassword(text: string, at: number): boolean {
  const from = Math.max(0, at - MAX_COMMAND)
  const line = text.slice(from, at)
  return /\b(?:login|sshpass|psexec|mysql|mysqldump|smbclient|az|oc)\b/i.test(
    line.slice(line.lastIndexOf('\n') + 1)
  )
}

function quoteAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code === 0x22 || code === 0x27 ? code : 0
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at - from < 16 && is(text.charCodeAt(at), BLANK)) at++
  return at
}

/** End of a word, or of what stands before `quote`. */
function wordEnd(text: string, from: number, quote: number): number {
  let at = from
  while (at - from < MAX_VALUE) {
    const code = text.charCodeAt(at)
    if (
      Number.isNaN(code) ||
      is(code, NEWLINE) ||
      (quote > 0 ? code === quote : is(code, BLANK) || code === 0x22)
    )
      break
    at++
  }
  return at
}
