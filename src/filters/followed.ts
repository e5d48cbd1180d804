import type { Finding } from '../core/finding.ts'
import type { LeafKind, Segment } from '../core/leaf.ts'
import type { Span } from './span-contest.ts'
import type { Lacks } from './findings-cache.ts'
import { ValueTable } from './value-table.ts'

/** Shorter values are met by chance. UTF-16 code units. */
const MIN_LENGTH = 5
/** Longer ones (keys, addresses in full) are found by themselves, and every length costs a look-up per word. */
const MAX_LENGTH = 64
/** Values that one request follows: a conversation has dozens. Bounds the table. */
const MAX_VALUES = 5000
const MIN_DIGITS = 4

/** Persons are followed by the analyzer, by parts; ages, places and companies are what other text says too. */
const NOT_FOLLOWED = new Set(['PERSON', 'AGE', 'LOCATION', 'ORGANIZATION', 'LITERAL'])
/** What must arrive as written is not made to refuse a request by a repetition. */
const FOLLOWED_IN: ReadonlySet<LeafKind> = new Set(['text', 'identifier', 'url', 'key', 'number'])

/**
 * Values that were found once are found again in all later text of the scope, as whole words: what was told by the words
 * around it (a customer number, a password) comes back in answers without them.
 */
export class Followed {
  readonly #table = new ValueTable()
  readonly #types = new Map<string, string>()
  readonly #scopeKey: () => Buffer
  /** Sums up all values under the scope's secret: what was not in a text under it need not be looked for again. */
  #sum = 0

  constructor(scopeKey: () => Buffer) {
    this.#scopeKey = scopeKey
  }

  /** @param surface attacker-controlled */
  add(type: string, surface: string): void {
    if (NOT_FOLLOWED.has(type) || this.#types.has(surface) || this.#types.size >= MAX_VALUES) return
    if (!isTelling(surface)) return
    if (this.#sum === 0) this.#sum = this.#scopeKey().readUIntBE(0, 6)
    this.#sum = mixed(this.#sum, surface)
    this.#types.set(surface, type)
    this.#table.add(surface)
  }

  /**
   * The findings, and where else the segment holds a value. Sorted, without overlaps; the same list when there is none.
   * @param lacks what an earlier turn did not find in the same text, and where that is noted
   * @param isReversible true for types that are put back into answers: those come back, and are followed from here on
   */
  addTo(
    findings: readonly Finding[],
    { kind, text }: Segment,
    isReversible: (type: string) => boolean,
    lacks?: Lacks
  ): readonly Finding[] {
    for (const { start, end, type } of findings)
      if (isReversible(type)) this.add(type, text.slice(start, end))
    if (this.#types.size === 0 || !FOLLOWED_IN.has(kind) || lacks?.values === this.#sum) return findings
    const again = this.#table
      .scan(text)
      .filter(found => !findings.some(one => overlaps(one, found)))
      .map(({ start, end }) => {
        const type = this.#types.get(text.slice(start, end)) ?? 'LITERAL'
        return { start, end, type, score: 1, recognizer: 'followed' }
      })
    if (again.length === 0 && lacks !== undefined) lacks.values = this.#sum
    if (again.length === 0) return findings
    return [...findings, ...again].sort((a, b) => a.start - b.start)
  }
}

/** 48 bits in two lanes; started with secret bits, so that nobody outside can make two sums alike. */
function mixed(sum: number, surface: string): number {
  let high = Math.floor(sum / 0x1000000) | 0
  let low = sum & 0xffffff
  for (let at = 0; at < surface.length; at++) {
    high = Math.imul(high ^ surface.charCodeAt(at), 0x9e3779b1)
    low = Math.imul(low ^ surface.charCodeAt(at) ^ (high >>> 15), 0x85ebca6b)
  }
  return (high >>> 8) * 0x1000000 + (low >>> 8)
}

function overlaps(a: Pick<Span, 'start' | 'end'>, b: Pick<Span, 'start' | 'end'>): boolean {
  return a.start < b.end && b.start < a.end
}

/** No ordinary word: digits enough, digits beside letters or signs, or letters as no language writes them. */
function isTelling(surface: string): boolean {
  if (surface.length < MIN_LENGTH || surface.length > MAX_LENGTH || /[\r\n]/.test(surface)) return false
  const digits = surface.match(/\d/g)?.length ?? 0
  if (digits >= MIN_DIGITS) return true
  if (digits > 0) return /[^\d\s]/.test(surface)
  return /[@#$%&*+=!?^~|<>]/.test(surface) || /\p{Ll}\p{Lu}/u.test(surface)
}
