import { is, NEWLINE } from './chars.ts'
import type { Engine } from './engine.ts'

/** How near a context word stands: none, within some words, right before or after. */
/** Another number's name stands right before. */
export const BLOCKED = -1
export const FAR = 0
export const NEARBY = 1
export const ADJACENT = 2

/** How far back and ahead context words count, in characters. */
const CONTEXT_BEFORE = 64
const CONTEXT_AFTER = 18
/** Up to this far before it a word counts as standing right before a value: `IBAN des Kontos lautet: `. */
const ADJACENT_GAP = 24

/** The context words of one text, in order of their end, and how near they stand to a candidate. */
export class ContextWords {
  readonly #engine: Engine
  #starts = new Int32Array(256)
  #ends = new Int32Array(256)
  #literals = new Int32Array(256)
  #count = 0
  /** Words before this one are too far back for all that follows. */
  #from = 0

  constructor(engine: Engine) {
    this.#engine = engine
  }

  clear(): void {
    this.#count = 0
    this.#from = 0
  }

  add(start: number, end: number, literal: number): void {
    const at = this.#count
    if (at === this.#starts.length) {
      this.#starts = doubled(this.#starts)
      this.#ends = doubled(this.#ends)
      this.#literals = doubled(this.#literals)
    }
    this.#starts[at] = start
    this.#ends[at] = end
    this.#literals[at] = literal
    this.#count = at + 1
  }

  /** All words so far, those of a label, count as standing right before the text. */
  moveToStart(): void {
    this.#starts.fill(0, 0, this.#count)
    this.#ends.fill(0, 0, this.#count)
  }

  /** No candidate will start before `at` any more. */
  forget(at: number): void {
    while (this.#from < this.#count && (this.#ends[this.#from] ?? 0) < at - CONTEXT_BEFORE) this.#from++
  }

  /** Candidates start at the beginning of the text again. */
  rewind(): void {
    this.#from = 0
  }

  /** How near a word of the recognizer stands to [start, end), before or after it. */
  around(recognizer: number, start: number, end: number, text: string): number {
    const before = this.before(recognizer, start)
    if (before !== FAR) return before
    if (this.#isBlocked(recognizer, start)) return BLOCKED
    return this.#after(recognizer, end, text) ? NEARBY : FAR
  }

  /** How near a word of the recognizer stands before `start`. */
  before(recognizer: number, start: number): number {
    let best = FAR
    let nearestEnd = -1
    let nearestOwn = false
    for (let i = this.#from; i < this.#count; i++) {
      const at = this.#starts[i] ?? 0
      const end = this.#ends[i] ?? 0
      if (at > start) break
      if (end > start || start - end > CONTEXT_BEFORE) continue
      const own = this.#isOwn(recognizer, i)
      if (own) best = NEARBY
      if (end > nearestEnd) {
        nearestEnd = end
        nearestOwn = own
      } else if (end === nearestEnd && own) nearestOwn = true
    }
    if (nearestOwn && start - nearestEnd <= ADJACENT_GAP) return ADJACENT
    return best === FAR || this.#isBlocked(recognizer, start) ? FAR : best
  }

  /** True when the word right before `start` names a number of another kind. */
  #isBlocked(recognizer: number, start: number): boolean {
    for (let i = this.#count - 1; i >= this.#from; i--) {
      const end = this.#ends[i] ?? 0
      if (end > start) continue
      if (start - end > ADJACENT_GAP) return false
      if (this.#isOwn(recognizer, i)) return false
      if (this.#engine.contextKind[this.#literals[i] ?? 0] === 2) return true
    }
    return false
  }

  #after(recognizer: number, end: number, text: string): boolean {
    for (let i = this.#from; i < this.#count; i++) {
      const at = this.#starts[i] ?? 0
      if (at < end) continue
      if (at - end > CONTEXT_AFTER) return false
      if (this.#isOwn(recognizer, i)) return !isBroken(text, end, at)
    }
    return false
  }

  #isOwn(recognizer: number, contextIndex: number): boolean {
    const { contextSets, contextWidth } = this.#engine
    const word = (this.#literals[contextIndex] ?? 0) * contextWidth + (recognizer >> 5)
    return ((contextSets[word] ?? 0) & (1 << (recognizer & 31))) !== 0
  }
}

/** True when a comma, full stop, semicolon or line end stands between. */
function isBroken(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x2c || code === 0x2e || code === 0x3b || is(code, NEWLINE)) return true
  }
  return false
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2)
  grown.set(array)
  return grown
}
