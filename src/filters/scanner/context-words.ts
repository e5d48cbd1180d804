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
/** Ends remembered, a power of two: more than the characters of a number with its separators. */
const END_SLOTS = 64

/** The context words of one text, in order of their end, and how near they stand to a candidate. */
export class ContextWords {
  readonly #engine: Engine
  #starts = new Int32Array(256)
  #ends = new Int32Array(256)
  #literals = new Int32Array(256)
  #count = 0
  /** Words before this one are too far back for all that follows. */
  #from = 0
  /** The place the sets below are about; -1 for none. */
  #summarised = -1
  #isAnyBefore = false
  readonly #near: Uint32Array
  /** The last ends asked about, each in the slot of its lowest bits: starts near each other ask about the same ones. */
  readonly #summarisedEnds = new Int32Array(END_SLOTS).fill(-1)
  readonly #behind: readonly Uint32Array[]
  readonly #isAnyBehind = new Uint8Array(END_SLOTS)
  /** The slot asked about last. */
  #slot = 0
  /** Words before this one start before the end summarised last. */
  #firstBehind = 0
  #lastEnd = -1
  readonly #adjacent: Uint32Array
  readonly #shield: Uint32Array
  /** A word right before names a number; it keeps all away but those in the shield. */
  #isBlockedUnless = false

  constructor(engine: Engine) {
    this.#engine = engine
    this.#near = new Uint32Array(engine.contextWidth)
    this.#behind = Array.from({ length: END_SLOTS }, () => new Uint32Array(engine.contextWidth))
    this.#adjacent = new Uint32Array(engine.contextWidth)
    this.#shield = new Uint32Array(engine.contextWidth)
  }

  clear(): void {
    this.#count = 0
    this.#from = 0
    this.#summarised = -1
    this.#summarisedEnds.fill(-1)
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
    this.#summarised = -1
    this.#summarisedEnds.fill(-1)
  }

  /** No candidate will start before `at` any more. */
  forget(at: number): void {
    while (this.#from < this.#count && (this.#ends[this.#from] ?? 0) < at - CONTEXT_BEFORE) this.#from++
  }

  /** Candidates start at the beginning of the text again. */
  rewind(): void {
    this.#from = 0
    this.#summarised = -1
  }

  /** How near a word of the recognizer stands to [start, end), before or after it. */
  around(recognizer: number, start: number, end: number, text: string): number {
    if (this.#count === 0) return FAR
    const before = this.before(recognizer, start)
    if (before !== FAR) return before
    if (this.#isBlocked(recognizer)) return BLOCKED
    this.#lookBehind(end, text)
    return has(this.#behindLast, recognizer) ? NEARBY : FAR
  }

  /** False when no context word of any recognizer stands near [start, end). */
  isAnyNear(start: number, end: number, text: string): boolean {
    if (this.#count === 0) return false
    if (start !== this.#summarised) this.#summarise(start)
    this.#lookBehind(end, text)
    return this.#isAnyBefore || this.#isAnyBehind[this.#slot] === 1
  }

  /** True when a word of the recognizer stands near the place last asked about. */
  isNearLast(recognizer: number): boolean {
    return has(this.#near, recognizer) || has(this.#behindLast, recognizer)
  }

  /** How near a word of the recognizer stands before `start`. */
  before(recognizer: number, start: number): number {
    if (this.#count === 0) return FAR
    if (start !== this.#summarised) this.#summarise(start)
    if (has(this.#adjacent, recognizer)) return ADJACENT
    return has(this.#near, recognizer) && !this.#isBlocked(recognizer) ? NEARBY : FAR
  }

  /** True when the word right before the summarised place names a number of another kind. */
  #isBlocked(recognizer: number): boolean {
    return this.#count > 0 && this.#isBlockedUnless && !has(this.#shield, recognizer)
  }

  /**
   * Works out once for a place what all recognizers may ask about it, as bit sets over recognizers: whose words stand
   * near; whose word is the nearest and right before it; whom no other number's name keeps away.
   */
  #summarise(start: number): void {
    this.#summarised = start
    this.#near.fill(0)
    this.#adjacent.fill(0)
    this.#shield.fill(0)
    this.#isBlockedUnless = false
    this.#isAnyBefore = false
    let last = this.#from
    while (last < this.#count && (this.#ends[last] ?? 0) <= start) last++
    this.#firstBehind = last
    this.#lastEnd = start
    const nearestEnd = last > this.#from ? (this.#ends[last - 1] ?? 0) : -1
    let literal = -1
    for (let i = last - 1; i >= this.#from; i--) {
      const end = this.#ends[i] ?? 0
      if (start - end > CONTEXT_BEFORE) return
      // The same word once more, further away, says nothing new.
      if (this.#literals[i] === literal) continue
      literal = this.#literals[i] ?? 0
      this.#addTo(this.#near, i)
      this.#isAnyBefore = true
      if (start - end > ADJACENT_GAP) continue
      if (end === nearestEnd) this.#addTo(this.#adjacent, i)
      if (this.#isBlockedUnless) continue
      this.#addTo(this.#shield, i)
      this.#isBlockedUnless = this.#engine.contextKind[this.#literals[i] ?? 0] === 2
    }
  }

  #addTo(set: Uint32Array, contextIndex: number): void {
    const { contextSets, contextWidth } = this.#engine
    const from = (this.#literals[contextIndex] ?? 0) * contextWidth
    for (let word = 0; word < contextWidth; word++) {
      set[word] = (set[word] ?? 0) | (contextSets[from + word] ?? 0)
    }
  }

  get #behindLast(): Uint32Array {
    return this.#behind[this.#slot] ?? this.#near
  }

  /** Chooses the slot of `end` and fills it unless it is there already. */
  #lookBehind(end: number, text: string): void {
    this.#slot = end & (END_SLOTS - 1)
    if (this.#summarisedEnds[this.#slot] !== end) this.#summariseAfter(end, text)
  }

  /** As `#summarise`, for the words behind a place that ends at `end`. */
  #summariseAfter(end: number, text: string): void {
    const slot = this.#slot
    const behind = this.#behindLast
    this.#summarisedEnds[slot] = end
    this.#isAnyBehind[slot] = 0
    behind.fill(0)
    // Longer and longer values from one start ask in turn: the words they pass are passed once.
    if (end < this.#lastEnd) this.#firstBehind = this.#from
    this.#lastEnd = end
    while (this.#firstBehind < this.#count && (this.#starts[this.#firstBehind] ?? 0) < end)
      this.#firstBehind++
    let from = end
    for (let i = this.#firstBehind; i < this.#count; i++) {
      const at = this.#starts[i] ?? 0
      if (at < end) continue
      if (at - end > CONTEXT_AFTER || isBroken(text, from, at)) return
      from = at
      this.#addTo(behind, i)
      this.#isAnyBehind[slot] = 1
    }
  }
}

function has(set: Uint32Array, recognizer: number): boolean {
  return ((set[recognizer >> 5] ?? 0) & (1 << (recognizer & 31))) !== 0
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
