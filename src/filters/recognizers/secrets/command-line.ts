import { anywhere, type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isPlaceholder } from '../validators/placeholder.ts'

const MAX_VALUE = 256
/** How far before `-p` the command may stand that takes a password there, and how far behind the command `-p…`. */
const MAX_COMMAND = 160

/** Functions and classes by the place of the password among their arguments, the first being 0. */
const calls: ReadonlyMap<string, number> = new Map([
  ['networkcredential', 1],
  ['pscredential', 1],
  ['sqlcredential', 1],
  ['basicauth', 1],
  ['httpbasicauth', 1],
  ['mysqli', 2],
  ['mysqli-connect', 2],
  ['getconnection', 2],
  ['ftp-login', 2],
  ['ldap-bind', 2]
])

/** Programs whose password stands right behind `-p`. */
const glued = ['mysql', 'mysqldump', 'mysqladmin']

/**
 * Passwords handed to commands and calls: `curl -u user:password`, `docker login -p …`, `mysql -p…`, `net use`,
 * PowerShell's `ConvertTo-SecureString`, `getConnection(url, user, password)`.
 */
export const commandLine: Recognizer = {
  id: 'command-line-password',
  types: ['PASSWORD', 'USERNAME'],
  anchors: [
    ...anywhere('--user', '-u ', '-p ', 'net use '),
    ...words('convertto-securestring', ...calls.keys(), ...glued)
  ],
  recognize,
  examples: {
    match: [
      { text: "curl -u admin:'pRf7vG2h' https://example.com", found: 'pRf7vG2h' },
      { text: 'curl -u elastic:P@ssw0rd$1 https://localhost:9200', found: 'P@ssw0rd$1' },
      { text: 'curl -u "d2LkV78zLx9t:" https://localhost:9200', found: 'd2LkV78zLx9t' },
      { text: 'curl -s --user "j.smith:dB2yF6@qL9v" "https://api.example.org"', found: 'dB2yF6@qL9v' },
      { text: 'curl -u j.smith:dB2yF6@qL9v https://x', found: 'j.smith', type: 'USERNAME' },
      { text: 'docker login -u max -p kd83Haus', found: 'kd83Haus' },
      { text: 'curl https://api.example.org \\\n-u app:pRf7vG2hKw', found: 'pRf7vG2hKw' },
      { text: 'mysqldump -u root -pkd83Haus crm', found: 'kd83Haus' },
      { text: "$p = ConvertTo-SecureString 'prqxrgjp' -AsPlainText -Force", found: 'prqxrgjp' },
      { text: "ConvertTo-SecureString -String 'prqx-rgjp' -Force", found: 'prqx-rgjp' },
      { text: 'new NetworkCredential("max@example.com", "vzihlaqu")', found: 'vzihlaqu' },
      { text: 'DriverManager.getConnection(url, "app", "kd83Haus");', found: 'kd83Haus' },
      { text: 'net use Z: \\\\server\\share kd83Haus /user:max', found: 'kd83Haus' }
    ],
    noMatch: [
      'curl -u username:token',
      'curl -u "${USER}:${PASS}" https://example.com',
      'curl -u test:test',
      'docker run -p 8080:80 nginx',
      'mkdir -p build/out',
      'mysql -u root -p crm',
      'mysql -h db -port 3306',
      'ConvertTo-SecureString $password -AsPlainText',
      'getConnection(url, user, password)',
      'net use Z: \\\\server\\share * /user:max',
      'curl --user-agent x:y https://example.com'
    ]
  },
  source:
    'https://curl.se/docs/manpage.html#-u, https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring'
}

const letters = new Letters()

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const word = text.slice(start, end).toLowerCase().replaceAll('_', '-')
  const argument = calls.get(word)
  if (argument !== undefined) {
    if (text.charCodeAt(end) === 0x28) reportArgument(scan, end + 1, argument)
  } else if (word === '-user' || word === '--user') {
    const next = text.charCodeAt(end)
    if (is(next, BLANK) || next === 0x3d) reportUser(scan, end + 1)
  } else if (word === '-u ') {
    if (isOption(text, start)) reportUser(scan, end)
  } else if (word === '-p ') {
    if (isOption(text, start) && takesPassword(text, start)) reportPart(scan, end, false)
  } else if (word === 'net use ') reportShare(scan, end)
  else if (word === 'convertto-securestring') reportSecureString(scan, end)
  else reportGlued(scan, end)
}

/** Options stand behind a blank or begin a line that goes on. */
function isOption(text: string, at: number): boolean {
  return is(text.charCodeAt(at - 1), BLANK | NEWLINE)
}

/** `user:password` as one word; what stands alone before a colon is a key (`curl -u key:`). */
function reportUser(scan: Scan, from: number): void {
  const { text } = scan
  if (from < scan.readUntil) return
  const start = skipBlanks(text, from)
  const quote = quoteAt(text, start)
  const user = start + (quote > 0 ? 1 : 0)
  const stop = wordEnd(text, user, quote)
  for (let at = start + 1; at < stop; at++) {
    if (text.charCodeAt(at) !== 0x3a) continue
    if (at + 1 === stop) {
      if (letters.read(text, user, at).isRandom(10)) report(scan, user, at)
      return
    }
    const inner = quoteAt(text, at + 1)
    reportUserName(scan, user, at)
    report(scan, at + 1 + (inner > 0 ? 1 : 0), inner > 0 ? wordEnd(text, at + 2, inner) : stop)
    return
  }
  scan.readUntil = stop
}

/** An account that is named after someone; `admin` and `elastic` are not. */
function reportUserName(scan: Scan, start: number, end: number): void {
  const name = scan.text.slice(start, end)
  if (/^\p{L}{1,20}(?:[._]\p{L}{1,20}){1,2}\d{0,4}$/u.test(name) && !isPlaceholder(name))
    scan.report(start, end, 'USERNAME', 0.7)
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

const stringOption = /[ \t]{1,8}-String(?=[ \t])/iy

function reportSecureString(scan: Scan, end: number): void {
  stringOption.lastIndex = end
  const from = stringOption.test(scan.text) ? stringOption.lastIndex : end
  if (is(scan.text.charCodeAt(from), BLANK)) reportPart(scan, from + 1, true)
}

/** The string at this place among the arguments; those before it hold no brackets. */
function reportArgument(scan: Scan, from: number, place: number): void {
  const { text } = scan
  let at = from
  for (let i = 0; i < place; i++) {
    at = skipBlanks(text, at)
    const quote = quoteAt(text, at)
    if (quote > 0) at = wordEnd(text, at + 1, quote) + 1
    else for (const stop = at + 64; at < stop && isName(text.charCodeAt(at)); ) at++
    if (text.charCodeAt(at) !== 0x2c) return
    at++
  }
  reportPart(scan, at, true)
}

/** What a variable or field is written with. */
function isName(code: number): boolean {
  return !(
    Number.isNaN(code) ||
    code === 0x2c ||
    code === 0x28 ||
    code === 0x29 ||
    code === 0x22 ||
    code === 0x27 ||
    is(code, NEWLINE)
  )
}

/** `mysql … -psecret`, on the same line. */
function reportGlued(scan: Scan, end: number): void {
  const { text } = scan
  if (end < scan.readUntil || !is(text.charCodeAt(end), BLANK)) return
  const stop = Math.min(text.length, end + MAX_COMMAND)
  for (let at = end; at < stop && !is(text.charCodeAt(at), NEWLINE); at++) {
    if (!is(text.charCodeAt(at), BLANK) || !text.startsWith('-p', at + 1)) continue
    const quote = quoteAt(text, at + 3)
    const from = at + 3 + (quote > 0 ? 1 : 0)
    const to = wordEnd(text, from, quote)
    if (to > from && !text.startsWith('ort', from)) report(scan, from, to)
    if (to > from) break
  }
  scan.readUntil = stop
}

const share = /^\S{0,3} ?\\\\\S{1,80} (?:\*|(\S{4,64})) \/user:/i

/** `net use Z: \\\\server\\share password /user:name`. */
function reportShare(scan: Scan, end: number): void {
  const found = share.exec(scan.text.slice(end, end + MAX_COMMAND))
  const value = found?.[1]
  if (found === null || value === undefined) return
  const from = end + found[0].lastIndexOf(value)
  report(scan, from, from + value.length)
}

function report(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (end - start < 4 || text.charCodeAt(start) === 0x24) return
  const value = text.slice(start, end)
  if (isPlaceholder(value) || /\$[A-Za-z_{(]|[\s/\\]|^[\d.:-]+$/.test(value)) return
  letters.read(text, start, end)
  if ((letters.digits > 0 && letters.letters > 0) || !letters.isWordLike || letters.signs > 0)
    scan.report(start, end, 'PASSWORD', 0.85)
}

/** True for commands whose `-p` is a password, named on the same line. */
function takesPassword(text: string, at: number): boolean {
  const from = Math.max(0, at - MAX_COMMAND)
  const line = text.slice(from, at)
  return /\b(?:login|sshpass|psexec|smbclient|az|oc)\b/i.test(line.slice(line.lastIndexOf('\n') + 1))
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
