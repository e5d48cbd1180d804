import { LABELS, NEVER } from './model.ts'
import { BLANK_LINE, type Tokens } from './tokens.ts'

/** A run of doubtful tokens is labelled as one chain up to this length. */
export const MAX_RUN = 256

/** Finds the labels of a run of tokens that score best together. Whole numbers: the same on every machine. */
export class Chain {
  /** gap × label before × label */
  readonly #moves: Int32Array
  readonly #back = new Uint8Array(MAX_RUN * LABELS)
  #best = new Int32Array(LABELS)
  #next = new Int32Array(LABELS)

  constructor(moves: Int32Array) {
    this.#moves = moves
  }

  /** Sets the best labels of tokens [from, to) (Viterbi); before them stands no name. */
  decode(tokens: Tokens, scores: Int32Array, labels: Uint8Array, from: number, to: number): void {
    const { before } = tokens
    const back = this.#back
    this.#best.fill(NEVER)
    this.#best[0] = 0
    for (let i = from; i < to; i++) {
      const step = (before[i] ?? 0) * LABELS * LABELS
      const at = i * LABELS
      for (let y = 0; y < LABELS; y++) {
        // Inside a name comes only behind its beginning or inside.
        const isInside = y > 0 && y % 2 === 0
        const arg = this.#bestBefore(step + y, isInside ? y - 1 : 0, isInside ? y : LABELS - 1)
        back[(i - from) * LABELS + y] = arg
        this.#next[y] =
          (this.#best[arg] ?? 0) + (this.#moves[step + arg * LABELS + y] ?? 0) + (scores[at + y] ?? 0)
      }
      const swap = this.#best
      this.#best = this.#next
      this.#next = swap
    }
    let label = this.#lastLabel(tokens, to)
    for (let i = to - 1; i >= from; i--) {
      labels[i] = label
      label = back[(i - from) * LABELS + label] ?? 0
    }
  }

  /** The best label to end a run with; behind it, in the same paragraph, stands no name. */
  #lastLabel({ before, count }: Tokens, to: number): number {
    const gap = before[to] ?? 0
    const step = to === count || gap === BLANK_LINE ? -1 : gap * LABELS * LABELS
    let label = 0
    let top = NEVER * 4
    for (let y = 0; y < LABELS; y++) {
      const score = (this.#best[y] ?? 0) + (step < 0 ? 0 : (this.#moves[step + y * LABELS] ?? 0))
      if (score > top) {
        top = score
        label = y
      }
    }
    return label
  }

  /** Of the labels [first, last] the best one to come from; `step` is the move from label 0. */
  #bestBefore(step: number, first: number, last: number): number {
    const best = this.#best
    const moves = this.#moves
    let arg = first
    let top = (best[first] ?? 0) + (moves[step + first * LABELS] ?? 0)
    for (let x = first + 1; x <= last; x++) {
      const score = (best[x] ?? 0) + (moves[step + x * LABELS] ?? 0)
      if (score > top) {
        top = score
        arg = x
      }
    }
    return arg
  }
}
