import { flagsOf, LETTER, UPPER } from '../scanner/chars.ts'
import { languageHint } from './language.ts'
import type { Tokens } from './tokens.ts'

/** How the text around a word is written; shapes mean something else in each. Plus `GERMAN` for German. */
export const NORMAL = 0
/** In lower case: chat, search queries. */
export const LOWER = 1
/** A line in capitals: letter heads, forms. */
export const CAPS = 2
/** German writes all nouns with a capital. */
export const GERMAN = 3
/** Number of regimes. */
export const REGIMES = 6

/** A paragraph with fewer capitalised words than one in so many is written in lower case. */
const FEW = 40
/** A line of capitals has at least so many letters. */
const SHORTEST_LINE = 3

/**
 * Notes for each token how the text around it is written: by paragraph the language and whether there are capitals at all,
 * by line whether there is nothing else. Reads each character once.
 * @param german whether the text before was German
 * @returns whether the text is German where it ends
 */
export function noteRegimes(text: string, tokens: Tokens, regimes: Uint8Array, german: boolean): boolean {
  const { count, before } = tokens
  let from = 0
  for (let i = 1; i <= count; i++) {
    if (i < count && (before[i] ?? 0) % 3 !== 2) continue
    german = noteParagraph(text, tokens, regimes, from, i, german)
    from = i
  }
  return german
}

function noteParagraph(
  text: string,
  tokens: Tokens,
  regimes: Uint8Array,
  from: number,
  to: number,
  german: boolean
): boolean {
  const { starts, ends, before, forms } = tokens
  let words = 0
  let upper = 0
  let hints = 0
  let lineStart = from
  let capitals = 0
  let hasLower = false
  for (let i = from; i <= to; i++) {
    if (i === to || (i > from && (before[i] ?? 0) % 3 !== 0)) {
      regimes.fill(!hasLower && capitals >= SHORTEST_LINE ? CAPS : NORMAL, lineStart, i)
      lineStart = i
      capitals = 0
      hasLower = false
    }
    if (i === to) break
    const start = starts[i] ?? 0
    const first = flagsOf[text.charCodeAt(start)] ?? 0
    if ((first & LETTER) === 0) continue
    words++
    if ((first & UPPER) !== 0) upper++
    hints += languageHint(forms[i] ?? 0)
    if (hasLower) continue
    const end = ends[i] ?? 0
    for (let at = start; at < end; at++) {
      const flags = flagsOf[text.charCodeAt(at)] ?? 0
      if ((flags & UPPER) !== 0) capitals++
      else if ((flags & LETTER) !== 0) {
        hasLower = true
        break
      }
    }
  }
  if (words > 2 && upper * FEW < words) regimes.fill(LOWER, from, to)
  const isGerman = hints === 0 ? german : hints > 0
  if (isGerman) for (let i = from; i < to; i++) regimes[i] = (regimes[i] ?? 0) + GERMAN
  return isGerman
}
