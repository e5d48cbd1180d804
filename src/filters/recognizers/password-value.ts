import { BLANK, is, NEWLINE } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { Letters } from './validators/letters.ts'
import { isPlaceholder } from './validators/placeholder.ts'
import { wordList } from './word-list.ts'

/** Longest password, in characters. */
export const MAX_VALUE = 128

/** What stands behind the word instead of a password. */
export const notValues: ReadonlySet<string> = wordList(`
siehe vergessen vergessen? required string optional folgt unbekannt bekannt abgelaufen falsch richtig
geändert wurde wird nicht erforderlich notwendig the das ein eine not incorrect invalid expired wrong
correct reset protected wie same as in im per via separat boolean number char any self this new your ihr
dein mein my bitte please gleich stored hashed encrypted see must wrong. ungültig zurücksetzen ändern
eingeben enter change forgot leer secure sicher unverändert password1 password123 wrongpassword badpassword
secret secret1 test test123 test1234 tester testpass testpassword testpw new_pass old_pass bad good random reporting foobar foo bar baz qux abc def hidden unset
text/plain text/html noop function object array void bytes bytea varchar char(64) prompt ask stdin input file env vault
is isn ist sind war was are if when for from with without und oder mit ohne an auf zu von der die den dem
`)

/** Words that examples have for a password, numbered perhaps: `secret123`, `pass1`. */
const dummy = /^(?:my)?(?:pass|secret|pw|pwd|test|demo|foo|bar|dummy|sample)(?:word)?\d{1,4}$/i

/** In code such a word is an example; in a sentence someone may have chosen it. */
export function isExample(value: string): boolean {
  return dummy.test(value)
}

function isNoValue(value: string): boolean {
  return isPlaceholder(value) || notValues.has(value.toLowerCase())
}

/**
 * Reports a password named in a sentence: `das Passwort lautet …`.
 * @param from where it starts
 */
export function reportProse(scan: Scan, from: number): void {
  const { text } = scan
  const quote = closingQuote(text.charCodeAt(from))
  if (quote > 0) {
    const end = quotedEnd(text, from + 1, quote)
    if (end > 0 && isLikelyQuoted(text.slice(from + 1, end))) scan.report(from + 1, end, 'PASSWORD', 0.9)
    return
  }
  const end = bareEnd(text, from)
  if (end - from < 4 || end - from > MAX_VALUE) return
  const value = text.slice(from, end)
  if (isNoValue(value)) return
  const score =
    rateProse(value) || (tells.test(text.slice(Math.max(0, from - 16), from)) ? rateTold(value) : 0)
  if (score > 0) scan.report(from, end, 'PASSWORD', score)
}

function closingQuote(code: number): number {
  if (code === 0x22 || code === 0x27 || code === 0x60) return code
  if (code === 0x201e) return 0x201c
  if (code === 0x201c) return 0x201d
  if (code === 0xbb) return 0xab
  return code === 0xab ? 0xbb : 0
}

function quotedEnd(text: string, from: number, quote: number): number {
  const stop = Math.min(text.length, from + MAX_VALUE)
  for (let at = from; at < stop; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at
    if (is(code, NEWLINE)) return 0
  }
  return 0
}

function bareEnd(text: string, start: number): number {
  let end = start
  while (end - start <= MAX_VALUE) {
    const code = text.charCodeAt(end)
    if (Number.isNaN(code) || is(code, BLANK | NEWLINE) || code === 0x22 || code === 0x3c || code === 0x5c)
      break
    end++
  }
  // Punctuation at the end belongs to the sentence, except what passwords like to end with.
  while (end > start && ".,;:)'?]}".includes(text.charAt(end - 1))) end--
  return end
}

/** Where a verb says that the very password follows. */
const tells = /laute[tn](?: jetzt| nun)?[ \t]{0,3}:?[ \t]{0,3}$/

/** Then a plain word is one too. */
function rateTold(value: string): number {
  return /^\p{Lu}?\p{Ll}{4,30}$/u.test(value) &&
    !/^(?:folgend|immer|gleich|derzeit|aktuell|anders)/i.test(value)
    ? 0.7
    : 0
}

/** In a sentence only what no word looks like. */
function rateProse(value: string): number {
  if (/[([{]|=>|::|&&|\|\||:\/\/|^\d{1,2}[.:]\d/.test(value)) return 0
  if (/\d/.test(value) && /[A-Za-z]/.test(value)) return 0.8
  if (/[!?#$%&*+@^~§€]/.test(value) && value.length >= 6) return 0.8
  return /^\d{4,12}$/.test(value) ? 0.6 : 0
}

const letters = new Letters()

/** A sentence in quotes is a message, not a password. */
export function isLikelyQuoted(value: string): boolean {
  if (value.length < 4 || isNoValue(value)) return false
  const spaces = value.split(' ').length - 1
  if (spaces > 3 || (spaces > 1 && !/\d/.test(value))) return false
  // Of words joined as names are, unless they make no sense.
  if (/^[a-z]+(?:[._-][a-z]+)+$/i.test(value) && letters.read(value, 0, value.length).isWordLike) return false
  if (value.length < 12 && /^[a-z]*(?:pass|secret)[a-z]*$/i.test(value)) return false
  // Signs alone, the end of an expression, a route.
  if (!/[\p{L}\d]/u.test(value) || /\($|^[a-z_/]+#[a-z_]+$|^arn:|^@[\w.-]+\.[a-z]+/.test(value)) return false
  return (
    !/^[\w.-]*(?:passwor[dt]|kennwort|passwd|pwd|passphrase)[\w.-]*$/i.test(value) &&
    !/^[#./~:]|:\/\/|^[\w-]+[./][\w./-]+$|^0x|^<|>$|[:?]\s?$|^["'`].*["'`]$/i.test(value)
  )
}

const code =
  /[([{]|=>|^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+$|^&[a-z_]+$|&&|\|\||^[/~.]|:\/\/|^0x|::|->/i

/**
 * How likely a value without quotes behind `=` or `:` is a password, 0 to 1.
 * @param isConstant the name is in capitals, as in .env files
 */
export function rateBare(value: string, letters: Letters, endsLine: boolean, isConstant: boolean): number {
  if (isNoValue(value) || isExample(value) || code.test(value)) return 0
  if (/pass|pwd|kennwort/i.test(value) && /^[A-Za-z_]+\d?$/.test(value)) return 0
  if (letters.isWordLike && /^[a-z]+(?:_[a-z]+)+$/i.test(value)) return 0
  const special = /[!?#$%&*+@^~§€]/.test(value) && value.length >= 6
  if (letters.digits > 0 && letters.letters > 0) return letters.length >= 5 ? 0.9 : 0
  if (special) return 0.9
  if (letters.letters === 0)
    return (isConstant ? /^\d{4}(?:-\d{4}){2,5}$/ : /^\d{4,12}$|^\d{4}(?:-\d{4}){2,5}$/).test(value)
      ? 0.75
      : 0
  if (!letters.isWordLike && letters.pairs >= 4) return 0.8
  if (value.length < 6) return 0
  return endsLine && (isConstant || /^[a-zäöüß]+$|[a-z][A-Z]|-/.test(value)) ? 0.6 : 0
}

const pairs = new Map([
  [')', '('],
  [']', '['],
  ['}', '{']
])

/**
 * End of a value that holds brackets as no code does, up to the end of its line: `db_pass = k{{4}o)p$[e]`; 0 for all else.
 * @param from where the value starts, after its name and operator
 */
export function bracketedEnd(text: string, from: number, letters: Letters): number {
  let end = from
  while (end - from < MAX_VALUE && text.charCodeAt(end) > 0x20) end++
  if (
    end - from < 10 ||
    end - from === MAX_VALUE ||
    !(end === text.length || is(text.charCodeAt(end), NEWLINE))
  )
    return 0
  while (',;\'"'.includes(text.charAt(end - 1))) end--
  const value = text.slice(from, end)
  if (!/^[\p{L}\d]/u.test(value) || /["'`]|,\w+=|=>|&&|\|\||::|\(\)/.test(value) || isBalanced(value))
    return 0
  return letters.read(value, 0, value.length).oddSigns >= 5 && letters.letters > 3 ? end : 0
}

function isBalanced(value: string): boolean {
  const open: string[] = []
  for (const char of value) {
    const opens = pairs.get(char)
    if (opens !== undefined) {
      if (open.pop() !== opens) return false
    } else if ('([{'.includes(char)) open.push(char)
  }
  return open.length === 0
}

/** No name of a thing: letters with digits and a sign or some length; in quotes two words with a letter in upper case. */
export function isWritten(value: string, mixed: boolean, isQuoted: boolean): boolean {
  if (/^(?:sha|md|v)-?\d/i.test(value)) return false
  if (mixed && (value.length >= 8 || /[!?#$%&*+@^~§€]/.test(value))) return true
  return isQuoted && /^\p{L}{3,20} \p{Lu}\p{L}{2,20}$/u.test(value)
}

/** `his password (Wombat!1983)`: one token in brackets that no remark looks like. */
export function reportBracketed(scan: Scan, start: number): boolean {
  const { text } = scan
  let end = start
  while (end - start < MAX_VALUE && !is(text.charCodeAt(end), BLANK | NEWLINE) && end < text.length) end++
  while (end > start && '.,;:)]'.includes(text.charAt(end - 1))) end--
  letters.read(text, start, end)
  const isMixed = letters.letters > 0 && letters.digits > 0
  if (end - start < 6 || !isMixed || letters.signs === 0 || !isWritten(text.slice(start, end), true, false))
    return false
  scan.report(start, end, 'PASSWORD', 0.8)
  return true
}

/** An ampersand that neither joins parameters or commands nor begins an entity. */
const ownAmpersand = /&(?![a-z]{2,8};|[\w.-]{1,40}=|[&\s]|$)[^\s&"'`,;<>()[\]{}|\\]{1,64}/y

/** Passwords without quotes hold signs that end other values: up to the blank where nothing closes before. */
export function wideEnd(text: string, start: number, end: number): number {
  let at = end
  while (at - start < MAX_VALUE && '!?*$#.'.includes(text.charAt(at)) && at < text.length) at++
  ownAmpersand.lastIndex = at
  if (text.charCodeAt(at) === 0x26 && ownAmpersand.test(text)) at = ownAmpersand.lastIndex
  while (at > end && text.charCodeAt(at - 1) === 0x2e) at--
  return at
}
