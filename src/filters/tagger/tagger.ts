import { Chain, MAX_RUN } from './chain.ts'
import { type Context, jointFeatures, MAX_JOINT, REACH } from './features.ts'
import { FORM_OFFSET, FORM_SCORES, FormCache, PACKED } from './form-cache.ts'
import { type FeatureTable, LABELS, type Model } from './model.ts'
import { HOPELESS, leadNeeded, personBias, PROMISING } from './doubt.ts'
import { GERMAN, Regimes } from './regime.ts'
import { BLANK_LINE, MAX_TOKENS, Tokens } from './tokens.ts'
import { FOREIGN, SHAPES } from './word.ts'

/** What the tagger tells apart. */
export const TAGGED_TYPES = ['PERSON', 'LOCATION', 'ORGANIZATION'] as const
export type TaggedType = (typeof TAGGED_TYPES)[number]

/** @param score 0 to 1, how far the labels lead over being no name */
export type ReportName = (start: number, end: number, type: TaggedType, score: number) => void

/** Chunks of a long text overlap by so many tokens, and half of them count to each side. */
const OVERLAP = 32
/** Where being no name leads by so much when all has been asked but the labels of the neighbours, these can't change it. */
const CLEAR = 120
/** As above, and nothing behind it can be part of it. */
const NOT_ONE = 30
/** Tokens of a name at most: what goes on is a name of its own. Less than half the overlap. */
const LONGEST_NAME = 12
/** No word of a name is longer. UTF-16 code units. */
const LONGEST_WORD = 36
/** The label of a person's first word. */
const PERSON = 1

/** How far a text has been tagged. */
interface Place {
  /** Where the next chunk starts. */
  from: number
  /** End of the last name reported. */
  told: number
  isGerman: boolean
}

/** What belongs to one model. */
interface Part {
  readonly features: FeatureTable
  readonly forms: FormCache
  readonly chain: Chain
}

/** @param takesApart as the model was trained */
function partOf(model: Model, takesApart: boolean): Part {
  return { features: model.features, forms: new FormCache(model, takesApart), chain: new Chain(model.moves) }
}

/**
 * Finds names of persons, places and organisations: a linear-chain model over hashed features of words and their
 * surroundings. Time is linear in the text; the same text always gives the same names.
 */
export class Tagger {
  readonly #own: Part
  readonly #foreign: Part
  readonly #tokens = new Tokens()
  readonly #regimes = new Regimes()
  readonly #slots = new Int32Array(MAX_TOKENS + 2 * REACH)
  readonly #labels = new Uint8Array(MAX_TOKENS)
  /** What the words around say of each token, packed as in `FormCache`. */
  readonly #sums = new Int32Array(MAX_TOKENS * PACKED)
  /** Scores of each token in doubt by label. */
  readonly #scores = new Int32Array(MAX_TOKENS * LABELS)
  readonly #context = {
    shapes: new Uint8Array(MAX_TOKENS + 2 * REACH),
    kinds: new Uint8Array(MAX_TOKENS + 2 * REACH),
    clusters: new Uint8Array(MAX_TOKENS + 2 * REACH),
    lowers: new Int32Array(MAX_TOKENS + 2 * REACH),
    before: new Uint8Array(MAX_TOKENS + 2 * REACH),
    behind: new Uint8Array(MAX_TOKENS + 2 * REACH)
  } satisfies Context
  /** How far the best name leads over being none in each token, by the words around. */
  readonly #leads = new Int32Array(MAX_TOKENS + 1)
  readonly #joint = new Int32Array(MAX_JOINT)
  /** End of the last name reported. */
  #told = 0

  /** @param foreign for what is written in neither German nor English */
  constructor(own: Model, foreign: Model = own) {
    this.#own = partOf(own, true)
    this.#foreign = foreign === own ? this.#own : partOf(foreign, false)
  }

  /** @param text attacker-controlled, of any length */
  tag(text: string, report: ReportName): void {
    const place = { from: 0, told: 0, isGerman: true }
    while (place.from < text.length) this.#tagChunk(text, place, report)
  }

  /** As `tag`, with a pause after each chunk of some 25 KB, in which other texts may be tagged. */
  *tagInPieces(text: string, report: ReportName): Generator<void, void, void> {
    const place = { from: 0, told: 0, isGerman: true }
    while (place.from < text.length) {
      this.#tagChunk(text, place, report)
      yield
    }
  }

  #tagChunk(text: string, place: Place, report: ReportName): void {
    const tokens = this.#tokens
    tokens.read(text, place.from)
    const { count, end } = tokens
    const isLast = end >= text.length
    this.#regimes.isGerman = place.isGerman
    this.#regimes.note(text, tokens)
    place.isGerman = this.#regimes.isGerman
    this.#scoreWords(text)
    this.#labelRuns()
    this.#told = place.told
    this.#report(place.from === 0 ? 0 : OVERLAP / 2, isLast ? count : count - OVERLAP / 2, report)
    place.told = this.#told
    place.from = isLast ? text.length : (tokens.starts[count - OVERLAP] ?? end)
  }

  /** Sums what the words in each token's window say. */
  #scoreWords(text: string): void {
    const tokens = this.#tokens
    const { count } = tokens
    const slots = this.#slots
    const context = this.#context
    for (let i = 0; i < count; i++) {
      const isForeign = this.#regimes.foreign[i] === 1
      const { forms } = isForeign ? this.#foreign : this.#own
      const regime = this.#regimes.of[i] ?? 0
      const slot = forms.look(text, tokens, i, isForeign ? regime % GERMAN : regime)
      const at = i + REACH
      slots[at] = slot
      context.shapes[at] = forms.shapes[slot] ?? 0
      context.kinds[at] = forms.kinds[slot] ?? 0
      context.clusters[at] = forms.clusters[slot] ?? 0
      context.lowers[at] = forms.lowers[slot] ?? 0
      context.before[at] = tokens.before[i] ?? 0
      context.behind[at] = tokens.behind[i] ?? 0
      this.#addWord(forms.scores, i, slot, count)
    }
    for (let i = 0; i < REACH; i++) this.#clearContext(count + REACH + i)
  }

  #clearContext(at: number): void {
    const { shapes, kinds, clusters, lowers } = this.#context
    shapes[at] = 0
    kinds[at] = 0
    clusters[at] = 0
    lowers[at] = 0
  }

  /** Adds what word `i` says to the sums of all tokens within reach. Sums of tokens further on are not begun yet. */
  #addWord(words: Int32Array, i: number, slot: number, count: number): void {
    const sums = this.#sums
    const first = Math.max(0, i - REACH)
    const last = Math.min(count - 1, i + REACH)
    if (i === 0) sums.fill(0, 0, Math.min(count, REACH + 1) * PACKED)
    else if (i + REACH < count) sums.fill(0, (i + REACH) * PACKED, (i + REACH + 1) * PACKED)
    let from = slot * FORM_SCORES + (first - i + REACH) * PACKED
    for (let at = first * PACKED; at <= last * PACKED; at += PACKED) {
      sums[at] = ((sums[at] ?? 0) + (words[from] ?? 0)) | 0
      sums[at + 1] = ((sums[at + 1] ?? 0) + (words[from + 1] ?? 0)) | 0
      sums[at + 2] = ((sums[at + 2] ?? 0) + (words[from + 2] ?? 0)) | 0
      sums[at + 3] = ((sums[at + 3] ?? 0) + (words[from + 3] ?? 0)) | 0
      from += PACKED
    }
  }

  /** Labels each run of tokens in doubt; all others are no names. What stands around is only asked where words alone leave doubt. */
  #labelRuns(): void {
    const { count, before } = this.#tokens
    const { foreign } = this.#regimes
    for (let i = 0; i < count; i++) this.#leads[i] = this.#leadByWords(i)
    this.#leads[count] = HOPELESS
    let start = -1
    let behindOne = false
    for (let i = 0; i <= count; i++) {
      const doubtful: boolean = i < count && this.#mayBeName(i, behindOne)
      behindOne = doubtful && this.#isDoubtful(i, NOT_ONE)
      const isSeam = (before[i] ?? 0) === BLANK_LINE || foreign[i] !== foreign[i - 1]
      if (start >= 0 && (!doubtful || i - start === MAX_RUN || isSeam)) {
        this.#partOf(start).chain.decode(this.#tokens, this.#scores, this.#labels, start, i)
        start = -1
      }
      if (doubtful && start < 0) start = i
      else if (!doubtful && i < count) this.#labels[i] = 0
    }
  }

  /** @param behindOne whether the token before may be one */
  #mayBeName(i: number, behindOne: boolean): boolean {
    const lead = this.#leads[i] ?? 0
    const shape = this.#context.shapes[i + REACH] ?? 0
    if (lead <= HOPELESS || shape % SHAPES === FOREIGN) return false
    const isBeside = behindOne || (this.#leads[i + 1] ?? 0) > PROMISING
    if (!isBeside && lead <= (leadNeeded[shape] ?? 0)) return false
    const { starts, ends } = this.#tokens
    if ((ends[i] ?? 0) - (starts[i] ?? 0) > LONGEST_WORD) return false
    this.#unpack(i)
    this.#addJoint(i)
    return this.#isDoubtful(i, CLEAR)
  }

  /** How far the best name leads over being none by what the words around say. */
  #leadByWords(i: number): number {
    const sums = this.#sums
    const a = sums[i * PACKED] ?? 0
    const b = sums[i * PACKED + 1] ?? 0
    const c = sums[i * PACKED + 2] ?? 0
    const d = sums[i * PACKED + 3] ?? 0
    return Math.max(a >>> 16, b & 0xffff, b >>> 16, c & 0xffff, c >>> 16, d & 0xffff) - (a & 0xffff)
  }

  /** Sets the scores of token `i` by the words around. */
  #unpack(i: number): void {
    const sums = this.#sums
    const a = sums[i * PACKED] ?? 0
    const b = sums[i * PACKED + 1] ?? 0
    const c = sums[i * PACKED + 2] ?? 0
    const d = sums[i * PACKED + 3] ?? 0
    const scores = this.#scores
    const at = i * LABELS
    const offset = (d >>> 16) * FORM_OFFSET
    scores[at] = (a & 0xffff) - offset
    scores[at + 1] = (a >>> 16) - offset
    scores[at + 2] = (b & 0xffff) - offset
    scores[at + 3] = (b >>> 16) - offset
    scores[at + 4] = (c & 0xffff) - offset
    scores[at + 5] = (c >>> 16) - offset
    scores[at + 6] = (d & 0xffff) - offset
  }

  /** True unless being no name leads by more than `lead`. */
  #isDoubtful(i: number, lead: number): boolean {
    const scores = this.#scores
    const at = i * LABELS
    const outside = (scores[at] ?? 0) - lead
    for (let y = 1; y < LABELS; y++) if ((scores[at + y] ?? 0) > outside) return true
    return false
  }

  #addJoint(i: number): void {
    const joint = this.#joint
    const count = jointFeatures(this.#context, i + REACH, joint)
    this.#partOf(i).features.add(joint, count, this.#scores, i * LABELS)
    const bias = personBias[this.#context.shapes[i + REACH] ?? 0] ?? 0
    this.#scores[i * LABELS + 1] = (this.#scores[i * LABELS + 1] ?? 0) + bias
    this.#scores[i * LABELS + 2] = (this.#scores[i * LABELS + 2] ?? 0) + bias
  }

  #partOf(i: number): Part {
    return this.#regimes.foreign[i] === 1 ? this.#foreign : this.#own
  }

  /** Reports the names that begin in tokens [from, to), but for those that the chunk before has told. */
  #report(from: number, to: number, report: ReportName): void {
    const { starts, ends } = this.#tokens
    const labels = this.#labels
    for (let i = from; i < to; ) {
      const label = labels[i] ?? 0
      const start = starts[i] ?? 0
      if (label === 0 || start < this.#told) {
        i++
        continue
      }
      const stop = this.#nameEnd(i)
      let lead = 0
      for (let token = i; token < stop; token++) lead += this.#lead(token, labels[token] ?? 0)
      const type = TAGGED_TYPES[(label - 1) >> 1]
      this.#told = ends[stop - 1] ?? 0
      if (type !== undefined) report(start, this.#told, type, scoreOf(lead / (stop - i)))
      i = stop
    }
  }

  /**
   * The token behind the name that token `i` begins: its insides belong to it; and a person right behind a person, with
   * one blank between them, is the same one.
   */
  #nameEnd(i: number): number {
    const { count, before } = this.#tokens
    const labels = this.#labels
    const kind = ((labels[i] ?? 0) - 1) >> 1
    const stop = Math.min(count, i + LONGEST_NAME)
    let end = i + 1
    while (end < stop) {
      const next = labels[end] ?? 0
      const goesOn = next === kind * 2 + 2 || (next === PERSON && kind === 0 && before[end] === 0)
      if (!goesOn) break
      end++
    }
    return end
  }

  #lead(i: number, label: number): number {
    return (this.#scores[i * LABELS + label] ?? 0) - (this.#scores[i * LABELS] ?? 0)
  }
}

/** A mean lead of nothing or less is a half, of 200 or more 0.85. */
function scoreOf(lead: number): number {
  return Math.round((0.5 + 0.35 * Math.min(1, Math.max(0, lead / 200))) * 100) / 100
}
