import { ALNUM, BLANK, DIGIT, flagsOf, is, UPPER } from './chars.ts'

/** Longest identifier looked at, in letters and digits. */
export const MAX_CODES = 40
const MAX_GROUPS = 14
/** Separators between two groups, e.g. the three of `123 - 456`. */
const MAX_GAP = 3

/**
 * A number as people write it: groups of ASCII letters and digits with blanks, dots, dashes or slashes between them.
 * One object is filled again and again; its arrays are never shorter than `length` and `groups`.
 */
export class Cluster {
  /** Offset of the first character in the text. */
  start = 0
  /** Letters and digits without separators, letters in upper case. */
  readonly codes = new Uint8Array(MAX_CODES)
  length = 0
  groups = 0
  /** By group: codes up to and including it, where it ends in the text, bit set of separators before its end. */
  readonly lengths = new Uint8Array(MAX_GROUPS)
  readonly ends = new Int32Array(MAX_GROUPS)
  readonly separators = new Uint8Array(MAX_GROUPS)
  /** By code below 32: bit set where it is a letter. */
  letters = 0
  /** By code: bit set where it was written in lower case. */
  hasLower = false

  /** Reads the cluster that starts at `start`, which must be the first letter or digit of a token. */
  read(text: string, start: number): void {
    this.start = start
    this.length = 0
    this.groups = 0
    this.letters = 0
    this.hasLower = false
    let at = start
    let separators = 0
    while (this.groups < MAX_GROUPS) {
      const end = this.#readGroup(text, at)
      if (end === at) return
      this.lengths[this.groups] = this.length
      this.ends[this.groups] = end
      this.separators[this.groups] = separators
      this.groups++
      if (this.length >= MAX_CODES) return
      const next = gapEnd(text, end)
      if (next === end) return
      for (let i = end; i < next; i++) separators |= separatorBit(text.charCodeAt(i))
      at = next
    }
  }

  /** Adds one group; returns its end, or `at` when it does not belong to a number. */
  #readGroup(text: string, at: number): number {
    let end = at
    let digits = 0
    let lower = 0
    for (; end - at < MAX_CODES; end++) {
      const flags = flagsOf[text.charCodeAt(end)] ?? 0
      if ((flags & ALNUM) === 0) break
      if ((flags & DIGIT) !== 0) digits++
      else if ((flags & UPPER) === 0) lower++
    }
    const size = end - at
    if (size === 0 || this.length + size > MAX_CODES) return at
    // A word of prose after a number is no part of it; short upper-case groups are (CHE-…, … MWST, HRB …).
    if (this.groups > 0 && digits === 0 && (lower > 0 || size > 4)) return at
    if (lower > 0) this.hasLower = true
    for (let i = at; i < end; i++) {
      const code = text.charCodeAt(i)
      const isDigit = code < 0x3a
      if (!isDigit && this.length < 32) this.letters |= 1 << this.length
      this.codes[this.length++] = isDigit ? code : code & 0xdf
    }
    return end
  }
}

export const BLANK_BIT = 1
export const DASH_BIT = 2
export const DOT_BIT = 4
export const SLASH_BIT = 8
export const OTHER_BIT = 16

/** The separator as a bit; 0 when the character does not separate groups of a number. */
export function separatorBit(code: number): number {
  return separatorBits[code] ?? 0
}

const separatorBits = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) if (is(code, BLANK)) separatorBits[code] = BLANK_BIT
for (const char of '-\u2010\u2011\u2012\u2013') separatorBits[char.charCodeAt(0)] = DASH_BIT
for (const char of '_:()') separatorBits[char.charCodeAt(0)] = OTHER_BIT
separatorBits[0x2e] = DOT_BIT
separatorBits[0x2f] = SLASH_BIT

/** True when another group may follow the one that ends at `end`. */
export function continuesCluster(text: string, end: number): boolean {
  if (separatorBit(text.charCodeAt(end)) === 0) return false
  const next = text.charCodeAt(gapEnd(text, end))
  return is(next, DIGIT | UPPER)
}

/** Where the next group starts after a gap of 1 to 3 separators; `end` when none does. */
function gapEnd(text: string, end: number): number {
  let at = end
  while (at - end < MAX_GAP && separatorBit(text.charCodeAt(at)) !== 0) at++
  return at > end && is(text.charCodeAt(at), ALNUM) ? at : end
}
