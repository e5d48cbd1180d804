import { atOffset, jointFeatures, MAX_JOINT, REACH } from '../../src/filters/tagger/features.ts'
import { GERMAN, Regimes } from '../../src/filters/tagger/regime.ts'
import { Tokens, MAX_TOKENS } from '../../src/filters/tagger/tokens.ts'
import { type Clusters, type Lexicon, SHAPES, Word } from '../../src/filters/tagger/word.ts'
import type { Mark } from './corpus.ts'

const MAX_FEATURES = 160

/** Tokens of a chunk of text with the hashes of all their features, as the tagger sees them. */
export class Encoder {
  readonly tokens = new Tokens()
  readonly features = new Int32Array(MAX_TOKENS * MAX_FEATURES)
  readonly offsets = new Int32Array(MAX_TOKENS + 1)
  readonly labels = new Uint8Array(MAX_TOKENS)
  readonly #regimes = new Regimes()
  readonly #own: Int32Array[] = Array.from({ length: MAX_TOKENS }, () => new Int32Array(96))
  readonly #ends = new Int32Array(MAX_TOKENS * 3)
  readonly shapes = new Uint8Array(MAX_TOKENS + 2 * REACH)
  readonly kinds = new Uint8Array(MAX_TOKENS + 2 * REACH)
  readonly lowers = new Int32Array(MAX_TOKENS + 2 * REACH)
  readonly clusters = new Uint8Array(MAX_TOKENS + 2 * REACH)
  readonly #before = new Uint8Array(MAX_TOKENS + 2 * REACH)
  readonly #behind = new Uint8Array(MAX_TOKENS + 2 * REACH)
  readonly #word: Word
  readonly #joint = new Int32Array(MAX_JOINT)
  readonly #foreign: boolean

  /** @param foreign take all texts for ones that are neither German nor English */
  constructor(lexicon: Lexicon, clusters: Clusters, foreign: boolean) {
    this.#foreign = foreign
    this.#word = new Word(lexicon, clusters, !foreign)
  }

  /** @param drop chance to leave a feature out, asked for each */
  encode(text: string, from: number, drop: (() => boolean) | null, german = false): void {
    const { tokens, shapes, kinds, lowers, clusters } = this
    tokens.read(text, from)
    const { count } = tokens
    this.#regimes.isGerman = german
    this.#regimes.note(text, tokens)
    shapes.fill(0)
    kinds.fill(0)
    lowers.fill(0)
    clusters.fill(0)
    for (let i = 0; i < count; i++) {
      const word = this.#word
      const noted = this.#regimes.of[i] ?? 0
      const regime = this.#foreign ? noted % GERMAN : noted
      word.read(text, tokens.starts[i] ?? 0, tokens.ends[i] ?? 0, regime)
      this.#own[i]?.set(word.features.subarray(0, word.own))
      this.#ends[i * 3] = word.own
      this.#ends[i * 3 + 1] = word.near
      this.#ends[i * 3 + 2] = word.far
      shapes[i + REACH] = regime * SHAPES + word.shape
      kinds[i + REACH] = word.kind
      lowers[i + REACH] = word.lower
      clusters[i + REACH] = word.cluster
      this.#before[i + REACH] = tokens.before[i] ?? 0
      this.#behind[i + REACH] = tokens.behind[i] ?? 0
    }
    this.#join(count, drop)
  }

  #join(count: number, drop: (() => boolean) | null): void {
    const { features, offsets } = this
    const context = {
      shapes: this.shapes,
      kinds: this.kinds,
      lowers: this.lowers,
      clusters: this.clusters,
      before: this.#before,
      behind: this.#behind
    }
    let n = 0
    for (let i = 0; i < count; i++) {
      offsets[i] = n
      for (let k = -2; k <= 2; k++) {
        const j = i + k
        if (j < 0 || j >= count) continue
        const list = this.#own[j]
        if (list === undefined) continue
        const stop = this.#ends[j * 3] ?? 0
        const start = k === 0 ? 0 : (this.#ends[j * 3 + (Math.abs(k) === 1 ? 1 : 2)] ?? 0)
        for (let f = start; f < stop; f++) {
          if (drop !== null && drop()) continue
          features[n++] = atOffset(list[f] ?? 0, -k)
        }
      }
      const joint = jointFeatures(context, i + REACH, this.#joint)
      for (let f = 0; f < joint; f++) {
        if (drop !== null && drop()) continue
        features[n++] = this.#joint[f] ?? 0
      }
    }
    offsets[count] = n
  }

  /** Sets `labels` from marks: a token belongs to a mark that covers most of it. */
  label(marks: readonly Mark[]): void {
    const { tokens, labels } = this
    let at = 0
    let last = -1
    for (let i = 0; i < tokens.count; i++) {
      const start = tokens.starts[i] ?? 0
      const end = tokens.ends[i] ?? 0
      while (at < marks.length && (marks[at]?.end ?? 0) <= start) at++
      const mark = marks[at]
      const covered = mark === undefined ? 0 : Math.min(end, mark.end) - Math.max(start, mark.start)
      if (mark === undefined || covered * 2 < end - start) {
        labels[i] = 0
        last = -1
      } else {
        labels[i] = mark.kind * 2 + (at === last ? 2 : 1)
        last = at
      }
    }
  }
}

/** Ends of the pieces that are labelled as one chain: at blank lines, and after 200 tokens. */
export function pieces(tokens: Tokens): [number, number][] {
  const list: [number, number][] = []
  let from = 0
  for (let i = 1; i <= tokens.count; i++) {
    if (i === tokens.count || i - from >= 200 || (tokens.before[i] ?? 0) === 2) {
      list.push([from, i])
      from = i
    }
  }
  return list
}
