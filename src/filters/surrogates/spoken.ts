import type { Segment } from '../../core/leaf.ts'

/** Words of a file may be more than memory holds: then none counts as free, and values get codes. */
const MAX_WORDS = 500_000

/** The words that a request holds up to some leaf. Each leaf is read once, and only when a surrogate is made. */
export class Spoken {
  #segments: readonly Segment[] = []
  readonly #words = new Set<string>()
  readonly #isAsked: boolean
  #read = 0

  /** @param isAsked false: no surrogate will be made */
  constructor(isAsked = true) {
    this.#isAsked = isAsked
  }

  /** The next texts of the request. */
  next(segments: readonly Segment[]): void {
    if (this.#isAsked) this.#readTo(this.#segments.length - 1)
    this.#segments = segments
    this.#read = 0
  }

  /** @param index the leaf that is being edited; what follows must not matter, or history would change with each turn */
  has(word: string, index: number): boolean {
    this.#readTo(index)
    return this.#words.size >= MAX_WORDS || this.#words.has(word.toLowerCase())
  }

  #readTo(index: number): void {
    for (; this.#read <= index; this.#read++)
      for (const [found] of (this.#segments[this.#read]?.text ?? '').matchAll(/[\p{L}\p{N}]+/gu))
        if (this.#words.size < MAX_WORDS) this.#words.add(found.toLowerCase())
  }
}
