import { BLANK, is, NEWLINE } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { isPlaceholder } from './validators/placeholder.ts'
import { wordList } from './word-list.ts'

/** Longest password, in characters. */
export const MAX_VALUE = 128

/**
 * Reports the value that starts at `from`.
 * @param isProse a verb led to it, not a colon or an equals sign
 * @param key where the word that names it starts
 */
export function reportPassword(scan: Scan, from: number, isProse: boolean, key: number): void {
  const { text } = scan
  let start = from
  if (text.charCodeAt(start) === 0x5c) start++
  const quote = closingQuote(text.charCodeAt(start))
  if (quote > 0) {
    const end = quotedEnd(text, start + 1, quote)
    if (end > 0 && isLikelyQuoted(text.slice(start + 1, end))) scan.report(start + 1, end, 'PASSWORD', 0.9)
    return
  }
  const end = bareEnd(text, start)
  if (end - start < 4 || end - start > MAX_VALUE) return
  const value = text.slice(start, end)
  if (isPlaceholder(value) || isCode(text, value, end)) return
  const score = rateBare(value, isProse, endsLine(text, end), isConstant(text, key))
  if (score > 0) scan.report(start, end, 'PASSWORD', score)
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
    if (code === quote) return text.charCodeAt(at - 1) === 0x5c ? at - 1 : at
    if (is(code, NEWLINE)) return 0
  }
  return 0
}

/** A sentence in quotes is a message, not a password. */
function isLikelyQuoted(value: string): boolean {
  if (value.length < 4 || isPlaceholder(value)) return false
  const spaces = value.split(' ').length - 1
  if (spaces > 3 || (spaces > 0 && !/\d/.test(value))) return false
  return (
    !/^[\w.-]*(?:passwor[dt]|kennwort|passwd|pwd)[\w.-]*$/i.test(value) &&
    !/^[a-z]+(?:[._-][a-z]+)+$/.test(value)
  )
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

function isCode(text: string, value: string, end: number): boolean {
  return (
    text.charCodeAt(end) === 0x28 ||
    /[([{]|=>|^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+$|^&?[a-z]+(?:_[a-z]+)+$|&&|\|\|/.test(value)
  )
}

/** `DB_PASSWORD=` at the start of a line, as in .env files. */
function isConstant(text: string, key: number): boolean {
  const code = text.charCodeAt(key)
  return code >= 0x41 && code <= 0x5a && text.charCodeAt(key + 1) < 0x5b
}

export const notValues: ReadonlySet<string> = wordList(`
siehe vergessen vergessen? required string optional folgt unbekannt bekannt abgelaufen falsch richtig
geändert wurde wird nicht erforderlich notwendig the das ein eine not incorrect invalid expired wrong
correct reset protected wie same as in im per via separat boolean number char any self this new your ihr
dein mein my bitte please gleich stored hashed encrypted see must wrong. ungültig zurücksetzen ändern
eingeben enter change forgot leer secure sicher unverändert
`)

function rateBare(value: string, isProse: boolean, endsLine: boolean, isConstant: boolean): number {
  if (notValues.has(value.toLowerCase())) return 0
  const mixed = /\d/.test(value) && /[A-Za-z]/.test(value)
  const special = /[!?#$%&*+@^~§€]/.test(value) && value.length >= 6
  if (mixed || special) return isProse ? 0.8 : 0.9
  if (/^\d{4,12}$/.test(value)) return isProse ? 0.6 : 0.75
  if (isProse || value.length < 6) return 0
  return endsLine && (isConstant || /^[a-zäöüß]+$|[a-z][A-Z]|-/.test(value)) ? 0.6 : 0
}

function endsLine(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  return Number.isNaN(code) || is(code, NEWLINE) || (is(code, BLANK) && is(text.charCodeAt(end + 1), NEWLINE))
}
