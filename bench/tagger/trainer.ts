import { LABELS, type ModelParts, SCALE } from '../../src/filters/tagger/model.ts'
import { GAPS } from '../../src/filters/tagger/tokens.ts'
import { LISTED_GIVEN, LISTED_PLACE, LISTED_SURNAME } from '../../src/filters/tagger/word.ts'
import { augment } from './augment.ts'
import { clusterWords } from './clusters.ts'
import type { Doc } from './corpus.ts'
import { Crf, mayFollow } from './crf.ts'
import { Encoder, pieces } from './encode.ts'
import { FeatureIndex } from './feature-index.ts'
import { Generator, type Language } from './generate.ts'
import { LexiconCounts } from './lexicon.ts'
import { readNames } from './names.ts'
import { People } from './people.ts'
import { Random } from './random.ts'

const EPOCHS = 2
/** Share of features left out of each step, and of words that the dictionary pretends not to know. */
const DROPPED = 0.2
const HIDDEN = 0.15
const RATE = 0.15
/** The rate of epoch n is divided by 1 + n × this. */
const DECAY = 0.6

export interface Lessons {
  /** Labelled. */
  readonly docs: readonly Doc[]
  /** Without labels. */
  readonly plain: readonly Doc[]
  /** Of the texts generated in addition, and how many of them. */
  readonly languages: readonly Language[]
  readonly generated: number
  /** Features seen less often are not learned. */
  readonly least: number
  /** All texts are written in neither German nor English. */
  readonly foreign: boolean
  readonly seed: number
  /** So often all is learned from the beginning. */
  readonly rounds: number
  /** Bits of the table that features are counted in; far more than there are. */
  readonly tableBits: number
}

/** Learns a model; the same lessons, seed and Node give the same one to the bit. */
export class Trainer {
  readonly #lessons: Lessons
  readonly #say: (line: string) => void
  readonly #random: Random
  readonly #people = new People(readNames('given'), readNames('surname'))
  readonly #docs: Doc[]
  readonly #lexicon = new LexiconCounts()
  readonly #clusters: ReadonlyMap<number, number>
  readonly #encoder: Encoder
  readonly #index: FeatureIndex

  constructor(lessons: Lessons, say: (line: string) => void) {
    this.#lessons = lessons
    this.#say = say
    this.#random = new Random(lessons.seed)
    const generator = new Generator(this.#people, readNames('place'))
    const generated = generator.documents(this.#random, lessons.generated, lessons.languages)
    this.#docs = [...lessons.docs, ...generated]
    this.#readLexicon()
    const clusters = clusterWords([...this.#docs, ...lessons.plain].map(doc => doc.text))
    this.#clusters = clusters
    this.#encoder = new Encoder(this.#lexicon.bits, hash => clusters.get(hash) ?? 0, lessons.foreign)
    this.#index = this.#numberFeatures()
    say(`${this.#docs.length} documents, ${clusters.size} words in clusters, ${this.#index.size} features`)
  }

  /** Learns `rounds` times from the beginning and takes the mean: what only one of them believes counts for less. */
  train(): ModelParts {
    const mean = new Crf(this.#index.size, GAPS)
    const { rounds } = this.#lessons
    for (let round = 0; round < rounds; round++) {
      const crf = new Crf(this.#index.size, GAPS)
      for (let epoch = 0; epoch < EPOCHS; epoch++) {
        crf.rate = RATE / (1 + epoch * DECAY)
        this.#random.shuffle(this.#docs)
        const tokens = this.#learnAll(crf)
        this.#say(`epoch ${epoch + 1}: ${tokens} tokens, ${Math.round(performance.now() / 1000)} s`)
      }
      mean.addShare(crf, 1 / rounds)
    }
    return this.#partsOf(mean)
  }

  #readLexicon(): void {
    const lexicon = this.#lexicon
    const listed = (list: 'given' | 'surname' | 'place'): string[] => [...readNames(list).values()].flat()
    lexicon.list([...listed('given'), ...People.ownNames('given')], LISTED_GIVEN)
    lexicon.list([...listed('surname'), ...People.ownNames('surname')], LISTED_SURNAME)
    lexicon.list(listed('place'), LISTED_PLACE)
    for (const doc of this.#docs) if (!doc.set.startsWith('generated')) lexicon.count(doc)
  }

  /** Calls `use` with each chunk of the document encoded; changed and with features left out while `learning`. */
  #eachChunk(original: Doc, learning: boolean, use: () => void): void {
    const salt = this.#random.below(1 << 30)
    const doc = learning ? augment(original, this.#random, this.#people) : original
    const isHidden = (hash: number): boolean =>
      (Math.imul(hash ^ salt, 0x9e3779b1) >>> 0) / 4294967296 < HIDDEN
    this.#lexicon.leaveOut(original.set.startsWith('generated') ? null : original, isHidden)
    const drop = learning ? (): boolean => this.#random.next() < DROPPED : null
    for (let from = 0; from < doc.text.length; ) {
      this.#encoder.encode(doc.text, from, drop, this.#random.next() < 0.5)
      this.#encoder.label(doc.marks)
      use()
      if (this.#encoder.tokens.end <= from) break
      from = this.#encoder.tokens.end
    }
  }

  #numberFeatures(): FeatureIndex {
    const index = new FeatureIndex(this.#lessons.tableBits)
    for (const doc of this.#docs)
      this.#eachChunk(doc, false, () => {
        const stop = this.#encoder.offsets[this.#encoder.tokens.count] ?? 0
        for (let f = 0; f < stop; f++) index.count(this.#encoder.features[f] ?? 0)
      })
    index.number(this.#lessons.least)
    return index
  }

  /** One step for each chain of each document. Returns how many tokens there were. */
  #learnAll(crf: Crf): number {
    const rows = new Int32Array(this.#encoder.features.length)
    const offsets = new Int32Array(this.#encoder.offsets.length)
    let tokens = 0
    for (const doc of this.#docs)
      this.#eachChunk(doc, true, () => {
        const { count } = this.#encoder.tokens
        let n = 0
        for (let i = 0; i < count; i++) {
          offsets[i] = n
          const stop = this.#encoder.offsets[i + 1] ?? 0
          for (let f = this.#encoder.offsets[i] ?? 0; f < stop; f++) {
            const row = this.#index.row(this.#encoder.features[f] ?? 0)
            if (row >= 0) rows[n++] = row
          }
        }
        offsets[count] = n
        tokens += count
        const text = { rows, offsets, gaps: this.#encoder.tokens.before, labels: this.#encoder.labels }
        for (const [from, to] of pieces(this.#encoder.tokens)) crf.learn(text, from, to, doc.weight)
      })
    return tokens
  }

  /** Weights as small whole numbers; what is next to nothing is left out. */
  #partsOf(crf: Crf): ModelParts {
    const features = new Map<number, Int8Array>()
    this.#index.features.forEach((hash, row) => {
      const weights = new Int8Array(LABELS)
      let largest = 0
      for (let y = 0; y < LABELS; y++) {
        // What was left out at random while learning speaks with all the others now.
        const weight = Math.round(crf.weight(row, y) * SCALE * (1 - DROPPED))
        weights[y] = Math.max(-127, Math.min(127, weight))
        largest = Math.max(largest, Math.abs(weight))
      }
      if (largest > 1) features.set(hash, weights)
    })
    const moves = Int16Array.from(crf.moves, (move, i) =>
      mayFollow[i % (LABELS * LABELS)] === 0 ? -32768 : Math.round(move * SCALE)
    )
    return { features, lexicon: this.#lexicon.entries(), clusters: this.#clusters, moves }
  }
}
