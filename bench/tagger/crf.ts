import { LABELS } from '../../src/filters/tagger/model.ts'

/** Longest chain. */
export const MAX_CHAIN = 256
/** Row: a weight for each label, then the sum of squared gradients. */
const WIDTH = LABELS + 1
/** Errors of the marginals below this are not worth an update. */
const SMALL = 0.003

/** By label before × label: may it follow? Inside follows only begin and inside of its own kind. */
export const mayFollow: Uint8Array = Uint8Array.from({ length: LABELS * LABELS }, (_, i) => {
  const from = Math.floor(i / LABELS)
  const to = i % LABELS
  return to === 0 || to % 2 === 1 || from === to || from === to - 1 ? 1 : 0
})

/** Features of a text's tokens as rows of weights; token `i` has `rows[offsets[i]]` to `rows[offsets[i + 1] - 1]`. */
export interface Encoded {
  readonly rows: Int32Array
  readonly offsets: Int32Array
  readonly gaps: Uint8Array
  readonly labels: Uint8Array
}

/** Linear-chain conditional random field, trained by stochastic gradient descent with AdaGrad, one rate for each row. */
export class Crf {
  readonly weights: Float32Array
  /** gap × label before × label */
  readonly moves: Float32Array
  readonly #moveSquares: Float32Array
  rate = 0.15
  readonly #scores = new Float64Array(MAX_CHAIN * LABELS)
  readonly #alpha = new Float64Array((MAX_CHAIN + 1) * LABELS)
  readonly #emit = new Float64Array(MAX_CHAIN * LABELS)
  readonly #edge = new Float64Array(LABELS * LABELS)
  readonly #gradient = new Float64Array(LABELS)
  #beta = new Float64Array(LABELS)
  #nextBeta = new Float64Array(LABELS)

  constructor(rows: number, gaps: number) {
    this.weights = new Float32Array(rows * WIDTH)
    this.moves = new Float32Array(gaps * LABELS * LABELS)
    this.#moveSquares = new Float32Array(gaps * LABELS * LABELS)
  }

  weight(row: number, label: number): number {
    return this.weights[row * WIDTH + label] ?? 0
  }

  /** Adds a share of another one's weights. */
  addShare(other: Crf, share: number): void {
    for (let i = 0; i < this.weights.length; i++)
      this.weights[i] = (this.weights[i] ?? 0) + (other.weights[i] ?? 0) * share
    for (let i = 0; i < this.moves.length; i++)
      this.moves[i] = (this.moves[i] ?? 0) + (other.moves[i] ?? 0) * share
  }

  /** One step on the chain of tokens [from, to), at most `MAX_CHAIN`; before it stands label 0. */
  learn(text: Encoded, from: number, to: number, weight: number): void {
    this.#score(text, from, to)
    this.#forward(text, from, to)
    const beta = this.#beta.fill(1)
    for (let i = to - from - 1; i >= 0; i--) {
      const gold = text.labels[from + i] ?? 0
      const before = i === 0 ? 0 : (text.labels[from + i - 1] ?? 0)
      this.#learnToken(text, from + i, i, gold, weight)
      this.#learnMove(text.gaps[from + i] ?? 0, i, before, gold, weight)
      beta.set(this.#nextBeta)
    }
  }

  #score(text: Encoded, from: number, to: number): void {
    const { weights } = this
    const scores = this.#scores
    for (let i = from; i < to; i++) {
      const at = (i - from) * LABELS
      scores.fill(0, at, at + LABELS)
      const stop = text.offsets[i + 1] ?? 0
      for (let f = text.offsets[i] ?? 0; f < stop; f++) {
        const row = (text.rows[f] ?? 0) * WIDTH
        for (let y = 0; y < LABELS; y++) scores[at + y] = (scores[at + y] ?? 0) + (weights[row + y] ?? 0)
      }
    }
  }

  /** Forward probabilities, each token's scaled to a sum of one. */
  #forward(text: Encoded, from: number, to: number): void {
    const alpha = this.#alpha
    alpha.fill(0, 0, LABELS)
    alpha[0] = 1
    for (let i = 0; i < to - from; i++) {
      const at = i * LABELS
      let top = Number.NEGATIVE_INFINITY
      for (let y = 0; y < LABELS; y++) top = Math.max(top, this.#scores[at + y] ?? 0)
      const step = (text.gaps[from + i] ?? 0) * LABELS * LABELS
      let sum = 0
      for (let y = 0; y < LABELS; y++) {
        const emit = Math.exp((this.#scores[at + y] ?? 0) - top)
        this.#emit[at + y] = emit
        let reach = 0
        for (let x = 0; x < LABELS; x++)
          if (mayFollow[x * LABELS + y] === 1)
            reach += (alpha[at + x] ?? 0) * Math.exp(this.moves[step + x * LABELS + y] ?? 0)
        alpha[at + LABELS + y] = reach * emit
        sum += reach * emit
      }
      for (let y = 0; y < LABELS; y++) alpha[at + LABELS + y] = (alpha[at + LABELS + y] ?? 0) / sum
    }
  }

  #learnToken(text: Encoded, token: number, i: number, gold: number, weight: number): void {
    const gradient = this.#gradient
    const at = (i + 1) * LABELS
    let sum = 0
    for (let y = 0; y < LABELS; y++) sum += (this.#alpha[at + y] ?? 0) * (this.#beta[y] ?? 0)
    let square = 0
    let largest = 0
    for (let y = 0; y < LABELS; y++) {
      const share = ((this.#alpha[at + y] ?? 0) * (this.#beta[y] ?? 0)) / sum
      const error = (share - (y === gold ? 1 : 0)) * weight
      gradient[y] = error
      square += error * error
      largest = Math.max(largest, Math.abs(error))
    }
    if (largest < SMALL) return
    const { weights, rate } = this
    const stop = text.offsets[token + 1] ?? 0
    for (let f = text.offsets[token] ?? 0; f < stop; f++) {
      const row = (text.rows[f] ?? 0) * WIDTH
      const squares = (weights[row + LABELS] ?? 0) + square
      weights[row + LABELS] = squares
      const step = rate / Math.sqrt(squares + 0.1)
      for (let y = 0; y < LABELS; y++) weights[row + y] = (weights[row + y] ?? 0) - step * (gradient[y] ?? 0)
    }
  }

  /** Steps into token `i`; leaves the backward probabilities of the token before in `#nextBeta`. */
  #learnMove(gap: number, i: number, before: number, gold: number, weight: number): void {
    const { moves, rate } = this
    const edge = this.#edge
    const step = gap * LABELS * LABELS
    let sum = 0
    let norm = 0
    for (let x = 0; x < LABELS; x++) {
      let reach = 0
      for (let y = 0; y < LABELS; y++) {
        const e = x * LABELS + y
        if (mayFollow[e] === 0) continue
        const onward =
          Math.exp(moves[step + e] ?? 0) * (this.#emit[i * LABELS + y] ?? 0) * (this.#beta[y] ?? 0)
        reach += onward
        edge[e] = (this.#alpha[i * LABELS + x] ?? 0) * onward
        sum += edge[e] ?? 0
      }
      this.#nextBeta[x] = reach
      norm += reach
    }
    for (let x = 0; x < LABELS; x++) this.#nextBeta[x] = (this.#nextBeta[x] ?? 0) / norm
    for (let e = 0; e < LABELS * LABELS; e++) {
      if (mayFollow[e] === 0) continue
      const isGold = e === before * LABELS + gold
      const error = ((edge[e] ?? 0) / sum - (isGold ? 1 : 0)) * weight
      if (Math.abs(error) < SMALL) continue
      const squares = (this.#moveSquares[step + e] ?? 0) + error * error
      this.#moveSquares[step + e] = squares
      moves[step + e] = (moves[step + e] ?? 0) - (rate * error) / Math.sqrt(squares + 1)
    }
  }
}
