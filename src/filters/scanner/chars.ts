/** Character classes as bit flags in one table of 65,536 entries, so that a test is one load on a char code. */

export const LETTER = 1
export const DIGIT = 2
export const UPPER = 4
/** Space, tab and the no-break and thin spaces that separate groups of digits. */
export const BLANK = 8
export const NEWLINE = 16
/** ASCII letter or digit. */
export const ALNUM = 32
/** Characters of an e-mail local part (RFC 5322 atext and dot). */
export const LOCAL_PART = 64
/** ASCII letter, digit or hyphen, and letters of internationalised host names. */
export const HOST = 128

const atext = "!#$%&'*+-/=?^_`{|}~."

function build(): Uint8Array {
  const flags = new Uint8Array(0x10000)
  for (let code = 0; code < 0x10000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const char = String.fromCharCode(code)
    const lower = char.toLowerCase()
    if (lower !== char.toUpperCase() || code === 0xdf) {
      flags[code] = LETTER | HOST | LOCAL_PART | (lower === char ? 0 : UPPER)
    } else if (code > 0x7f && /\p{L}/u.test(char)) {
      flags[code] = LETTER | HOST | LOCAL_PART
    }
  }
  for (let code = 0x30; code <= 0x39; code++) flags[code] = DIGIT | ALNUM | HOST | LOCAL_PART
  for (let code = 0x41; code <= 0x5a; code++) flags[code] = (flags[code] ?? 0) | ALNUM
  for (let code = 0x61; code <= 0x7a; code++) flags[code] = (flags[code] ?? 0) | ALNUM
  for (const char of atext) flags[char.charCodeAt(0)] = (flags[char.charCodeAt(0)] ?? 0) | LOCAL_PART
  flags[0x2d] = (flags[0x2d] ?? 0) | HOST
  for (const code of [0x20, 0x09, 0xa0, 0x2007, 0x2009, 0x200a, 0x202f, 0x2002, 0x2003, 0x3000])
    flags[code] = BLANK
  for (const code of [0x0a, 0x0d, 0x2028, 0x2029, 0x85]) flags[code] = NEWLINE
  return flags
}

/** Flags by UTF-16 code unit. Halves of surrogate pairs have none. */
export const flagsOf: Uint8Array = build()

/** True when the code unit has one of the flags; NaN (beyond the end of a text) has none. */
export function is(code: number, flags: number): boolean {
  // `| 0`: indexing a typed array with NaN takes a slow path, and leaves it slow for all that come after.
  return ((flagsOf[code | 0] ?? 0) & flags) !== 0
}

/** Letters and digits of any script: what a word is made of. */
export const WORD: number = LETTER | DIGIT

/** Hyphen, no-break hyphen, figure dash, en dash, minus. */
export function isDash(code: number): boolean {
  return code === 0x2d || (code >= 0x2010 && code <= 0x2014) || code === 0x2212
}

/** True when a digit stands in [from, to): a cheap question before a pattern that needs one. */
export function hasDigit(text: string, from: number, to: number): boolean {
  const stop = Math.min(to, text.length)
  for (let at = Math.max(0, from); at < stop; at++) if (is(text.charCodeAt(at), DIGIT)) return true
  return false
}

/** True when nothing but a few blanks and line ends stands before `start` and behind `end`. */
export function isAllBut(text: string, start: number, end: number): boolean {
  if (start > 8 || text.length - end > 8) return false
  for (let i = 0; i < start; i++) if (!is(text.charCodeAt(i), BLANK | NEWLINE)) return false
  for (let i = end; i < text.length; i++) if (!is(text.charCodeAt(i), BLANK | NEWLINE)) return false
  return true
}
