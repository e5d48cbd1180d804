import { ALNUM, BLANK, DIGIT, flagsOf, is, UPPER } from './chars.ts'

/** Longest identifier looked at, in letters and digits. */
export const MAX_CODES = 40
/** A long IBAN has nine; what is spaced out further is closed up by its view. */
const MAX_GROUPS = 10
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
    const { codes } = this
    let length = 0
    let letters = 0
    let groups = 0
    let separators = 0
    let lower = 0
    let at = start
    while (groups < MAX_GROUPS) {
      const from = length
      const lowerBefore = lower
      const lettersBefore = letters
      let digits = 0
      let flags = flagsOf[text.charCodeAt(at) | 0] ?? 0
      while ((flags & ALNUM) !== 0 && length < MAX_CODES) {
        const code = text.charCodeAt(at++)
        if ((flags & DIGIT) !== 0) {
          digits++
          codes[length] = code
        } else {
          if ((flags & UPPER) === 0) lower++
          if (length < 32) letters |= 1 << length
          codes[length] = code & 0xdf
        }
        length++
        flags = flagsOf[text.charCodeAt(at) | 0] ?? 0
      }
      // A word of prose after a number is no part of it; short upper-case groups are (CHE-…, … MWST, HRB …).
      const isWord = digits === 0 && groups > 0 && (lower > lowerBefore || length - from > 4)
      if (isWord || (flags & ALNUM) !== 0) {
        length = from
        lower = lowerBefore
        letters = lettersBefore
        break
      }
      this.lengths[groups] = length
      this.ends[groups] = at
      this.separators[groups] = separators
      groups++
      const next = gapEnd(text, at)
      if (next === at) break
      for (; at < next; at++) separators |= separatorBit(text.charCodeAt(at))
    }
    this.start = start
    this.length = length
    this.groups = groups
    this.letters = letters
    this.hasLower = lower > 0
  }
}

export const BLANK_BIT = 1
export const DASH_BIT = 2
export const DOT_BIT = 4
export const SLASH_BIT = 8

/** The separator as a bit; 0 when the character does not separate groups of a number. */
export function separatorBit(code: number): number {
  return separatorBits[code | 0] ?? 0
}

const separatorBits = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) if (is(code, BLANK)) separatorBits[code] = BLANK_BIT
for (const char of '-\u2010\u2011\u2012\u2013') separatorBits[char.charCodeAt(0)] = DASH_BIT
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
