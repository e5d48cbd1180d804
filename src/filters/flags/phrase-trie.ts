import { is, LETTER } from '../scanner/chars.ts'

/** Letters of a phrase's first word that `hashLetter` runs over. */
export const START_LETTERS = 6
/** Beginnings of words (`diab*`) may have no fewer letters: they would match too much. */
export const BEGINNING_LETTERS = 4

/**
 * Phrases of several words found at the starts of words. A hash of a word's first six letters tells most words apart
 * without a look at the trie, so that a text without phrases costs little more than finding its words.
 */
export class PhraseTrie {
  /** Bit set over hashes of the first letters of phrases; 4 KB, so that it stays in the nearest cache. */
  readonly starts = new Uint32Array(1 << 10)
  /** The same over the first four letters, for beginnings of words that have fewer than six. */
  readonly beginnings = new Uint32Array(1 << 10)
  /** The same for phrases that one word may be. */
  readonly #singles = new Uint32Array(1 << 10)
  /** For phrases of several words, with the first letters of the second: `ich` stands everywhere, `ich bin schw` not. */
  readonly #pairs = new Uint32Array(1 << 10)
  readonly #root: Node = newNode()
  #end = 0

  /** Where the phrase that `find` found ends. */
  get end(): number {
    return this.#end
  }

  /**
   * @param phrase see category.ts
   * @param value bit set, not 0; added to what the phrase stands for
   * @throws RangeError for a beginning of a word shorter than four letters: it would match too much
   */
  add(phrase: string, value: number): void {
    for (const spelling of spellings(phrase.trim())) {
      const first = spelling.startsWith('=') ? spelling.charCodeAt(1) : 0
      const isPrefix = spelling.endsWith('*')
      this.#insert(spelling.slice(first === 0 ? 0 : 1, isPrefix ? -1 : undefined), isPrefix, first, value)
    }
  }

  #insert(text: string, isPrefix: boolean, first: number, value: number): void {
    let node = this.#root
    let at = 0
    while (at < text.length) {
      const code = fold(text.charCodeAt(at))
      at = code === BLANK_CODE ? gapEnd(text, at) : at + 1
      let child = node.children.get(code)
      if (child === undefined) {
        child = newNode()
        node.children.set(code, child)
      }
      node = child
    }
    node.endings.push({ isPrefix, first, value })
    const letters = hashedLetters(text)
    if (isPrefix && text.length < BEGINNING_LETTERS)
      throw new RangeError(`too short for a beginning: ${text}`)
    if (isPrefix && letters === text.length && letters < START_LETTERS) {
      setBit(this.beginnings, hashWord(0, text, 0, BEGINNING_LETTERS))
      return
    }
    const hash = hashWord(0, text, 0, START_LETTERS)
    setBit(this.starts, hash)
    const second = secondWord(text, 0)
    if (second < 0) setBit(this.#singles, hash)
    else setBit(this.#pairs, hashWord(hash, text, second, 3))
  }

  /** True when a phrase may start with the word that `at` is in, whose first letters have this hash. */
  mayStart(text: string, at: number, hash: number): boolean {
    if (hasBit(this.#singles, hash)) return true
    const second = secondWord(text, at)
    return second >= 0 && hasBit(this.#pairs, hashWord(hash, text, second, 3))
  }

  /** Value of the longest phrase that starts at `start`, the start of a word; 0 when none does. */
  find(text: string, start: number): number {
    let node: Node | undefined = this.#root
    let at = start
    let value = 0
    this.#end = start
    while (node !== undefined) {
      const code = text.charCodeAt(at)
      for (const ending of node.endings) {
        if (!ending.isPrefix && is(code, LETTER)) continue
        if (ending.first !== 0 && ending.first !== text.charCodeAt(start)) continue
        value = at === this.#end ? value | ending.value : ending.value
        this.#end = at
      }
      if (Number.isNaN(code)) break
      const folded = fold(code)
      node = node.children.get(folded)
      at = folded === BLANK_CODE ? gapEnd(text, at) : at + 1
    }
    return value
  }
}

interface Node {
  readonly children: Map<number, Node>
  readonly endings: { readonly isPrefix: boolean; readonly first: number; readonly value: number }[]
}

function newNode(): Node {
  return { children: new Map(), endings: [] }
}

/** One step of the hash over a word's first letters, each as `letterOf` gives it; 15 bits count. */
export function hashLetter(hash: number, letter: number): number {
  return (hash * 37 + letter) & 0x7fff
}

function hashWord(hash: number, text: string, start: number, letters: number): number {
  for (let at = start; at < start + letters && at < text.length; at++) {
    const letter = letterOf[text.charCodeAt(at)] ?? 0
    if (letter === 0) break
    hash = hashLetter(hash, letter)
  }
  return hash
}

/** How many letters of the first word `hashLetter` runs over. */
function hashedLetters(text: string): number {
  let at = 0
  while (at < START_LETTERS && at < text.length && letterOf[text.charCodeAt(at)] !== 0) at++
  return at
}

/** Start of the word that blanks alone part from the word that `at` is in; -1 when other marks follow, or nothing. */
function secondWord(text: string, at: number): number {
  while (at < text.length && letterOf[text.charCodeAt(at)] !== 0) at++
  if (at >= text.length || fold(text.charCodeAt(at)) !== BLANK_CODE) return -1
  const next = gapEnd(text, at)
  return next < text.length ? next : -1
}

function setBit(set: Uint32Array, hash: number): void {
  set[hash >> 5] = (set[hash >> 5] ?? 0) | (1 << (hash & 31))
}

function hasBit(set: Uint32Array, hash: number): boolean {
  return ((set[hash >> 5] ?? 0) & (1 << (hash & 31))) !== 0
}

const BLANK_CODE = 0x20

/** Blanks, line ends and hyphens between words; up to 6, so that indented lines are followed. */
function gapEnd(text: string, at: number): number {
  let end = at + 1
  while (end - at < 6 && fold(text.charCodeAt(end)) === BLANK_CODE) end++
  return end
}

/** Umlauts may be spelled out. */
function spellings(phrase: string): string[] {
  const spelled = phrase
    .replace(/[äöü]/gi, char => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[char.toLowerCase()] ?? char)
    .replaceAll('ß', 'ss')
  return spelled === phrase ? [phrase] : [phrase, spelled]
}

const folded = new Uint16Array(0x10000)
/** By code unit: 0 for what is no letter, else 1 to 31. */
export const letterOf = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) {
  folded[code] = foldOnce(code)
  if (!is(code, LETTER)) continue
  const low = folded[code] ?? 0
  letterOf[code] = low >= 0x61 && low <= 0x7a ? low - 0x60 : 27 + (low & 3)
}

function fold(code: number): number {
  return folded[code] ?? 0
}

/** Lower case, no accents but umlauts; blanks, line ends, hyphens and dashes are one. */
function foldOnce(code: number): number {
  if (code < 0x80) {
    if (code >= 0x41 && code <= 0x5a) return code + 0x20
    return code === 0x09 || code === 0x0a || code === 0x0d || code === 0x2d || code === 0x5f
      ? BLANK_CODE
      : code
  }
  if (code === 0x2019 || code === 0x02bc) return 0x27
  if ((code >= 0x2010 && code <= 0x2015) || code === 0xa0 || code === 0x202f || code === 0x2009)
    return BLANK_CODE
  if (!is(code, LETTER)) return code
  const lower = String.fromCharCode(code).toLowerCase()
  if ('äöüß'.includes(lower)) return lower.charCodeAt(0)
  return lower.normalize('NFD').charCodeAt(0)
}
