import { BLANK, DIGIT, is, isDash, LETTER } from '../scanner/chars.ts'

/** ITU-T E.164 allows fifteen digits; two more for `00`. */
export const MAX_DIGITS = 17
const MAX_GROUPS = 10

/** The groups of digits of what may be a telephone number. One object is filled again and again. */
export class PhoneGroups {
  /** By group: where it ends in the text, how many digits it has. */
  readonly ends = new Int32Array(MAX_GROUPS)
  readonly sizes = new Uint8Array(MAX_GROUPS)
  count = 0

  /** Reads the groups from `start`, which must be a digit. */
  read(text: string, start: number): void {
    this.count = 0
    let total = 0
    let at = start
    while (this.count < MAX_GROUPS) {
      const from = at
      while (is(text.charCodeAt(at), DIGIT)) {
        if (at - from > MAX_DIGITS) {
          this.count = 0
          return
        }
        at++
      }
      if (at === from) return
      total += at - from
      if (total > MAX_DIGITS) return
      this.sizes[this.count] = at - from
      this.ends[this.count] = at
      this.count++
      const next = gapEnd(text, at)
      if (next === at) return
      at = next
    }
  }

  end(group: number): number {
    return this.ends[group] ?? 0
  }

  size(group: number): number {
    return this.sizes[group] ?? 0
  }

  /** All digits without separators. */
  digits(text: string): string {
    let digits = ''
    for (let group = 0; group < this.count; group++) {
      const end = this.end(group)
      digits += text.slice(end - this.size(group), end)
    }
    return digits
  }

  /** Value of a group. */
  value(text: string, group: number): number {
    const end = this.end(group)
    let value = 0
    for (let at = end - this.size(group); at < end; at++) value = value * 10 + text.charCodeAt(at) - 0x30
    return value
  }
}

export function isPhoneSeparator(code: number): boolean {
  return is(code, BLANK) || isDash(code) || code === 0x2e || code === 0x2f || code === 0x28 || code === 0x29
}

/** Behind up to four separators, or the `xx` that stands for a carrier's code; `at` when neither follows. */
function gapEnd(text: string, at: number): number {
  let end = at
  while (end - at < 4 && isPhoneSeparator(text.charCodeAt(end))) end++
  if (end > at) return end
  return text.startsWith('xx', at) && is(text.charCodeAt(at + 2), DIGIT) ? at + 2 : at
}

/** Takes in `+`, `(` and `(+` before the first digit, and `0049 ` before `(0)`. */
export function leadStart(text: string, at: number): number {
  let start = at
  if (text.charCodeAt(start - 1) === 0x2b) start--
  if (text.charCodeAt(start - 1) === 0x28 && hasClosing(text, at)) start--
  if (start === at || text.charCodeAt(start) !== 0x28) return start
  if (text.charCodeAt(start - 1) === 0x2b) return start - 1
  return countryCodeStart(text, start)
}

function hasClosing(text: string, at: number): boolean {
  for (let i = at; i < at + 7; i++) if (text.charCodeAt(i) === 0x29) return true
  return false
}

/** Start of `00` and a country's two or three digits right before the parenthesis. */
function countryCodeStart(text: string, parenthesis: number): number {
  let at = parenthesis
  if (is(text.charCodeAt(at - 1), BLANK)) at--
  const end = at
  while (end - at < 5 && is(text.charCodeAt(at - 1), DIGIT)) at--
  const isWhole = !is(text.charCodeAt(at - 1), DIGIT | LETTER)
  return end - at >= 4 && isWhole && text.startsWith('00', at) ? at : parenthesis
}

/** Takes in the parenthesis that closes right behind the number, if one was opened inside it. */
export function closeParenthesis(text: string, start: number, end: number): number {
  if (text.charCodeAt(end) !== 0x29) return end
  let open = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x28) open++
    else if (code === 0x29) open--
  }
  return open > 0 ? end + 1 : end
}

const extension =
  /[ ,;]{0,2}\(?(?:x|ext|extn|extension|int|dw|durchwahl|apparat|app|nst|nebenstelle|klappe|kl)[ .:#]{0,2}-?\d{1,5}\)?(?![\p{L}\d])/iuy

/** Blank, comma, semicolon. */
function isLoose(code: number): boolean {
  return code === 0x20 || code === 0x2c || code === 0x3b
}

/** By code, in lower case: 1 for what an extension's word begins with. */
const beginsExtension = new Uint8Array(0x80)
for (const char of 'xeidank') beginsExtension[char.charCodeAt(0)] = 1

/** Behind an extension that is written with a word: `x123`, `, ext. 45`, ` DW 12`, ` Klappe 3`; `end` when there is none. */
export function extensionEnd(text: string, end: number): number {
  let at = end
  while (at < end + 2 && isLoose(text.charCodeAt(at))) at++
  if (text.charCodeAt(at) === 0x28) at++
  const first = text.charCodeAt(at)
  // Letters beyond ASCII that fold to one of these are left to the pattern.
  if (Number.isNaN(first) || (first < 0x80 && beginsExtension[first | 0x20] !== 1)) return end
  extension.lastIndex = end
  return extension.test(text) ? extension.lastIndex : end
}

/** Three letters follow at once: the next word was glued to the number, as in text copied from PDF. */
export function isGlued(text: string, end: number): boolean {
  for (let at = end; at < end + 3; at++) if (!is(text.charCodeAt(at), LETTER)) return false
  return true
}

/** Three digits, three, four, with dashes, dots or parentheses; a leading 1 is tolerated. */
export function looksAmerican(text: string, start: number): boolean {
  let at = start
  if (text.charCodeAt(at) === 0x31 && isPhoneSeparator(text.charCodeAt(at + 1))) at += 2
  if (text.charCodeAt(at) === 0x28) at++
  return (
    digitsAt(text, at) === 3 &&
    isPhoneSeparator(text.charCodeAt(at + 3)) &&
    (digitsAt(text, at + 4) === 3 || digitsAt(text, at + 5) === 3)
  )
}

function digitsAt(text: string, at: number): number {
  let count = 0
  while (count < 5 && is(text.charCodeAt(at + count), DIGIT)) count++
  return count
}

/** Dates in all common orders, with or without a time behind them. */
export function isDate(text: string, start: number, groups: PhoneGroups): boolean {
  if (groups.count < 3 || start + 11 < groups.end(2)) return false
  const separator = text.charCodeAt(groups.end(0))
  if (separator !== text.charCodeAt(groups.end(1)) || is(separator, BLANK)) return false
  // A fourth group joined in the same way: 01.23.45.67.89.
  if (groups.count > 3 && text.charCodeAt(groups.end(2)) === separator) return false
  const first = groups.value(text, 0)
  const second = groups.value(text, 1)
  if (groups.size(0) === 4)
    return (
      isYear(first) && second < 13 && groups.value(text, 2) < 32 && groups.size(1) < 3 && groups.size(2) < 3
    )
  if (groups.size(0) > 2 || groups.size(1) > 2 || first > 31 || second > 31 || (first > 12 && second > 12))
    return false
  return groups.size(2) === 2 || (groups.size(2) === 4 && isYear(groups.value(text, 2)))
}

function isYear(value: number): boolean {
  return value >= 1900 && value < 2100
}
