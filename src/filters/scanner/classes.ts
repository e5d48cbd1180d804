import { DIGIT, flagsOf, LETTER, UPPER } from './chars.ts'

/**
 * Classes of characters that the automaton treats alike: a fixed alphabet, so that its table is a constant of the
 * program. Letters are folded: case, accents and script (Greek and Cyrillic letters stand for Latin ones); space, hyphen,
 * underscore and their relatives are one class.
 */
export interface Column {
  /** The folded character, empty for characters that no literal can hold. */
  readonly symbol: string
  readonly last: number
  readonly upper: boolean
}

/** What a character is to the next one; the automaton has a base row for each. */
export const NONWORD = 0
export const DIGITS = 1
export const LETTERS = 2

/** Columns of the table are numbered below 1 << SHIFT. */
export const SHIFT = 7

const separator = '-'
const separators = new Set(' \t\u00a0\u2007\u2009\u202f_-\u2010\u2011\u2012\u2013\u00ad')

const special = new Map<string, string>()

/** `from` and `to` are of one length: letter by letter. */
function fold(from: string, to: string): void {
  const folded = Array.from(to)
  Array.from(from).forEach((char, i) => {
    special.set(char, folded[i] ?? '').set(char.toUpperCase(), folded[i] ?? '')
  })
}

fold('ßłøđıæœþð', 'slodiaotd')
fold('абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ', 'abvgdezziiklmnoprstufhccssiiieuaiieg')
fold('αβγδεζηθικλμνξοπρςστυφχψω', 'avgdezitiklmnxoprsstyfhpo')

/** The character as literals hold it: lower case, without accent, separators alike. */
function foldChar(code: number): string {
  const char = String.fromCharCode(code)
  if (separators.has(char)) return separator
  if (code < 0x80) return char.toLowerCase()
  const known = special.get(char)
  if (known !== undefined) return known
  const base = char.normalize('NFD').charAt(0).toLowerCase()
  return special.get(base) ?? base
}

/** The literal as the automaton sees it; one character for each of the text. */
export function foldLiteral(text: string): string {
  let folded = ''
  for (let i = 0; i < text.length; i++) folded += foldChar(text.charCodeAt(i))
  return folded
}

/** Characters from here on, and those that fold to none of ASCII, are one class: literals can't tell them apart. */
const MAX_LITERAL = 0x2100

function isLiteralSymbol(code: number): boolean {
  const folded = code < MAX_LITERAL ? foldChar(code) : ''
  return folded > ' ' && folded < '\u007f'
}

/** True when the automaton can look for the text. */
export function canBeLiteral(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isLiteralSymbol(text.charCodeAt(i))) return false
  return true
}

/** By class. */
export const columns: readonly Column[] = []

/** Class by UTF-16 code unit. */
export const classOf: Uint8Array = classify(columns as Column[])

function classify(made: Column[]): Uint8Array {
  const classes = new Uint8Array(0x10000)
  const known = new Map<string, number>()
  const assign = (code: number): void => {
    const flags = flagsOf[code] ?? 0
    const last = (flags & DIGIT) !== 0 ? DIGITS : (flags & LETTER) !== 0 ? LETTERS : NONWORD
    const symbol = isLiteralSymbol(code) ? foldChar(code) : ''
    const upper = (flags & UPPER) !== 0
    const key = `${symbol} ${last} ${upper ? 1 : 0}`
    let index = known.get(key)
    if (index === undefined) {
      index = made.push({ symbol, last, upper }) - 1
      known.set(key, index)
    }
    classes[code] = index
  }
  // Lower-case letters and the space first: prose then reads one cache line of a state's row, not two.
  for (let code = 0x61; code <= 0x7a; code++) assign(code)
  assign(0x20)
  for (let code = 0; code < 0x10000; code++) assign(code)
  return classes
}
