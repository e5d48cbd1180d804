import type { Finding } from '../../core/finding.ts'
import type { Segment } from '../../core/leaf.ts'
import type { Flag, FlagCategory } from './category.ts'
import { nobody, somebody } from './cues.ts'
import { BEGINNING_LETTERS, hashLetter, letterOf, PhraseTrie, START_LETTERS } from './phrase-trie.ts'
import { sentenceEnd, sentenceStart } from './sentence.ts'

/** Kinds of evidence, from certain to doubtful; the term's value is 1 << (category * 3 + kind). */
const KINDS = ['says', 'topic', 'weak'] as const
const BASE = [0.7, 0.35, 0.15] as const
const CUE = 0.25
const AGAINST = 0.4
const THRESHOLD = 0.5
/** With this score no more is looked for in the text. */
const ENOUGH = 0.85

const SOMEBODY = 1
const NOBODY = 2
/** Relations of category n have bit n + 2. */
const RELATION_SHIFT = 2

/** Longest value of a JSON key that is read together with its key. */
const LABELLED_CHARS = 200

/** A person of this score is no illness or creed that bears a name. */
const SURE = 0.75

/** The words of all categories compiled; buffers are used again from text to text. */
export class FlagScan {
  readonly #categories: readonly FlagCategory[]
  readonly #terms = new PhraseTrie()
  readonly #cues = new PhraseTrie()
  /** By category: best score so far in this text, and its kind. */
  readonly #scores: Float64Array
  readonly #kinds: Uint8Array
  #persons: readonly Finding[] = []
  #person = 0
  /** The sentence looked at last, and its cues. */
  #from = 0
  #to = 0
  #sentenceCues = 0
  #hasTerms = false

  constructor(categories: readonly FlagCategory[]) {
    this.#categories = categories
    this.#scores = new Float64Array(categories.length)
    this.#kinds = new Uint8Array(categories.length)
    categories.forEach(({ says, topics, weak, relations }, at) => {
      ;[says, topics, weak].forEach((list, kind) =>
        addAll(this.#terms, list, 1 << (at * KINDS.length + kind))
      )
      addAll(this.#cues, relations, 1 << (at + RELATION_SHIFT))
    })
    addAll(this.#cues, somebody, SOMEBODY)
    addAll(this.#cues, nobody, NOBODY)
  }

  /** Adds the flags of one text. @returns false when it holds no word of any category */
  run(segment: Segment, findings: readonly Finding[], index: number, flags: Flag[]): boolean {
    this.#hasTerms = false
    this.#scores.fill(0)
    this.#scanText(segment.text, findings)
    if (segment.label !== '' && segment.label.length <= 64 && segment.text.length <= LABELLED_CHARS)
      this.#scanText(`${spelledOut(segment.label)}: ${segment.text}`, [])
    for (let at = 0; at < this.#scores.length; at++) {
      const score = this.#scores[at] ?? 0
      const category = this.#categories[at]?.id
      if (score < THRESHOLD || category === undefined) continue
      flags.push({
        segment: index,
        category,
        score: Math.min(1, score),
        rule: `${category}.${KINDS[this.#kinds[at] ?? 0] ?? ''}`
      })
    }
    return this.#hasTerms
  }

  #scanText(text: string, findings: readonly Finding[]): void {
    this.#persons = findings
    this.#person = 0
    this.#to = -1
    this.#eachStart(text, 0, text.length, this.#terms)
  }

  /**
   * Every word of [from, to) once; most are told apart by the hash of their first letters. The hot loop: no strings,
   * and no calls until a phrase may begin.
   */
  #eachStart(text: string, from: number, to: number, trie: PhraseTrie): void {
    const { starts, beginnings } = trie
    let at = from
    while (at < to) {
      let letter = letterOf[text.charCodeAt(at)] ?? 0
      if (letter === 0) {
        at++
        continue
      }
      const start = at
      let hash = 0
      let beginning = 0
      do {
        hash = hashLetter(hash, letter)
        at++
        if (at - start === BEGINNING_LETTERS) beginning = hash
        letter = at < to ? (letterOf[text.charCodeAt(at)] ?? 0) : 0
      } while (letter !== 0 && at - start < START_LETTERS)
      if (
        (((starts[hash >> 5] ?? 0) & (1 << (hash & 31))) !== 0 && trie.mayStart(text, at, hash)) ||
        ((beginnings[beginning >> 5] ?? 0) & (1 << (beginning & 31))) !== 0
      )
        at = this.#look(text, start, at, trie)
      while (at < to && letterOf[text.charCodeAt(at)] !== 0) at++
    }
  }

  /** Looks for a phrase at `start`. Terms may overlap, cues are read one after the other. @returns where to go on */
  #look(text: string, start: number, at: number, trie: PhraseTrie): number {
    const found = trie.find(text, start)
    if (found === 0) return at
    if (trie === this.#cues) {
      this.#sentenceCues |= found
      return Math.max(at, trie.end)
    }
    this.#hasTerms = true
    this.#weigh(text, start, found)
    return at
  }

  /** Scores what the phrase at `at` says of each category it belongs to. */
  #weigh(text: string, at: number, terms: number): void {
    const end = this.#terms.end
    for (let category = 0; category < this.#scores.length; category++) {
      const kinds = (terms >> (category * KINDS.length)) & 7
      if (kinds === 0 || (this.#scores[category] ?? 0) >= ENOUGH) continue
      const kind = (kinds & 1) !== 0 ? 0 : (kinds & 2) !== 0 ? 1 : 2
      this.#readSentence(text, at, end)
      if (this.#isName(at)) return
      const cues = this.#sentenceCues
      let score = BASE[kind] ?? 0
      if ((cues & SOMEBODY) !== 0) score += CUE
      if ((cues & (1 << (category + RELATION_SHIFT))) !== 0) score += CUE
      if ((cues & NOBODY) !== 0) score -= AGAINST
      if (score <= (this.#scores[category] ?? 0)) continue
      this.#scores[category] = score
      this.#kinds[category] = kind
    }
  }

  /** Cues of the sentence that [at, end) stands in. Each is read once or, if long, in pieces: time stays linear. */
  #readSentence(text: string, at: number, end: number): void {
    if (end <= this.#to) return
    this.#from = sentenceStart(text, at)
    this.#to = Math.max(sentenceEnd(text, end), end)
    this.#sentenceCues = 0
    this.#eachStart(text, this.#from, this.#to, this.#cues)
    if (this.#hasPerson()) this.#sentenceCues |= SOMEBODY
  }

  /** True when a person was found in the sentence. Findings are sorted, sentences come in order. */
  #hasPerson(): boolean {
    for (; this.#person < this.#persons.length; this.#person++) {
      const finding = this.#persons[this.#person]
      if (finding === undefined || finding.start >= this.#to) return false
      if (finding.end > this.#from && finding.type === 'PERSON') return true
    }
    return false
  }

  /** True inside a person who is surely one: Mr Krebs has no cancer, but Crohn's disease is one. */
  #isName(at: number): boolean {
    for (let i = this.#person; i < this.#persons.length; i++) {
      const finding = this.#persons[i]
      if (finding === undefined || finding.start > at) return false
      if (finding.end > at && finding.type === 'PERSON' && finding.score >= SURE) return true
    }
    return false
  }
}

function addAll(trie: PhraseTrie, list: string, value: number): void {
  for (const phrase of list.split(/[,\n]/)) if (phrase.trim() !== '') trie.add(phrase, value)
}

/** `patientDiagnosis`, `patient_diagnosis` → `patient diagnosis`. */
function spelledOut(label: string): string {
  return label.replace(/([a-zäöüß0-9])([A-ZÄÖÜ])/g, '$1 $2')
}
