import { BLANK, flagsOf, LETTER, NEWLINE, UPPER, WORD } from '../scanner/chars.ts'
import { mix, SEED } from './letters.ts'

/** Most tokens of one chunk. Bounds the buffers; longer texts are read chunk by chunk. */
export const MAX_TOKENS = 4096
/** Characters of a word that are looked at: no name is longer. */
export const MAX_WORD = 48

/** What stands between two tokens, as classes of characters; times three, plus 0, 1 or 2 for line breaks. */
const gapClasses = [
  '',
  '.',
  ',',
  ':',
  ';',
  '(',
  ')',
  '"„“”»«\'’‘‚',
  '-–—',
  '/\\',
  '@',
  '<',
  '>',
  '=',
  '|\t',
  '_',
  '*#',
  '&+',
  '!?',
  '[]{}',
  '$%§€'
]
const OTHER_GAP = gapClasses.length

/** Number of gap classes. */
export const GAPS: number = (gapClasses.length + 2) * 3
/** The gap of tokens that touch: `GLUED`. Gap 0 is made of blanks only. */
export const GLUED: number = (gapClasses.length + 1) * 3
/** At the ends of a text. */
export const BLANK_LINE = 2

const gapClassOf = classifyGaps()

function classifyGaps(): Uint8Array {
  const classes = new Uint8Array(0x10000).fill(OTHER_GAP)
  gapClasses.forEach((chars, index) => {
    for (const char of chars) classes[char.charCodeAt(0)] = index
  })
  return classes
}

/**
 * The words and numbers of a chunk of text. What stands between them is no token but a property of the gap, so that
 * context reaches further. Hyphens and apostrophes inside words belong to them, the full stop belongs to an initial (`J.`).
 */
export class Tokens {
  count = 0
  /** Where reading stopped. */
  end = 0
  readonly starts: Int32Array = new Int32Array(MAX_TOKENS)
  readonly ends: Int32Array = new Int32Array(MAX_TOKENS)
  /** Hash of the token as written. */
  readonly forms: Int32Array = new Int32Array(MAX_TOKENS)
  /** Another hash of it, with its length. */
  readonly seconds: Int32Array = new Int32Array(MAX_TOKENS)
  /** What stands right before: the last class of the gap. */
  readonly before: Uint8Array = new Uint8Array(MAX_TOKENS + 1)
  /** What stands right behind: the first class of the gap. */
  readonly behind: Uint8Array = new Uint8Array(MAX_TOKENS + 1)

  /** Reads tokens from `from` until the end of the text or `MAX_TOKENS`. */
  read(text: string, from: number): void {
    let at = from
    let count = 0
    while (count < MAX_TOKENS) {
      const start = this.#skipGap(text, at, count)
      if (start >= text.length) {
        at = start
        break
      }
      at = this.#readWord(text, start, count)
      this.starts[count] = start
      this.ends[count] = at
      count++
    }
    this.count = count
    this.end = at
    if (count === MAX_TOKENS) this.behind[count - 1] = 0
    const first = this.before[0] ?? 0
    if (from === 0) this.before[0] = first - (first % 3) + BLANK_LINE
  }

  #skipGap(text: string, from: number, count: number): number {
    let at = from
    let first = 0
    let last = 0
    let lines = 0
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      const flags = flagsOf[code] ?? 0
      if ((flags & WORD) !== 0) break
      if ((flags & NEWLINE) !== 0) {
        if (code !== 0x0d && lines < 2) lines++
        last = 0
      } else if ((flags & BLANK) === 0 || code === 0x09) {
        last = gapClassOf[code] ?? 0
        if (first === 0 && lines === 0) first = last
      }
    }
    if (at === from && count > 0) this.before[count] = GLUED
    else this.before[count] = last * 3 + lines
    if (at === text.length) lines = BLANK_LINE
    if (count > 0) this.behind[count - 1] = at === from && at < text.length ? GLUED : first * 3 + lines
    return at
  }

  #readWord(text: string, start: number, count: number): number {
    let hash = SEED
    let second = 0
    let at = start
    const stop = start + MAX_WORD
    for (;;) {
      const code = text.charCodeAt(at)
      const flags = flagsOf[code | 0] ?? 0
      if ((flags & WORD) === 0 && !joins(text, at, code, start)) break
      if (at < stop) {
        hash = mix(hash, code)
        second = (Math.imul(second, 31) + code) | 0
      }
      at++
      if (at >= text.length) break
    }
    if (
      at === start + 1 &&
      text.charCodeAt(at) === 0x2e &&
      ((flagsOf[text.charCodeAt(start)] ?? 0) & UPPER) !== 0
    ) {
      hash = mix(hash, 0x2e)
      at++
    }
    this.forms[count] = hash
    this.seconds[count] = (Math.imul(second, 64) + Math.min(at - start, 63)) | 0
    return at
  }
}

/** A hyphen or an apostrophe between letters; `John's` ends before it. */
function joins(text: string, at: number, code: number, start: number): boolean {
  if (at === start) return false
  if (code === 0x2d || code === 0x2010 || code === 0x2011)
    return isLetter(text, at + 1) && isLetter(text, at - 1)
  if (code !== 0x27 && code !== 0x2019) return false
  return isLetter(text, at + 1) && isLetter(text, at + 2) && isLetter(text, at - 1)
}

function isLetter(text: string, at: number): boolean {
  return ((flagsOf[text.charCodeAt(at) | 0] ?? 0) & LETTER) !== 0
}
