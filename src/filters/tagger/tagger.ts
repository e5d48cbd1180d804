import { type Context, jointFeatures, MAX_JOINT, REACH } from './features.ts'
import { FORM_SCORES, FormCache } from './form-cache.ts'
import { LABELS, type Model, NEVER } from './model.ts'
import { noteRegimes } from './regime.ts'
import { BLANK_LINE, MAX_TOKENS, Tokens } from './tokens.ts'
import { FOREIGN, SHAPES } from './word.ts'

/** What the tagger tells apart. */
export const TAGGED_TYPES = ['PERSON', 'LOCATION', 'ORGANIZATION'] as const
export type TaggedType = (typeof TAGGED_TYPES)[number]

/** @param score 0 to 1, how far the labels lead over being no name */
export type ReportName = (start: number, end: number, type: TaggedType, score: number) => void

/** Chunks of a long text overlap by so many tokens, and half of them count to each side. */
const OVERLAP = 32
/** A run of doubtful tokens is labelled as one chain up to this length. */
const MAX_RUN = 256
/** Where being no name leads by so much by the words alone, nothing around can make a name of it. */
const CLEAR_BY_WORDS = 200
/** As above, when all has been asked but the labels of the neighbours. */
const CLEAR = 130
/** Tokens of a name at most: what goes on is a name of its own. Less than half the overlap. */
const LONGEST_NAME = 12
/** No word of a name is longer. UTF-16 code units. */
const LONGEST_WORD = 36
/** The label of a person's first word. */
const PERSON = 1
/** Added to the scores of person labels: a missed name is worse than a needless pseudonym. */
const PERSON_BIAS = 20

/**
 * Finds names of persons, places and organisations: a linear-chain model over hashed features of words and their
 * surroundings. Time is linear in the text; the same text always gives the same names.
 */
export class Tagger {
  readonly #model: Model
  readonly #forms: FormCache
  readonly #tokens = new Tokens()
  readonly #regimes = new Uint8Array(MAX_TOKENS)
  readonly #slots = new Int32Array(MAX_TOKENS + 2 * REACH)
  readonly #labels = new Uint8Array(MAX_TOKENS)
  /** Scores of each token by label; of the words at first, complete where a token is in doubt. */
  readonly #scores = new Int32Array(MAX_TOKENS * LABELS)
  readonly #context = {
    shapes: new Uint8Array(MAX_TOKENS + 2 * REACH),
    kinds: new Uint8Array(MAX_TOKENS + 2 * REACH),
    clusters: new Uint8Array(MAX_TOKENS + 2 * REACH),
    lowers: new Int32Array(MAX_TOKENS + 2 * REACH),
    before: new Uint8Array(MAX_TOKENS + 2 * REACH),
    behind: new Uint8Array(MAX_TOKENS + 2 * REACH)
  } satisfies Context
  readonly #joint = new Int32Array(MAX_JOINT)
  readonly #back = new Uint8Array(MAX_RUN * LABELS)
  #best = new Int32Array(LABELS)
  #next = new Int32Array(LABELS)
  /** End of the last name reported. */
  #told = 0

  constructor(model: Model) {
    this.#model = model
    this.#forms = new FormCache(model)
  }

  /** @param text attacker-controlled, of any length */
  tag(text: string, report: ReportName): void {
    let german = true
    this.#told = 0
    for (let from = 0, isFirst = true; from < text.length; isFirst = false) {
      const tokens = this.#tokens
      tokens.read(text, from)
      const { count, end } = tokens
      const isLast = end >= text.length
      german = noteRegimes(text, tokens, this.#regimes, german)
      this.#scoreWords(text)
      this.#labelRuns()
      this.#report(isFirst ? 0 : OVERLAP / 2, isLast ? count : count - OVERLAP / 2, report)
      if (isLast) return
      from = tokens.starts[count - OVERLAP] ?? end
    }
  }

  /** Sums what the words in each token's window say. */
  #scoreWords(text: string): void {
    const tokens = this.#tokens
    const { count } = tokens
    const slots = this.#slots
    const context = this.#context
    const forms = this.#forms
    for (let i = 0; i < count; i++) {
      const slot = forms.look(text, tokens, i, this.#regimes[i] ?? 0)
      const at = i + REACH
      slots[at] = slot
      context.shapes[at] = forms.shapes[slot] ?? 0
      context.kinds[at] = forms.kinds[slot] ?? 0
      context.clusters[at] = forms.clusters[slot] ?? 0
      context.lowers[at] = forms.lowers[slot] ?? 0
      context.before[at] = tokens.before[i] ?? 0
      context.behind[at] = tokens.behind[i] ?? 0
      this.#addWord(i, slot, count)
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

  /** Adds what word `i` says to the scores of all tokens within reach. Scores of tokens further on are not begun yet. */
  #addWord(i: number, slot: number, count: number): void {
    const scores = this.#scores
    const words = this.#forms.scores
    const first = Math.max(0, i - REACH)
    const last = Math.min(count - 1, i + REACH)
    if (i === 0) scores.fill(0, 0, Math.min(count, REACH + 1) * LABELS)
    else if (i + REACH < count) scores.fill(0, (i + REACH) * LABELS, (i + REACH + 1) * LABELS)
    for (let token = first; token <= last; token++) {
      const from = slot * FORM_SCORES + (token - i + REACH) * LABELS
      const at = token * LABELS
      for (let y = 0; y < LABELS; y++) scores[at + y] = (scores[at + y] ?? 0) + (words[from + y] ?? 0)
    }
  }

  /** Labels each run of tokens in doubt; all others are no names. What stands around is only asked where words alone leave doubt. */
  #labelRuns(): void {
    const { count, before } = this.#tokens
    let start = -1
    for (let i = 0; i <= count; i++) {
      const doubtful = i < count && this.#mayBeName(i)
      if (start >= 0 && (!doubtful || i - start === MAX_RUN || (before[i] ?? 0) === BLANK_LINE)) {
        this.#decode(start, i)
        start = -1
      }
      if (doubtful && start < 0) start = i
      else if (!doubtful && i < count) this.#labels[i] = 0
    }
  }

  #mayBeName(i: number): boolean {
    if (!this.#isDoubtful(i, CLEAR_BY_WORDS)) return false
    const { starts, ends } = this.#tokens
    if ((ends[i] ?? 0) - (starts[i] ?? 0) > LONGEST_WORD) return false
    if ((this.#context.shapes[i + REACH] ?? 0) % SHAPES === FOREIGN) return false
    this.#addJoint(i)
    return this.#isDoubtful(i, CLEAR)
  }

  /** True unless being no name leads by more than `lead`. */
  #isDoubtful(i: number, lead: number): boolean {
    const scores = this.#scores
    const at = i * LABELS
    const outside = (scores[at] ?? 0) - lead
    for (let y = 1; y < LABELS; y++) if ((scores[at + y] ?? 0) > outside) return true
    return false
  }

  /** Sets the best labels of tokens [from, to) (Viterbi); before them stands no name. */
  #decode(from: number, to: number): void {
    const { before } = this.#tokens
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
          (this.#best[arg] ?? 0) +
          (this.#model.moves[step + arg * LABELS + y] ?? 0) +
          (this.#scores[at + y] ?? 0)
      }
      const swap = this.#best
      this.#best = this.#next
      this.#next = swap
    }
    let label = 0
    for (let y = 1; y < LABELS; y++) if ((this.#best[y] ?? 0) > (this.#best[label] ?? 0)) label = y
    for (let i = to - 1; i >= from; i--) {
      this.#labels[i] = label
      label = back[(i - from) * LABELS + label] ?? 0
    }
  }

  /** Of the labels [first, last] the best one to come from; `step` is the move from label 0. */
  #bestBefore(step: number, first: number, last: number): number {
    const best = this.#best
    const { moves } = this.#model
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

  #addJoint(i: number): void {
    const { features } = this.#model
    const joint = this.#joint
    const count = jointFeatures(this.#context, i + REACH, joint)
    for (let f = 0; f < count; f++) features.add(joint[f] ?? 0, this.#scores, i * LABELS)
    this.#scores[i * LABELS + 1] = (this.#scores[i * LABELS + 1] ?? 0) + PERSON_BIAS
    this.#scores[i * LABELS + 2] = (this.#scores[i * LABELS + 2] ?? 0) + PERSON_BIAS
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
  const share = Math.min(1, Math.max(0, lead / 200))
  return Math.round((0.5 + 0.35 * share) * 100) / 100
}
