import type { Segment } from '../../core/leaf.ts'

/** The words that a request holds up to some leaf. Each leaf is read once, and only when a surrogate is made. */
export class Spoken {
  readonly #segments: readonly Segment[]
  readonly #words = new Set<string>()
  #read = 0

  constructor(segments: readonly Segment[]) {
    this.#segments = segments
  }

  /** @param index the leaf that is being edited; what follows must not matter, or history would change with each turn */
  has(word: string, index: number): boolean {
    for (; this.#read <= index; this.#read++)
      for (const [found] of (this.#segments[this.#read]?.text ?? '').matchAll(/[\p{L}\p{N}]+/gu))
        this.#words.add(found.toLowerCase())
    return this.#words.has(word.toLowerCase())
  }
}
