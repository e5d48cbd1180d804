import { is, WORD } from '../scanner/chars.ts'
import { canBeLiteral, foldLiteral } from '../scanner/classes.ts'
import { buildBackward, buildPattern, type PatternAutomaton } from './pattern-automaton.ts'
import { type Node, parsePattern } from './pattern-syntax.ts'

export interface PatternOptions {
  readonly ignoreCase: boolean
  /** A value neither begins nor ends inside a word of letters and digits. */
  readonly wholeWords: boolean
}

/** Longest beginnings that the scanner is told to look for, and how many of them. */
const MAX_START = 8
const MAX_STARTS = 64
/** A shorter beginning stands in too many places to be worth an anchor. */
const MIN_START = 3

/** A text on which more steps are taken than this for each character is read once from its end first. */
const HOSTILE_STEPS = 12
/** Shorter texts are not worth it. */
const MIN_HOSTILE = 4096

/**
 * A pattern of a custom rule. The longest match at a place counts. Time for a text is its length times the longest
 * match at worst, whatever is in it: the automaton neither backtracks nor reads on. Where a text makes many places look
 * like the start of a match, one pass from its end tells those that are.
 */
export class Pattern {
  /** Beginnings of which every match has one, for the scanner's automaton; empty when they are too short or too many. */
  readonly starts: readonly string[]
  readonly #automaton: PatternAutomaton
  readonly #wholeWords: boolean
  /** Made when a text asks for it; null when it would be too large. */
  #backward: PatternAutomaton | null | undefined
  readonly #makeBackward: () => PatternAutomaton | null
  /** Steps taken by all of `matchAt`. */
  #steps = 0

  /** @throws PatternError */
  constructor(source: string, options: PatternOptions) {
    const node = parsePattern(source)
    this.#automaton = buildPattern(node, options.ignoreCase)
    this.#wholeWords = options.wholeWords
    // Parsed again when it is asked for: sets of characters take 64 KB each.
    this.#makeBackward = () => buildBackward(parsePattern(source), options.ignoreCase)
    this.starts = startsOf(node)
  }

  /** End of the longest match that starts at `start`; -1 when none does. */
  matchAt(text: string, start: number): number {
    const { classOf, next, width, initial, accepts } = this.#automaton
    if (this.#wholeWords && isInsideWord(text, start)) return -1
    let state = initial
    let end = -1
    const { length } = text
    let at = start
    while (at < length) {
      state = next[state * width + (classOf[text.charCodeAt(at)] ?? 0)] ?? 0
      if (state === 0) break
      at++
      if (accepts[state] === 1 && !(this.#wholeWords && isInsideWord(text, at))) end = at
    }
    this.#steps += at - start
    return end
  }

  /** Every match from left to right, each after the end of the one before. */
  findAll(text: string, found: (start: number, end: number) => void): void {
    const { classOf, next, width, initial } = this.#automaton
    const { length } = text
    const before = this.#steps
    let starts: Uint8Array | null | undefined
    for (let at = 0; at < length; at++) {
      if (starts !== null && starts !== undefined) {
        at = starts.indexOf(1, at)
        if (at < 0) return
      } else if (starts === undefined && at >= MIN_HOSTILE && this.#steps - before > at * HOSTILE_STEPS)
        starts = this.#startsOf(text, at)
      if (next[initial * width + (classOf[text.charCodeAt(at)] ?? 0)] === 0) continue
      const end = this.matchAt(text, at)
      if (end < 0) continue
      found(at, end)
      at = end - 1
    }
  }

  /** By offset from `from` on: 1 where a match begins. Null when that can't be told in one pass. */
  #startsOf(text: string, from: number): Uint8Array | null {
    if (this.#backward === undefined) this.#backward = this.#makeBackward()
    if (this.#backward === null) return null
    const { classOf, next, width, initial, accepts } = this.#backward
    const starts = new Uint8Array(text.length)
    let state = initial
    for (let at = text.length - 1; at >= from; at--) {
      state = next[state * width + (classOf[text.charCodeAt(at)] ?? 0)] ?? 0
      starts[at] = accepts[state] ?? 0
    }
    return starts
  }
}

/** True when a letter or digit stands on both sides of `at`. */
export function isInsideWord(text: string, at: number): boolean {
  return at > 0 && is(text.charCodeAt(at - 1), WORD) && is(text.charCodeAt(at), WORD)
}

/** All beginnings of matches, as long as they stay few; the set of characters of each position is written out. */
function startsOf(node: Node): string[] {
  const starts = beginnings(node).map(({ text }) => foldLiteral(text.slice(0, MAX_START)))
  const unique = [...new Set(starts)]
  const whole = unique.filter(one => !unique.some(other => other !== one && one.startsWith(other)))
  return whole.length > MAX_STARTS || whole.some(one => one.length < MIN_START) ? [] : whole
}

/** A beginning; `open` when what follows it in the pattern still belongs right behind it. */
interface Beginning {
  readonly text: string
  readonly open: boolean
}

const NOTHING: readonly Beginning[] = [{ text: '', open: false }]
const EMPTY: readonly Beginning[] = [{ text: '', open: true }]

function beginnings(node: Node): readonly Beginning[] {
  if (node.kind === 'set') {
    const chars = membersOf(node.set)
    return chars === null ? NOTHING : chars.map(text => ({ text, open: true }))
  }
  if (node.kind !== 'repeat') {
    return node.kind === 'choice'
      ? limited(node.parts.flatMap(beginnings))
      : node.parts.reduce(followed, EMPTY)
  }
  let all = EMPTY
  for (let i = 0; i < Math.min(node.min, MAX_START); i++) all = followed(all, node.part)
  // What may come once more or not at all ends the beginning: two ways on, told apart by nothing.
  return node.min === node.max ? all : all.map(({ text }) => ({ text, open: false }))
}

function followed(all: readonly Beginning[], part: Node): readonly Beginning[] {
  if (!all.some(({ text, open }) => open && text.length < MAX_START)) return all
  const next = beginnings(part)
  const grown = all.flatMap(one =>
    one.open && one.text.length < MAX_START
      ? next.map(({ text, open }) => ({ text: one.text + text, open }))
      : [one]
  )
  return grown.length > MAX_STARTS ? all.map(({ text }) => ({ text, open: false })) : grown
}

function limited(all: readonly Beginning[]): readonly Beginning[] {
  return all.length > MAX_STARTS ? NOTHING : all
}

/** Up to 12 characters of a set; null when there are more, or one that the scanner can't look for. */
function membersOf(set: Uint8Array): string[] | null {
  const chars: string[] = []
  for (let code = set.indexOf(1); code >= 0; code = set.indexOf(1, code + 1)) {
    const char = String.fromCharCode(code)
    if (chars.length >= 12 || !canBeLiteral(char)) return null
    chars.push(char)
  }
  return chars
}
