import { DIGIT, flagsOf, LETTER } from '../../scanner/chars.ts'

/** One word, or one other visible character. */
export interface Word {
  /** UTF-16, half-open. */
  readonly start: number
  readonly end: number
  /** White space stands before it: byte-level vocabularies tell `Max` from ` Max`. */
  readonly spaced: boolean
}

/** Longest word as one piece; longer runs of letters are no names and would cost the tokenizer dearly. */
const MAX_WORD = 64

/** Splits as corpora of names are split: runs of letters, digits and combining marks, everything else alone. */
export function splitWords(text: string): Word[] {
  const words: Word[] = []
  let spaced = true
  for (let at = 0; at < text.length; ) {
    if (isSpace(text.charCodeAt(at))) {
      spaced = true
      at++
      continue
    }
    const start = at
    at = wordEnd(text, at)
    words.push({ start, end: at, spaced })
    spaced = false
  }
  return words
}

function wordEnd(text: string, start: number): number {
  if (!isWordPart(text.charCodeAt(start))) return start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)
  let end = start + 1
  while (end - start < MAX_WORD && end < text.length && isWordPart(text.charCodeAt(end))) end++
  return end
}

function isWordPart(code: number): boolean {
  return ((flagsOf[code] ?? 0) & (LETTER | DIGIT)) !== 0 || (code >= 0x300 && code <= 0x36f)
}

function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0x3000
}
