import type { Automaton } from './automaton.ts'
import { SHIFT } from './classes.ts'
import { Traits } from './traits.ts'
import { ANY_CHARACTER, ANY_SIGN, stepOf } from './signs.ts'

/** Characters walked at a time; two halves side by side. Small enough to stay in the processor's first caches. */
const BLOCK = 8192
const HALF = BLOCK / 2
/** Characters of the block before that are looked at with a block. */
const LEAD = 32
/** The class in an entry of `stepOf`. */
const CLASS = (1 << SHIFT) - 1
/** Texts shorter than this are not worth two walks. */
const MIN_SPLIT = 512

// Scratch space, used within one call of `note`. As constants of the module their addresses are known to the compiler,
// which makes the walk a third faster than as fields.
// Before the block stand the last characters of the one before it.
const codes = new Uint16Array(LEAD + BLOCK)
const bytes = Buffer.from(codes.buffer)
const firstList = new Int32Array(2 * (HALF + 2))
const secondList = new Int32Array(2 * (HALF + 2))

/**
 * The places in one text where the automaton has something to say, in order.
 *
 * This is the hottest loop of the gateway. Each step waits for the table look-up of the step before, so two halves of a
 * block are walked in turns: the second starts a little before its half, far enough for its state to be the right
 * one. Events are written without a branch, since whether one comes can't be predicted. The text is copied to an array
 * first: `charCodeAt` asks for the string's representation at every call.
 */
export class Events {
  /** Pairs: offset of the last character read; state. Valid up to `count`. */
  list = new Int32Array(4096)
  count = 0
  /** Of the text. */
  traits = new Traits()
  /** Entry of `stepOf` of the character before. */
  #previous = ANY_CHARACTER
  readonly #automaton: Automaton
  /** Characters after which the state no longer depends on where the walk began. */
  readonly #warmUp: number

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#warmUp = automaton.longest + 2
  }

  /** Fills the list with the events of `text`. */
  note(text: string): void {
    this.count = 0
    this.traits = new Traits()
    this.#previous = ANY_CHARACTER
    const { length } = text
    let state = this.#automaton.initial
    for (let from = 0; from < length; from += BLOCK) {
      const size = Math.min(BLOCK, length - from)
      const part = from === 0 && size === length ? text : text.slice(from, from + size)
      if (from > 0) codes.copyWithin(0, BLOCK, BLOCK + LEAD)
      bytes.write(part, 2 * LEAD, 'utf16le')
      state = this.#walkBlock(from, size, state)
      this.traits.read(codes, from, LEAD, size)
    }
    // No text is kept, not even here.
    codes.fill(0, 0, LEAD + Math.min(length, BLOCK))
  }

  /** @returns the state at the end of the block */
  #walkBlock(offset: number, size: number, state: number): number {
    if (size < MIN_SPLIT) return this.#walkOne(offset, 0, size, state)
    const half = size >> 1
    const second = this.#walkTwo(offset, half, state)
    return size % 2 === 0 ? second : this.#walkOne(offset, size - 1, size, second)
  }

  #walkOne(offset: number, from: number, to: number, initial: number): number {
    const { next, firstEvent } = this.#automaton
    this.#reserve(2 * (to - from))
    const { list } = this
    let { count } = this
    let state = initial
    let previous = this.#previous
    let signs = 0
    for (let i = from; i < to; i++) {
      const step = stepOf[codes[i + LEAD] ?? 0] ?? 0
      state = next[(state << SHIFT) | (step & CLASS)] ?? 0
      signs |= (previous >>> 1) & step
      previous = step
      if (state >= firstEvent) {
        list[count] = offset + i
        list[count + 1] = state
        count += 2
      }
    }
    this.count = count
    this.#previous = previous
    this.traits.signs |= signs & ANY_SIGN
    return state
  }

  #walkTwo(offset: number, half: number, initial: number): number {
    const { next, firstEvent } = this.#automaton
    const lastQuiet = firstEvent - 1
    let second = this.#automaton.initial
    for (let i = half - this.#warmUp; i < half; i++) {
      second = next[(second << SHIFT) | ((stepOf[codes[i + LEAD] ?? 0] ?? 0) & CLASS)] ?? 0
    }
    let firstBefore = this.#previous
    let secondBefore = stepOf[codes[half - 1 + LEAD] ?? 0] ?? 0
    let signs = 0
    let first = initial
    let firstCount = 0
    let secondCount = 0
    for (let i = 0; i < half; i++) {
      const firstStep = stepOf[codes[i + LEAD] ?? 0] ?? 0
      const secondStep = stepOf[codes[i + half + LEAD] ?? 0] ?? 0
      first = next[(first << SHIFT) | (firstStep & CLASS)] ?? 0
      second = next[(second << SHIFT) | (secondStep & CLASS)] ?? 0
      signs |= ((firstBefore >>> 1) & firstStep) | ((secondBefore >>> 1) & secondStep)
      firstBefore = firstStep
      secondBefore = secondStep
      firstList[firstCount] = offset + i
      firstList[firstCount + 1] = first
      secondList[secondCount] = offset + i + half
      secondList[secondCount + 1] = second
      // The sign bit of the difference: 2 where the state has an event, else 0.
      firstCount += ((lastQuiet - first) >>> 31) << 1
      secondCount += ((lastQuiet - second) >>> 31) << 1
    }
    this.#reserve(firstCount + secondCount)
    this.list.set(firstList.subarray(0, firstCount), this.count)
    this.list.set(secondList.subarray(0, secondCount), this.count + firstCount)
    this.count += firstCount + secondCount
    this.#previous = secondBefore
    this.traits.signs |= signs & ANY_SIGN
    return second
  }

  /** Makes room for so many more entries. */
  #reserve(entries: number): void {
    if (this.count + entries <= this.list.length) return
    const grown = new Int32Array(Math.max(this.list.length * 2, this.count + entries))
    grown.set(this.list)
    this.list = grown
  }
}
