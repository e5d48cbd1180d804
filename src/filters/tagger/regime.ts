import { flagsOf, LETTER, UPPER } from '../scanner/chars.ts'
import {
  FOREIGN_WORD,
  GERMAN_WORD,
  isSpelledStrangely,
  languageHints,
  OTHER_WORD,
  OWN_WORD
} from './language.ts'
import { MAX_TOKENS, type Tokens } from './tokens.ts'

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

/** Words of languages that are neither German nor English say it of a whole chunk from so many on. */
const TELLING = 2
/** As above, and one word in so many: what host names of a log spell is no language. */
const ONE_IN = 16

/**
 * Notes for each token how the text around it is written: by paragraph the language and whether there are capitals at all,
 * by line whether there is nothing else. Reads each character once. One instance is used again and again.
 */
export class Regimes {
  /** By token: `NORMAL`, `LOWER` or `CAPS`, plus `GERMAN`, which says nothing where `foreign` is 1. */
  readonly of: Uint8Array = new Uint8Array(MAX_TOKENS)
  /** By token: 1 where the language is neither German nor English. */
  readonly foreign: Uint8Array = new Uint8Array(MAX_TOKENS)
  readonly #hints = new Uint8Array(MAX_TOKENS)
  #german = true
  #mostlyForeign = false

  /** Whether the text was German where the last chunk ended. */
  get isGerman(): boolean {
    return this.#german
  }

  /** What the next chunk is taken for where nothing tells. */
  set isGerman(german: boolean) {
    this.#german = german
  }

  /** Of the next chunk of the text. */
  note(text: string, tokens: Tokens): void {
    const { count, before } = tokens
    this.foreign.fill(0, 0, count)
    this.#noteHints(text, tokens)
    let from = 0
    for (let i = 1; i <= count; i++) {
      if (i < count && (before[i] ?? 0) % 3 !== 2) continue
      this.#noteSpelling(text, tokens, from, i)
      this.#noteLanguage(from, i)
      from = i
    }
  }

  #noteHints(text: string, { count, forms, starts, ends }: Tokens): void {
    let foreign = 0
    let own = 0
    for (let i = 0; i < count; i++) {
      let hint = languageHints(forms[i] ?? 0)
      const start = starts[i] ?? 0
      if (hint === 0 && isLower(text.charCodeAt(start)) && isSpelledStrangely(text, start, ends[i] ?? 0))
        hint = FOREIGN_WORD
      this.#hints[i] = hint
      if ((hint & FOREIGN_WORD) !== 0) foreign++
      else if ((hint & OWN_WORD) !== 0) own++
    }
    this.#mostlyForeign = foreign >= TELLING && foreign > own * 2 && foreign * ONE_IN >= count
  }

  #noteLanguage(from: number, to: number): void {
    let german = 0
    let foreign = 0
    let own = 0
    for (let i = from; i < to; i++) {
      const hint = this.#hints[i] ?? 0
      if ((hint & GERMAN_WORD) !== 0) german++
      else if ((hint & OTHER_WORD) !== 0) german--
      if ((hint & FOREIGN_WORD) !== 0) foreign++
      else if ((hint & OWN_WORD) !== 0) own++
    }
    if (german !== 0) this.#german = german > 0
    // What quotes some words of another language is not written in it.
    const isForeign = foreign > own * 2 + TELLING && foreign * ONE_IN >= to - from
    if (this.#mostlyForeign ? foreign >= own : isForeign) this.foreign.fill(1, from, to)
    if (this.#german) for (let i = from; i < to; i++) this.of[i] = (this.of[i] ?? 0) + GERMAN
  }

  #noteSpelling(text: string, { starts, ends, before }: Tokens, from: number, to: number): void {
    const regimes = this.of
    let words = 0
    let upper = 0
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
  }
}

function isLower(code: number): boolean {
  return ((flagsOf[code] ?? 0) & (LETTER | UPPER)) === LETTER
}
