import { is, BLANK, DIGIT, LETTER, NEWLINE } from '../scanner/chars.ts'

/** Longest stretch looked at on either side of a word. In UTF-16 code units. */
const REACH = 240

/** Start of the sentence that `at` stands in; at most 240 characters back. */
export function sentenceStart(text: string, at: number): number {
  const stop = Math.max(0, at - REACH)
  for (let i = at - 1; i > stop; i--) if (endsSentence(text, i)) return i + 1
  return stop
}

/** End of the sentence that `at` stands in; at most 240 characters ahead. */
export function sentenceEnd(text: string, at: number): number {
  const stop = Math.min(text.length, at + REACH)
  for (let i = at; i < stop; i++) if (endsSentence(text, i)) return i + 1
  return stop
}

/**
 * True when a sentence ends with the character at `i`: a mark before a blank, or an empty line. The full stop of an
 * abbreviation or ordinal number ends none: better a sentence too long than a subject cut off from what is said of it.
 */
function endsSentence(text: string, i: number): boolean {
  const code = text.charCodeAt(i)
  const next = text.charCodeAt(i + 1)
  if (code === 0x0a) return next === 0x0a || next === 0x0d
  if (code === 0x21 || code === 0x3f) return isGap(next)
  return code === 0x2e && isGap(next) && !isAbbreviated(text, i)
}

function isGap(code: number): boolean {
  return Number.isNaN(code) || is(code, BLANK | NEWLINE)
}

/** A number, or a word of up to three letters: `Dr.`, `Nr.`, `Mrs.`, `z. B.` */
function isAbbreviated(text: string, dot: number): boolean {
  if (is(text.charCodeAt(dot - 1), DIGIT)) return true
  let letters = 0
  while (letters < 4 && is(text.charCodeAt(dot - 1 - letters), LETTER)) letters++
  return letters > 0 && letters < 4
}
