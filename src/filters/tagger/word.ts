import { DIGIT, flagsOf, LETTER, UPPER } from '../scanner/chars.ts'
import { baseOf, lowerOf, mix, SEED, spread } from './letters.ts'
import { MAX_WORD } from './tokens.ts'

/** Kinds of spelling; a word's shape is one of them, see `shapeOf`. */
export const SHAPES = 16
/** Most features of one word. */
export const MAX_WORD_FEATURES = 96

/** Bits of a lexicon entry: seven fields of two bits, how often the word was what, and three of lists. */
export const GIVEN = 0
export const SURNAME = 2
export const PLACE = 4
export const COMPANY = 6
export const PLAIN_LOWER = 8
export const PLAIN_UPPER = 10
export const LISTED_GIVEN = 1 << 12
export const LISTED_SURNAME = 1 << 13
export const LISTED_PLACE = 1 << 14

/** What an unknown word is made of: nothing known; its last part is a word; two words; the form of a word; it is known itself. */
const STRANGE = 0
const LAST_PART = 1
const COMPOUND = 2
const INFLECTED = 3
const ORDINARY = 4
/** Shortest parts of a compound, and of a word without its ending. Letters. */
const SHORTEST_FIRST = 3
const SHORTEST_LAST = 4
const SHORTEST_STEM = 4
/** What endings end in: `n e s r t d m`. */
const INFLECTION: readonly number[] = Array.from('nesrtdm', char => char.charCodeAt(0))
const LINKING_S = 0x73

/** Looks up folded words: their bits, 0 when unknown. */
export type Lexicon = (hash: number) => number
/** The cluster of a word in lower case, 0 when it has none. */
export type Clusters = (hash: number) => number

/**
 * What is known of one word form whatever stands around it: hashes of its features, in three groups by how far away they
 * matter. One instance is used again and again.
 */
export class Word {
  shape = 0
  /** Hash of the word in lower case. */
  lower = 0
  /** Summary of the lexicon entry. */
  kind = 0
  /** Cluster, coarse. */
  cluster = 0
  bits = 0
  readonly features: Int32Array = new Int32Array(MAX_WORD_FEATURES)
  /** Features for the word itself are [0, own), for neighbours [near, own), for all in the window [far, own). */
  own = 0
  near = 0
  far = 0

  readonly #takesApart: boolean
  readonly #lexicon: Lexicon
  readonly #clusters: Clusters
  readonly #codes = new Uint16Array(MAX_WORD + 2)
  readonly #bases = new Uint16Array(MAX_WORD + 2)

  /** @param takesApart whether unknown words are looked up by their parts */
  constructor(lexicon: Lexicon, clusters: Clusters, takesApart: boolean) {
    this.#takesApart = takesApart
    this.#lexicon = lexicon
    this.#clusters = clusters
  }

  /** @param regime how the text around is written */
  read(text: string, start: number, end: number, regime: number): void {
    const length = Math.min(end - start, MAX_WORD)
    const codes = this.#codes
    const bases = this.#bases
    let lower = SEED
    let folded = SEED
    codes[0] = 0x5e
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(start + i)
      const low = lowerOf[code] ?? 0
      codes[i + 1] = low
      bases[i + 1] = baseOf[code] ?? 0
      lower = mix(lower, low)
      folded = mix(folded, bases[i + 1] ?? 0)
    }
    codes[length + 1] = 0x24
    this.shape = shapeOf(text, start, start + length)
    this.lower = spread(lower)
    this.bits = this.shape === DIGITS ? 0 : this.#look(folded, length)
    const isWord = this.shape !== DIGITS && this.shape !== FOREIGN
    const made = isWord && this.#takesApart ? this.#madeOf(length) : STRANGE
    const plain = Math.max(
      made >= COMPOUND ? 1 : 0,
      (this.bits >> PLAIN_LOWER) & 3,
      (this.bits >> PLAIN_UPPER) & 3
    )
    this.kind =
      (level(this.bits, GIVEN, LISTED_GIVEN) * 3 + level(this.bits, SURNAME, LISTED_SURNAME)) * 12 +
      (((this.bits >> PLACE) & 3) !== 0 || (this.bits & LISTED_PLACE) !== 0 ? 6 : 0) +
      (((this.bits >> COMPANY) & 3) > 1 ? 3 : 0) +
      (plain > 2 ? 2 : plain)
    const cluster = this.#clusters(this.lower)
    this.cluster = cluster & 0xff
    this.#list(length, regime, cluster, made)
  }

  #list(length: number, regime: number, cluster: number, made: number): void {
    const { features, shape, lower, kind, bits } = this
    const spelling = regime * SHAPES + shape
    const isWord = shape !== DIGITS
    let n = 0
    const add = (kindOf: number, value: number): void => {
      if (n < MAX_WORD_FEATURES) features[n++] = spread(Math.imul(kindOf + 1, 0x9e3779b1) ^ value)
    }
    if (isWord) {
      for (let size = 2; size <= 5; size++) {
        if (length <= size) break
        add(10 + size, this.#hash(length - size + 1, length + 1))
        if (size > 1 && size < 5) add(20 + size, this.#hash(1, size + 1))
      }
      for (let i = 0; i < length && i < 16; i++) add(30, this.#hash(i, i + 3))
      for (let field = 0; field < 12; field += 2) {
        const value = (bits >> field) & 3
        add(31, field * 4 + value)
        add(32, (field * 4 + value) * 128 + spelling)
      }
    } else add(33, length)
    add(34, (bits >> 12) * 128 + spelling)
    add(35, kind * 128 + spelling)
    add(36, bits)
    if (this.#takesApart) {
      add(50, made)
      add(51, made * 128 + spelling)
      add(52, (made << 16) + bits)
    }
    add(37, Math.imul(lower, 31) + spelling)
    add(38, cluster)
    add(39, (cluster & 0xff) * 128 + spelling)
    this.near = n
    if (isWord && length > 3) add(40, this.#hash(length - 2, length + 1))
    add(41, cluster & 0xff)
    add(43, bits >> 12)
    this.far = n
    add(44, isWord ? lower : length)
    add(45, spelling)
    add(46, kind)
    this.own = n
  }

  /** How far the word is an ordinary one, also where it was never seen: German makes new ones every day. */
  #madeOf(length: number): number {
    if (isPlain(this.bits)) return ORDINARY
    const bases = this.#bases
    for (let end = length - 1; end >= Math.max(SHORTEST_STEM, length - 2); end--)
      if (INFLECTION.includes(bases[length] ?? 0) && this.#isPlain(1, end)) return INFLECTED
    let made = STRANGE
    for (let start = length - SHORTEST_LAST + 1; start > SHORTEST_FIRST; start--) {
      if (!this.#isPlain(start, length)) continue
      made = LAST_PART
      const end = start - 1
      if (this.#isPlain(1, end)) return COMPOUND
      if (bases[end] === LINKING_S && end > SHORTEST_STEM && this.#isPlain(1, end - 1)) return COMPOUND
    }
    return made
  }

  /** Whether the letters [from, to], counted from 1, are an ordinary word of the dictionary. */
  #isPlain(from: number, to: number): boolean {
    let hash = SEED
    for (let i = from; i <= to; i++) hash = mix(hash, this.#bases[i] ?? 0)
    return isPlain(this.#lexicon(spread(hash)))
  }

  #hash(from: number, to: number): number {
    let hash = SEED
    for (let i = from; i < to; i++) hash = mix(hash, this.#codes[i] ?? 0)
    return hash
  }

  /** The entry of the word; else spelled without umlauts, in the genitive, or of its last part behind a hyphen. */
  #look(folded: number, length: number): number {
    const whole = this.#lexicon(spread(folded))
    if (whole !== 0) return whole
    const bases = this.#bases
    let hyphen = 0
    let spelled = SEED
    let changed = false
    let shorter = SEED
    for (let i = 1; i <= length; i++) {
      const code = bases[i] ?? 0
      if (code === 0x2d) hyphen = i
      if (i < length) shorter = mix(shorter, code)
      const before = bases[i - 1] ?? 0
      if (i > 1 && code === 0x65 && (before === 0x61 || before === 0x6f || before === 0x75)) changed = true
      else spelled = mix(spelled, code)
    }
    if (hyphen > 1 && hyphen < length - 1) {
      let last = SEED
      for (let i = hyphen + 1; i <= length; i++) last = mix(last, bases[i] ?? 0)
      return this.#lexicon(spread(last))
    }
    const found = changed ? this.#lexicon(spread(spelled)) : 0
    if (found !== 0 || length < 4 || bases[length] !== 0x73) return found
    return this.#lexicon(spread(shorter))
  }
}

/** Whether the word [start, end) was learned from texts as no name, in lower case or capitalised. */
export function isOrdinaryWord(lexicon: Lexicon, text: string, start: number, end: number): boolean {
  let folded = SEED
  for (let at = start; at < Math.min(end, start + MAX_WORD); at++)
    folded = mix(folded, baseOf[text.charCodeAt(at)] ?? 0)
  return isPlain(lexicon(spread(folded)))
}

function isPlain(bits: number): boolean {
  return ((bits >> PLAIN_LOWER) & 15) !== 0
}

/** How surely a word is a name of this kind: 0 to 2. */
function level(bits: number, field: number, listed: number): number {
  const count = (bits >> field) & 3
  return (bits & listed) !== 0 || count > 1 ? 2 : count
}

export const LOWER_CASE = 0
const CAPITALISED = 1
const ALL_CAPS = 2
const SINGLE = 3
const INITIAL = 4
export const DIGITS = 5
const MIXED = 6
const CAMEL = 7
const CAP_CAP = 8
const CAP_LOW = 9
const LOW_ANY = 10
const CAPS_CAPS = 11
const APOSTROPHE = 12
const CAPS_CAP = 13
/** Of another script than Latin: the model knows none. */
export const FOREIGN = 14

/** Which of the sixteen kinds of spelling the word is written in. */
export function shapeOf(text: string, start: number, end: number): number {
  let upper = 0
  let letters = 0
  let digits = 0
  let inner = 0
  let hyphen = -1
  let apostrophe = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const flags = flagsOf[code] ?? 0
    if ((flags & DIGIT) !== 0) digits++
    else if ((flags & LETTER) !== 0) {
      letters++
      if ((flags & UPPER) !== 0) {
        upper++
        if (at > start && at !== hyphen + 1) inner++
      }
    } else if (code === 0x27 || code === 0x2019) apostrophe = true
    else if (code !== 0x2e && hyphen < 0) hyphen = at
  }
  if (letters === 0) return DIGITS
  if (digits > 0) return MIXED
  if (letters === 1 && upper === 1) return text.charCodeAt(end - 1) === 0x2e ? INITIAL : SINGLE
  const first = text.charCodeAt(start)
  if (first > 0x24f && (first < 0x1e00 || first > 0x1eff)) return FOREIGN
  if (upper === 0) return hyphen > 0 ? LOW_ANY : LOWER_CASE
  const starts = ((flagsOf[first] ?? 0) & UPPER) !== 0
  if (hyphen < 0) {
    if (upper === letters) return ALL_CAPS
    if (!starts) return CAMEL
    if (apostrophe) return APOSTROPHE
    return inner === 0 ? CAPITALISED : CAMEL
  }
  if (!starts) return LOW_ANY
  if (upper === letters) return CAPS_CAPS
  const second = ((flagsOf[text.charCodeAt(hyphen + 1)] ?? 0) & UPPER) !== 0
  if (inner > 0) return CAPS_CAP
  return second ? CAP_CAP : CAP_LOW
}
