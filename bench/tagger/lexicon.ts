import { baseOf, mix, SEED, spread } from '../../src/filters/tagger/letters.ts'
import { LISTED_PLACE } from '../../src/filters/tagger/word.ts'
import { Tokens } from '../../src/filters/tagger/tokens.ts'
import { flagsOf, UPPER } from '../../src/filters/scanner/chars.ts'
import type { Doc } from './corpus.ts'

/** Words of names that say nothing alone. */
const little =
  /^(?:von|van|de|der|la|le|el|al|da|di|do|dos|zu|the|and|of|am|im|an|in|bei|st|saint|bad|san|new|los|las)$/i

export function foldedHash(text: string, start = 0, end = text.length): number {
  let hash = SEED
  for (let i = start; i < end; i++) hash = mix(hash, baseOf[text.charCodeAt(i)] ?? 0)
  return spread(hash)
}

/** In how many documents a word was what: given, surname, place, company, plain in lower and upper case. */
export class LexiconCounts {
  readonly counts = new Map<number, Uint16Array>()
  readonly lists = new Map<number, number>()
  readonly #tokens = new Tokens()
  /** What the document at hand contributed: word → bits of fields. */
  #own = new Map<number, number>()
  #hidden: ((hash: number) => boolean) | null = null

  /** Adds the words of lists of names, `bit` says which. */
  list(words: readonly string[], bit: number): void {
    for (const word of words)
      for (const part of bit === LISTED_PLACE ? [word] : word.split(/\s+/)) {
        if (part.length < 2 || little.test(part)) continue
        const hash = foldedHash(part)
        this.lists.set(hash, (this.lists.get(hash) ?? 0) | bit)
      }
  }

  /** What a document's words are, one bit for each field. */
  read({ text, marks }: Doc): Map<number, number> {
    const seen = new Map<number, number>()
    const tokens = this.#tokens
    let from = 0
    let at = 0
    let index = 0
    while (from < text.length) {
      tokens.read(text, from)
      for (let i = 0; i < tokens.count; i++) {
        const start = tokens.starts[i] ?? 0
        const end = tokens.ends[i] ?? 0
        while (at < marks.length && (marks[at]?.end ?? 0) <= start) {
          at++
          index = 0
        }
        const mark = marks[at]
        const hash = foldedHash(text, start, end)
        let field: number
        if (mark !== undefined && mark.start < end) {
          const isLast = i + 1 >= tokens.count || (tokens.starts[i + 1] ?? 0) >= mark.end
          field = mark.kind === 0 ? (isLast ? 1 : 0) : mark.kind + 1
          index++
        } else field = ((flagsOf[text.charCodeAt(start)] ?? 0) & UPPER) !== 0 ? 5 : 4
        seen.set(hash, (seen.get(hash) ?? 0) | (1 << field))
      }
      if (tokens.end <= from) break
      from = tokens.end
    }
    return seen
  }

  count(doc: Doc): void {
    for (const [hash, fields] of this.read(doc)) {
      let entry = this.counts.get(hash)
      if (entry === undefined) {
        entry = new Uint16Array(6)
        this.counts.set(hash, entry)
      }
      for (let f = 0; f < 6; f++) if ((fields >> f) & 1) entry[f] = Math.min(65535, (entry[f] ?? 0) + 1)
    }
  }

  /** Later look-ups leave out what this document contributed; null: nothing. */
  leaveOut(doc: Doc | null, hidden: ((hash: number) => boolean) | null = null): void {
    this.#own = doc === null ? new Map() : this.read(doc)
    this.#hidden = hidden
  }

  bits = (hash: number): number => {
    if (this.#hidden?.(hash) === true) return 0
    const entry = this.counts.get(hash)
    const listed = this.lists.get(hash) ?? 0
    if (entry === undefined) return listed
    const own = this.#own.get(hash) ?? 0
    let bits = listed
    for (let f = 0; f < 6; f++) {
      const n = (entry[f] ?? 0) - ((own >> f) & 1)
      bits |= (f < 4 ? nameBucket(n) : plainBucket(n)) << (f * 2)
    }
    return bits
  }

  /** All words with their bits. */
  entries(): Map<number, number> {
    this.leaveOut(null)
    const all = new Map<number, number>()
    for (const hash of new Set([...this.counts.keys(), ...this.lists.keys()])) {
      const bits = this.bits(hash)
      if (bits !== 0) all.set(hash, bits)
    }
    return all
  }
}

function nameBucket(n: number): number {
  return n <= 0 ? 0 : n < 3 ? 1 : n < 10 ? 2 : 3
}
function plainBucket(n: number): number {
  return n <= 1 ? 0 : n < 5 ? 1 : n < 30 ? 2 : 3
}
