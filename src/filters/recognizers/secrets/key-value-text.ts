import { ALNUM, BLANK, flagsOf, is, LETTER, DIGIT, NEWLINE, UPPER } from '../../scanner/chars.ts'

/** Blanks, quotes and brackets between name, operator and value. */
const MAX_GAP = 24
/** Longest type or call around a value. */
export const MAX_WRAPPER = 32

/** Letters, digits, `_` and `$`. */
export function isNamePart(code: number): boolean {
  return is(code, LETTER | DIGIT) || code === 0x5f || code === 0x24
}

/** Straight, back and typographic quotes that open a string. */
export function isQuote(code: number): boolean {
  return (
    code === 0x22 ||
    code === 0x27 ||
    code === 0x60 ||
    code === 0x201e ||
    code === 0x201c ||
    code === 0xbb ||
    code === 0xab
  )
}

/** True when `code` ends what `quote` began. */
export function closes(quote: number, code: number): boolean {
  if (quote === 0x201e) return code === 0x201c || code === 0x201d
  if (quote === 0x201c) return code === 0x201d
  if (quote === 0xbb) return code === 0xab
  return quote === 0xab ? code === 0xbb : code === quote
}

/** Behind spaces and tabs. */
export function skipBlanks(text: string, from: number): number {
  let at = from
  while (at - from < MAX_GAP && is(text.charCodeAt(at), BLANK)) at++
  return at
}

/** Behind a number between a name and its colon: `Unseal Key 2: …`. */
export function skipCount(text: string, from: number): number {
  if (!is(text.charCodeAt(from), DIGIT) || !is(text.charCodeAt(from - 1), BLANK)) return from
  const at = is(text.charCodeAt(from + 1), DIGIT) ? from + 2 : from + 1
  return text.charCodeAt(at) === 0x3a ? at : from
}

/** Blanks and at most two line ends. */
export function skip(text: string, from: number): number {
  let at = from
  let lines = 0
  while (at - from < 2 * MAX_GAP) {
    const code = text.charCodeAt(at)
    if (code === 0x0a && ++lines > 2) break
    if (!is(code, BLANK | NEWLINE)) break
    at++
  }
  return at
}

/** `<name>`, `<ns:name>`. */
export function isTag(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  return before === 0x3c || before === 0x3a || before === 0x2d
}

/** What attributes of a tag are made of. */
export function isAttribute(code: number): boolean {
  return (
    isNamePart(code) || is(code, BLANK) || code === 0x3d || code === 0x22 || code === 0x27 || code === 0x2d
  )
}

/** Quotes and brackets that close a name: `"name"]`, `\"name\"`, `**name**`. */
export function skipClosing(text: string, from: number): number {
  let at = from
  while (at - from < 4 && isClosing(text, at)) at++
  return at
}

function isClosing(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === 0x5c) return isQuote(text.charCodeAt(at + 1))
  return (
    isQuote(code) || code === 0x5d || code === 0x2a || (code === 0x29 && text.charCodeAt(at + 1) !== 0x3a)
  )
}

/** Prefixes of string literals and one call around a literal: `b'`, `@"`, `Buffer.from('`. */
export function skipWrapper(text: string, from: number): number {
  let at = from
  while (
    at - from < MAX_WRAPPER &&
    (isNamePart(text.charCodeAt(at)) || text.charCodeAt(at) === 0x2e || text.charCodeAt(at) === 0x40)
  )
    at++
  if (at - from <= 2 && at > from && isQuote(text.charCodeAt(at))) return at
  return text.charCodeAt(at) === 0x28 && at > from && isQuote(text.charCodeAt(at + 1)) ? at + 1 : from
}

/** End of a value without quotes: a blank, a quote, or what separates values. */
export function bareEnd(text: string, from: number, max: number): number {
  let end = from
  while (end - from <= max && isBare(text.charCodeAt(end))) {
    // An equals sign inside is another name's; at the end it fills base64.
    if (text.charCodeAt(end) === 0x3d && is(text.charCodeAt(end + 1), ALNUM)) break
    end++
  }
  while (end > from && isPunctuation(text.charCodeAt(end - 1))) end--
  return end - from > max ? from : end
}

const bare = new Uint8Array(128).fill(1, 0x21, 0x7f)
for (const char of '\\"\'`,;&<>()[]{}|') bare[char.charCodeAt(0)] = 0

/** Characters of a value without quotes. */
export function isBare(code: number): boolean {
  return code < 0x80 ? bare[code] === 1 : is(code, LETTER)
}

function isPunctuation(code: number): boolean {
  return code === 0x2e || code === 0x3a || code === 0x21 || code === 0x3f || code === 0x2a
}

/** True for an upper-case letter. */
export function isUpper(code: number): boolean {
  return ((flagsOf[code] ?? 0) & UPPER) !== 0
}
