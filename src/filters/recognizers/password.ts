import { anywhere, type Recognizer, words } from '../recognizer.ts'
import { BLANK, is, LETTER, NEWLINE } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import {
  MAX_VALUE,
  bracketedEnd,
  isExample,
  isLikelyQuoted,
  isWritten,
  notValues,
  rateBare,
  reportBracketed,
  reportProse,
  wideEnd
} from './password-value.ts'
import { reportPin, reportSet } from './password-told.ts'
import { ARGUMENT, BESIDE, COMPARED, KeyValue, TAGGED } from './secrets/key-value.ts'
import { isUpper } from './secrets/key-value-text.ts'
import { Letters } from './validators/letters.ts'
import { isDummyKey, isPlaceholder } from './validators/placeholder.ts'
import { phraseList, wordList } from './word-list.ts'

/** Between the word and the verb: `Passwort für das neue Portal lautet:`. */
const MAX_GAP = 48

/** Passwords and PINs, told by the word before them, in German and English prose, code, YAML, JSON, shell, SQL and URLs. */
export const password: Recognizer = {
  id: 'password',
  types: ['PASSWORD'],
  anchors: [
    ...anywhere(
      'passwor',
      'passwd',
      'passwö',
      'passwoe',
      'kennwort',
      'passphrase',
      'passcode',
      'pwd',
      'pass'
    ),
    ...words(
      ...phraseList(`
pw pin puk psk wpa_psk wpa-psk zugangscode zugangswort losungswort freischaltcode entsperrcode mot_de_passe contraseña wachtwoord hasło senha parola
identified_by passin passout wlan-schlüssel wlan-key wpa-schlüssel wpa2-schlüssel wpa-key wpa2-key netzwerkschlüssel
netzwerksicherheitsschlüssel wifi_key
`)
    )
  ],
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
      { text: 'mit dem Passwort Haus2024! anmelden', found: 'Haus2024!' },
      { text: 'Ich habe „blauer Hund“ als Kennwort „grüner Hund“ ersetzt', found: 'grüner Hund' },
      { text: 'Use the password Tr0ub4dor&3 to log in', found: 'Tr0ub4dor&3' },
      { text: 'https://example.org/?password=kd83Haus&user=max', found: 'kd83Haus' },
      { text: 'Das Passwort lautet Sonnenblume.', found: 'Sonnenblume' },
      { text: 'if ("g3h3im-sehr" == password) {', found: 'g3h3im-sehr' },
      { text: 'WLAN-Schlüssel: 8374-2938-1023-8847', found: '8374-2938-1023-8847' },
      { text: 'login max / pw: waldmeister', found: 'waldmeister' },
      { text: 'hunter2', label: 'db_password', found: 'hunter2' },
      { text: 'Passwort:\n  kX9!mm2p', found: 'kX9!mm2p' },
      { text: 'Die PIN lautet 4711.', found: '4711' },
      { text: 'sharing his password (Wombat!1983) with', found: 'Wombat!1983' },
      { text: '2. Enter pw "Test#2026!"', found: 'Test#2026!' },
      { text: 'passwort fürs portal is immer noch Sommer2024! oder?', found: 'Sommer2024!' },
      { text: 'PIN: 4711', found: '4711' },
      { text: 'hat sein Kennwort auf Herbst2026! gesetzt', found: 'Herbst2026!' },
      { text: 'Startpasswort Fruehling#26, VPN', found: 'Fruehling#26' },
      { text: 'psk = "patienten2026!"', found: 'patienten2026!' },
      { text: 'Mi contraseña es Aurrera!1936 y no', found: 'Aurrera!1936' },
      { text: 'Online-Banking-PIN 83920', found: '83920' },
      { text: 'PIN fürs Telefonbanking 4482, Frage', found: '4482' },
      { text: "newPassword: 'U@kkf8fo'", found: 'U@kkf8fo' },
      { text: "ALTER USER max IDENTIFIED BY 'kd83-Haus'", found: 'kd83-Haus' },
      { text: 'openssl req -passin pass:fjx8slq -subj x', found: 'fjx8slq' },
      { text: '<Pass>Kd83haus</Pass>', found: 'Kd83haus' },
      { text: 'db_pass: k{{4}o)p$[e]nob(fg>-_#zz}}', found: 'k{{4}o)p$[e]nob(fg>-_#zz}}' },
      { text: 'machine api.example.org login max password 0q2345abcdef', found: '0q2345abcdef' },
      { text: 'machine api.example.org login max password 012345abcdef', found: '012345abcdef' }
    ],
    noMatch: [
      'Passwort vergessen?',
      'password (see 4.2) and',
      'the password (min. 8 characters)',
      'Das Passwort lautet wie folgt:',
      'the password "field" is required',
      'upgrade the password to bcrypt',
      'PIN 12 of the connector',
      "user: { name: 'x', password: 'secret123' }",
      'password = getPassword()',
      'const password = user.password',
      'password=${DB_PASSWORD}',
      'password = decrypt(config[env].get({id: 7}))',
      '<Connection(db=0,password=None,host=localhost,...)>)>',
      'password: <your password>',
      '"password": "********"',
      'Das Passwort ist abgelaufen.',
      'Ihr Passwort wurde geändert',
      'password is required',
      'password: process.env.PW',
      'Passwort: xxxxxx',
      'if (password == null)',
      'ERROR_PASSWORD_MUST_CHANGE = 0x00000773',
      'STATUS_WRONG_PASSWORD = 3221225578',
      "SET password_encryption = 'scram-sha-256'",
      'PWD=/usr/lib/jvm',
      'mongodb+srv://<username>:<password>@cluster.example.net/app',
      'The compass: northwest2',
      'passport: ab12cd34',
      { text: 'Bitte ein sicheres Passwort wählen', label: 'password' }
    ]
  },
  source: 'Own rule: key-value pairs and prose as found in tickets, mails and configuration'
}

const keyValue = new KeyValue()
const letters = new Letters()

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const wordEnd = endOfWord(text, start, end)
  if (wordEnd === 0) return
  if (text.startsWith(' (', wordEnd) && reportBracketed(scan, wordEnd + 2)) return
  const isRead = keyValue.read(text, start, wordEnd, MAX_VALUE)
  if (isRead && keyValue.join !== BESIDE) {
    if (isOwnTail(text, wordEnd, keyValue.nameEnd)) reportValue(scan)
    return
  }
  if (reportSet(scan, wordEnd) || reportPin(scan, start, wordEnd)) return
  // `ERROR_PASSWORD …` is a constant, `PIN` a word.
  const isConstant = isUpper(text.charCodeAt(start + 1)) && wordEnd - start > 3
  const at = isConstant ? 0 : proseEnd(text, wordEnd, Math.min(text.length, wordEnd + MAX_GAP))
  if (at > 0) reportProse(scan, skipBlanks(text, at))
  else if (isRead) reportBeside(scan, start)
}

const endings = ['', 'd', 't', 'ter', 'rter', 'rt', 'rd', 'rds', 's', 'ds', 'es']

/** End of the word that begins with the anchor, 0 when it is another word: `compass`, `passport`. */
function endOfWord(text: string, start: number, end: number): number {
  const before = text.charCodeAt(start - 1)
  const first = text.charCodeAt(start)
  // `pass` goes on a word in lower case, `PG` and `DB` stand right before `PASSWORD`.
  if (is(before, LETTER) && end - start <= 4 && isUpper(before) === isUpper(first)) return 0
  let at = end
  while (
    at - end < 5 &&
    is(text.charCodeAt(at), LETTER) &&
    isUpper(text.charCodeAt(at)) === isUpper(text.charCodeAt(at - 1))
  )
    at++
  return endings.includes(text.slice(end, at).toLowerCase()) ? at : 0
}

const tails = wordList(`
confirmation confirm again repeat new old prod dev test staging live value text string plain cleartext root admin user default initial
temp temporary field1 mysql hash1 prompt1 s 1 2 3 4 5 0
`)

/** What follows the word in a name and leaves it a password; anything else (`_hash`, `_expired`) does not. */
function isOwnTail(text: string, from: number, to: number): boolean {
  if (from === to) return true
  const tail = text.slice(from, to).replace(/^_/, '').toLowerCase()
  return tails.has(tail) || /^\d{1,3}$/.test(tail)
}

function reportValue(scan: Scan): void {
  const { text } = scan
  const { start, end, isQuoted, join } = keyValue
  const bracketed = isQuoted || join > COMPARED ? 0 : bracketedEnd(text, start, letters)
  if (bracketed > 0) scan.report(start, bracketed, 'PASSWORD', 0.75)
  if (end - start < 4 || bracketed > 0) return
  // `<password>` in a template is no tag: tags are closed.
  if (keyValue.join === TAGGED && !isQuoted && text.charCodeAt(end) !== 0x3c) return
  if (keyValue.join === ARGUMENT && (!isQuoted || !isMade(text, start, end))) return
  if (isQuoted) {
    const quoted = text.slice(start, end)
    if (isLikelyQuoted(quoted) && !isExample(quoted)) scan.report(start, end, 'PASSWORD', 0.9)
    return
  }
  // `PIN` is no constant.
  const constant =
    keyValue.nameEnd - keyValue.nameStart > 3 &&
    isUpper(text.charCodeAt(keyValue.nameStart)) &&
    isUpper(text.charCodeAt(keyValue.nameStart + 1))
  const stop = wideEnd(text, start, end)
  const value = text.slice(start, stop)
  // A call of a function.
  if (text.charCodeAt(stop) === 0x28 && /^[A-Za-z_$][\w$.]*$/.test(value)) return
  const score = rateBare(value, letters.read(text, start, stop), endsLine(text, stop), constant)
  if (score > 0) scan.report(start, stop, 'PASSWORD', score)
}

/** Not a plain word, as arguments of functions are. */
function isMade(text: string, start: number, end: number): boolean {
  letters.read(text, start, end)
  return letters.letters > 0 && letters.digits > 0
    ? letters.digits > 1 || letters.signs > 0
    : letters.length > 7 && !letters.isWordLike
}

/** `-Password Xfrzpy8251!`, `password 0q2345abcdef`, `IDENTIFIED BY '…'`. */
function reportBeside(scan: Scan, word: number): void {
  const { text } = scan
  const { start, isQuoted } = keyValue
  const end = isQuoted ? keyValue.end : wideEnd(text, start, keyValue.end)
  if (end - start < 5 || is(text.charCodeAt(start), NEWLINE)) return
  const value = text.slice(start, end)
  const isOption = text.charCodeAt(word - 1) === 0x2d
  const isLogin = /\blogin\s{1,4}\S{1,64}\s{1,4}$/.test(text.slice(Math.max(0, word - 80), word))
  // In a .netrc file even digits in a row are the password.
  if ((isLogin ? isDummyKey(value) : !isLikelyQuoted(value)) || notValues.has(value.toLowerCase())) return
  letters.read(text, start, end)
  const mixed = letters.digits > 0 && letters.letters > 0
  const isTold = isOption || isLogin || (text.charCodeAt(word) | 0x20) === 0x69
  const isStrong =
    mixed &&
    letters.signs > 0 &&
    (isQuoted || (value.length >= 8 && /^\p{L}+[!#$%&*+@?]\d+$|^\p{L}+\d+[!#$%&*+@?]$/u.test(value)))
  if (
    isStrong ||
    (inSentence.test(text.slice(Math.max(0, word - 16), word)) && isWritten(value, mixed, isQuoted))
  ) {
    scan.report(start, end, 'PASSWORD', 0.75)
    return
  }
  if (isTold ? mixed || (!letters.isWordLike && letters.length > 6) : letters.isRandom(8) && mixed)
    scan.report(start, end, 'PASSWORD', 0.75)
}

/** What stands before the word where a password follows it: `mit dem Passwort …`, `as the password …`. */
const inSentence = /(?:^|\s)(?:als|mit|dem|das|the|with|as|neues?|neuen|new|my|mein|dein|ihr)\s{1,3}$/i

function endsLine(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  if (!is(code, BLANK)) return Number.isNaN(code) || is(code, NEWLINE)
  const next = text.charCodeAt(skipBlanks(text, end))
  // A comment ends the line too.
  return Number.isNaN(next) || next === 0x23 || is(text.charCodeAt(end + 1), NEWLINE)
}

const verb =
  /(?:lautet|lauten|ist|war|is|was|are|est|es|è|é|jest|brzmi|heißt|heisst|ist jetzt|is now)(?: jetzt| nun| now| also| (?:immer )?noch| noch immer| weiterhin| aktuell| derzeit| wieder| still| currently){0,2}[ \t]{0,3}:?[ \t]{0,3}/y

/** Behind a verb within the sentence; -1 when none comes. */
function proseEnd(text: string, from: number, stop: number): number {
  for (let at = from; at < stop; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3a && is(text.charCodeAt(at + 1), BLANK | NEWLINE)) return at + 1
    if (endsClause(code)) return -1
    if (startsVerb(code) && is(text.charCodeAt(at - 1), BLANK)) {
      verb.lastIndex = at
      if (verb.test(text) && is(text.charCodeAt(verb.lastIndex - 1), BLANK)) return verb.lastIndex
    }
  }
  return -1
}

const CLAUSE_END = 1
const VERB_START = 2
/** By code below U+0100: signs that end a clause, and first letters of `verb`. */
const marks = new Uint8Array(256)
for (const sign of '.;!?=,') marks[sign.charCodeAt(0)] = CLAUSE_END
for (const letter of 'abehijlwèé') marks[letter.charCodeAt(0)] = VERB_START

/** Full stop, semicolon, exclamation and question mark, equals sign, comma, line end. */
function endsClause(code: number): boolean {
  return marks[code] === CLAUSE_END || is(code, NEWLINE)
}

function startsVerb(code: number): boolean {
  return marks[code] === VERB_START
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at - from < MAX_GAP && is(text.charCodeAt(at), BLANK | NEWLINE)) at++
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
