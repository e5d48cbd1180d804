import { atOffset, REACH } from './features.ts'
import { LABELS, type Model } from './model.ts'
import type { Tokens } from './tokens.ts'
import { MAX_WORD_FEATURES, SHAPES, Word } from './word.ts'

/** Numbers that hold the scores of all labels. */
export const PACKED = 4
/** Word forms remembered; a power of two. A text has fewer, a request of many texts shares most of them. */
const FORMS = 1 << 14
/** Places a word may stand at as seen from the token that is labelled. */
export const PLACES: number = 2 * REACH + 1
/**
 * Scores of one form: four numbers for each place. Two scores share a number, as 16 bits each with an offset; the last
 * half is 1 and counts the forms that were summed.
 */
export const FORM_SCORES: number = PLACES * PACKED
/** Makes a score positive; as many as there are places can be summed. */
export const FORM_OFFSET = 6200
/** Largest score of one form for one place, far above what is reached. */
const MOST = 6000

/**
 * What a word form adds to the scores of the token it is, and of the tokens around it: the sum over its features, computed
 * once. A memo of bounded size that changes no result; it holds hashes and numbers, no text.
 */
export class FormCache {
  readonly scores: Int32Array = new Int32Array(FORMS * FORM_SCORES)
  readonly shapes: Uint8Array = new Uint8Array(FORMS)
  readonly kinds: Uint8Array = new Uint8Array(FORMS)
  readonly clusters: Uint8Array = new Uint8Array(FORMS)
  readonly lowers: Int32Array = new Int32Array(FORMS)
  /** Form hash and a second hash with regime and length: both must agree. */
  readonly #forms = new Int32Array(FORMS)
  readonly #checks = new Int32Array(FORMS).fill(-1)
  readonly #model: Model
  readonly #word: Word
  readonly #sums = new Int32Array(LABELS)
  /** A word's features as seen from one place. */
  readonly #seen = new Int32Array(MAX_WORD_FEATURES)

  /** @param takesApart see `Word` */
  constructor(model: Model, takesApart: boolean) {
    this.#model = model
    this.#word = new Word(
      hash => model.lexicon.get(hash),
      hash => model.clusters.get(hash),
      takesApart
    )
  }

  /** The slot that holds what is known of token `i`. */
  look(text: string, tokens: Tokens, i: number, regime: number): number {
    const form = tokens.forms[i] ?? 0
    const check = (Math.imul(tokens.seconds[i] ?? 0, 8) + regime) & 0x7fffffff
    const slot = (form ^ (form >>> 14) ^ Math.imul(regime, 0x9e3)) & (FORMS - 1)
    if (this.#forms[slot] === form && this.#checks[slot] === check) return slot
    this.#forms[slot] = form
    this.#checks[slot] = check
    this.#fill(slot, text, tokens.starts[i] ?? 0, tokens.ends[i] ?? 0, regime)
    return slot
  }

  #fill(slot: number, text: string, start: number, end: number, regime: number): void {
    const word = this.#word
    word.read(text, start, end, regime)
    this.shapes[slot] = regime * SHAPES + word.shape
    this.kinds[slot] = word.kind
    this.clusters[slot] = word.cluster
    this.lowers[slot] = word.lower
    const sums = this.#sums
    for (let place = 0; place < PLACES; place++) {
      const offset = place - REACH
      sums.fill(0)
      const from = offset === 0 ? 0 : offset === 1 || offset === -1 ? word.near : word.far
      let count = 0
      for (let f = from; f < word.own; f++) this.#seen[count++] = atOffset(word.features[f] ?? 0, offset)
      this.#model.features.add(this.#seen, count, sums, 0)
      for (let pair = 0; pair < PACKED; pair++) {
        const high = pair === PACKED - 1 ? 1 : offsetOf(sums[pair * 2 + 1] ?? 0)
        this.scores[slot * FORM_SCORES + place * PACKED + pair] = offsetOf(sums[pair * 2] ?? 0) | (high << 16)
      }
    }
  }
}

function offsetOf(score: number): number {
  return Math.max(-MOST, Math.min(MOST, score)) + FORM_OFFSET
}
