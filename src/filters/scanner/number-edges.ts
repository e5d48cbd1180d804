import { ALNUM, BLANK, DIGIT, flagsOf, is, LETTER, UPPER } from './chars.ts'
import { continuesCluster } from './cluster.ts'

/** What stands around a token with digits: whether it is worth a closer look, and where to begin. All look a few characters far. */

/** A short token matters only beside others: `(030) …`, `+49 …`, `12 345 …`, `fe80::1`. */
export function isPartOfMore(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1)
  if (before === 0x28 || before === 0x2b || continuesCluster(text, end)) return true
  if (before === 0x3a) return is(text.charCodeAt(start - 2), ALNUM) || text.charCodeAt(start - 2) === 0x3a
  return (
    text.charCodeAt(end) === 0x3a &&
    (is(text.charCodeAt(end + 1), ALNUM) || text.charCodeAt(end + 1) === 0x3a)
  )
}

/** True when the token goes on a decimal, a date, a time, a longer number or a UUID: `3.141`, `13:40`, `990e-6323`. */
export function continuesNumber(text: string, before: number, start: number): boolean {
  const further = text.charCodeAt(start - 2)
  const isDigit = further >= 0x30 && further <= 0x39
  if (before === 0x2d) return isDigit || further === 0x5f || (further >= 0x61 && further <= 0x66)
  return isDigit && (before === 0x2e || before === 0x2c || before === 0x2f || before === 0x3a)
}

/**
 * Start of up to four upper-case letters right before the token, the country of a VAT number or `HRB`; at the start of
 * the text also in lower case. `start` when there are none.
 */
export function prefixStart(text: string, start: number): number {
  const gap = text.charCodeAt(start - 1)
  if (gap !== 0x20 && gap !== 0x2d && gap !== 0x2e && !is(gap, BLANK)) return start
  const stop = start - 6
  let from = start - 1
  let flags = flagsOf[text.charCodeAt(from - 1) | 0] ?? 0
  while (from > stop && (flags & ALNUM) !== 0 && (flags & DIGIT) === 0) {
    if ((flags & UPPER) === 0 && start > 5) return start
    flags = flagsOf[text.charCodeAt(--from - 1) | 0] ?? 0
  }
  return from === start - 1 || from <= stop || (flags & (ALNUM | LETTER)) !== 0 ? start : from
}

/** True when a blank and one letter or digit by itself follow. */
export function isSingleNext(text: string, end: number): boolean {
  return (
    is(text.charCodeAt(end), BLANK) &&
    is(text.charCodeAt(end + 1), ALNUM) &&
    is(text.charCodeAt(end + 2), BLANK)
  )
}
