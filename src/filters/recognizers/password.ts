import { type Recognizer, words } from '../recognizer.ts'
import { BLANK, is, LETTER, NEWLINE, WORD } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { MAX_VALUE, notValues, reportPassword } from './password-value.ts'
import { isPlaceholder } from './validators/placeholder.ts'
import { phraseList } from './word-list.ts'

/** Between the word and the separator: `Passwort für das neue Portal lautet:`. */
const MAX_GAP = 48

/** Passwords and PINs, told by the word before them, in German and English prose, code, YAML, JSON, shell and URLs. */
export const password: Recognizer = {
  id: 'password',
  types: ['PASSWORD'],
  anchors: words(
    ...phraseList(`
password passwort kennwort passwd pwd pw passphrase passcode pass passwörter passwords zugangscode
losungswort mot_de_passe contraseña wachtwoord hasło senha
`)
  ),
  recognize,
  labelled,
  examples: {
    match: [
      { text: 'Passwort: Sommer2024!', found: 'Sommer2024!' },
      { text: 'Das Passwort lautet "blau Haus 7".', found: 'blau Haus 7' },
      { text: 'das Kennwort für den Drucker ist x7Kp-22q, bitte ändern', found: 'x7Kp-22q' },
      { text: 'DB_PASSWORD=hunter2!xy', found: 'hunter2!xy' },
      { text: '{"user":"max","password":"g3h3im-sehr"}', found: 'g3h3im-sehr' },
      { text: 'mysql -u root --password=Tr0ub4dor', found: 'Tr0ub4dor' },
      { text: "password = 'correcthorse'", found: 'correcthorse' },
      { text: 'the password for the vault is S3cure#Me', found: 'S3cure#Me' },
      { text: 'login max / pw: waldmeister', found: 'waldmeister' },
      { text: 'hunter2', label: 'db_password', found: 'hunter2' },
      { text: 'Passwort:\n  kX9!mm2p', found: 'kX9!mm2p' }
    ],
    noMatch: [
      'Passwort vergessen?',
      'Passwort: siehe Anhang',
      'password: string',
      'password = getPassword()',
      'const password = user.password',
      'password=${DB_PASSWORD}',
      'password: <your password>',
      '"password": "********"',
      'Das Passwort ist abgelaufen.',
      'Ihr Passwort wurde geändert',
      'password is required',
      'password: process.env.PW',
      'Passwort: xxxxxx',
      'if (password == null)',
      { text: 'Bitte ein sicheres Passwort wählen', label: 'password' }
    ]
  },
  source: 'Own rule: key-value pairs and prose as found in tickets, mails and configuration'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  // In identifiers the word may be followed by more (`passwordHash`); only _-joined ones and the bare word count.
  if (is(text.charCodeAt(end), LETTER)) return
  const at = separatorEnd(text, end)
  if (at < 0) return
  const separator = text.charCodeAt(at - 1)
  const isProse = separator !== 0x3a && separator !== 0x3d && separator !== 0x3e
  reportPassword(scan, skipBlanks(text, at), isProse, start)
}

/** Behind `:`, `=`, `=>`, ` lautet `, ` is ` …; -1 when there is none near. */
function separatorEnd(text: string, from: number): number {
  let at = from
  const stop = Math.min(text.length, from + MAX_GAP)
  while (at < stop && isKeyTail(text.charCodeAt(at))) at++
  at = skipBlanks(text, at)
  const code = text.charCodeAt(at)
  if (code === 0x3a || code === 0x3d) return assignmentEnd(text, at)
  return proseEnd(text, at, stop)
}

/** Quotes, brackets and suffixes of the key: `"password"]`, `password1`, `password_prod`. */
function isKeyTail(code: number): boolean {
  return (
    is(code, WORD) ||
    code === 0x22 ||
    code === 0x27 ||
    code === 0x5f ||
    code === 0x5d ||
    code === 0x60 ||
    code === 0x2a
  )
}

/** Behind `:`, `=`, `:=`, `=>`; -1 for comparisons and `::`. */
function assignmentEnd(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (next === 0x3d && code === 0x3d) return -1
  if (next === 0x3a) return -1
  return next === 0x3d || next === 0x3e ? at + 2 : at + 1
}

const verb =
  /(?:lautet|lauten|ist|war|is|was|are|heißt|heisst|ist jetzt|is now)(?: jetzt| nun| now| also)?[ \t]{0,3}:?[ \t]{0,3}/y

/** Behind a verb within the sentence; -1 when none comes. */
function proseEnd(text: string, from: number, stop: number): number {
  for (let at = from; at < stop; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3a && is(text.charCodeAt(at + 1), BLANK | NEWLINE)) return at + 1
    if (
      code === 0x2e ||
      code === 0x3b ||
      code === 0x21 ||
      code === 0x3f ||
      code === 0x3d ||
      is(code, NEWLINE)
    )
      return -1
    if (is(text.charCodeAt(at - 1), BLANK)) {
      verb.lastIndex = at
      if (verb.test(text) && is(text.charCodeAt(verb.lastIndex - 1), BLANK)) return verb.lastIndex
    }
  }
  return -1
}

/** Blanks and, once, a line end. */
function skipBlanks(text: string, from: number): number {
  let at = from
  let lines = 0
  while (at - from < MAX_GAP) {
    const code = text.charCodeAt(at)
    if (is(code, NEWLINE)) {
      if (code === 0x0a && ++lines > 1) return at
    } else if (!is(code, BLANK)) return at
    at++
  }
  return at
}

const passwordLabel = /pass(?:wor[dt]|wd|phrase|code)?$|kennwort$|^pw$|pwd$|^pin$/

function labelled(scan: Scan): void {
  const { text } = scan
  const name = scan.label.toLowerCase().replace(/[^a-zäöüß]/g, '')
  if (!passwordLabel.test(name) || text.length > MAX_VALUE || text.length < 4) return
  if (/\s.*\s/.test(text) || isPlaceholder(text) || notValues.has(text.toLowerCase())) return
  scan.report(0, text.length, 'PASSWORD', 0.9)
}
