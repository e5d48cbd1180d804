import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isPlaceholder } from '../validators/placeholder.ts'
import { phraseList } from '../word-list.ts'

const MAX_PART = 64

/** A user and a password written side by side: `Zugangsdaten: admin/kd83Haus!`, `ID/PW: max / …`. The password is reported. */
export const loginPair: Recognizer = {
  id: 'login-pair',
  types: ['PASSWORD'],
  anchors: words(
    ...phraseList(`
zugangsdaten anmeldedaten logindaten zugang login logins credentials credential
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Login: max / kd83Haus!', found: 'kd83Haus!' },
      { text: 'Die Zugangsdaten sind admin/kd83Haus!', found: 'kd83Haus!' },
      { text: 'The admin credentials are admin / kd83Haus!, please change them', found: 'kd83Haus!' },
      { text: 'Zugangsdaten lauten: m.muster@example.org / Haus-2024', found: 'Haus-2024' }
    ],
    noMatch: [
      'Login: https://example.org/login/step2',
      'Zugang: Haus A / Stock 2',
      'credentials: admin / password',
      'Login am 12.03.2024 / 14:30 Uhr',
      'login: success/failure',
      'Zugangsdaten: siehe Anhang/Seite2',
      'Zugangsdaten: Benutzername: mmuster84'
    ]
  },
  source: 'Own rule: as written in tickets, wikis and chats'
}

const letters = new Letters()

const fieldNames =
  /^(?:user|user[-_ ]?(?:name|id)|benutzer(?:name|kennung)?|nutzer(?:name|kennung)?|kennung|login|name|e-?mail|id)$/i

const lead =
  /(?:[ \t]{1,3}(?:sind|lauten|are|is|ist|waren|were))?[ \t]{0,3}[:=]?[ \t]{0,3}(?:\r?\n[ \t]{0,8})?["'`„(]?/y

function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  if (end < scan.readUntil) return
  lead.lastIndex = end
  lead.test(text)
  const user = lead.lastIndex
  if (user <= end || !/[:=\s]/.test(text.charAt(end))) return
  const userEnd = partEnd(text, user)
  scan.readUntil = userEnd
  let at = userEnd
  while (is(text.charCodeAt(at), BLANK) && at - userEnd < 2) at++
  const separator = text.charCodeAt(at)
  // `Zugangsdaten: Benutzername: …` names the field, not the user.
  if (separator === 0x3a && fieldNames.test(text.slice(user, userEnd))) return
  const isSlash = separator === 0x2f || separator === 0x7c
  if (userEnd === user || !(isSlash || (separator === 0x3a && at === userEnd))) return
  at++
  if (isSlash && text.charCodeAt(at) === 0x2f) return
  while (is(text.charCodeAt(at), BLANK) && at - userEnd < 4) at++
  let stop = at
  while (stop - at < MAX_PART && !endsPassword(text.charCodeAt(stop))) stop++
  while (stop > at && '.,;:)]"\''.includes(text.charAt(stop - 1))) stop--
  if (isPassword(text, at, stop)) scan.report(at, stop, 'PASSWORD', 0.8)
}

/** A name, an e-mail address; no blank, slash or colon. */
function partEnd(text: string, from: number): number {
  let at = from
  while (at - from < MAX_PART) {
    const code = text.charCodeAt(at)
    if (Number.isNaN(code) || is(code, BLANK | NEWLINE) || code === 0x2f || code === 0x3a || code === 0x7c)
      break
    at++
  }
  return at
}

function endsPassword(code: number): boolean {
  return Number.isNaN(code) || is(code, BLANK | NEWLINE) || code === 0x2f || code === 0x3c || code === 0x22
}

/** Letters with digits or signs: two words beside a slash are no login. */
function isPassword(text: string, from: number, end: number): boolean {
  if (end - from < 6) return false
  letters.read(text, from, end)
  const value = text.slice(from, end)
  if (letters.letters < 3 || isPlaceholder(value) || /^[a-zäöü]+\d$/i.test(value)) return false
  return letters.digits > 0 || letters.oddSigns > 0
}
