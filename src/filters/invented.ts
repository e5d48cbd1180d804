import type { Issued } from './issued.ts'
import { scanLookalikes } from './lookalike.ts'
import type { RestoreStats } from './restore-stats.ts'

/** So much text is gathered before it is looked at: small deltas then cost a concatenation. UTF-16 code units. */
const WINDOW = 1024
/** Kept for the next look, so that a code on the edge is seen whole: twice the longest spelling. */
const OVERLAP = 128

/**
 * Counts codes in an answer that the request did not issue: the model made them up, or repeats them from a history that
 * was trimmed. It only counts; such codes pass as they are.
 */
export class InventedCounter {
  readonly #issued: Issued
  readonly #stats: RestoreStats
  #window = ''
  /** Codes that begin before this offset of the window have been counted. */
  #counted = 0

  constructor(issued: Issued, stats: RestoreStats) {
    this.#issued = issued
    this.#stats = stats
  }

  push(text: string): void {
    this.#window += text
    if (this.#window.length >= WINDOW) this.#count(this.#window.length - OVERLAP)
  }

  end(): void {
    if (this.#window !== '') this.#count(this.#window.length)
  }

  /** Counts what begins before `until` and lets go of all but the overlap. */
  #count(until: number): void {
    for (const { start, code, strict } of scanLookalikes(this.#window, this.#issued.knownTypes)) {
      if (start < this.#counted || start >= until || !strict) continue
      if (this.#issued.surfaceOf(code) === undefined) this.#stats.invented++
    }
    const from = Math.max(0, until - OVERLAP)
    this.#window = this.#window.slice(from)
    this.#counted = until - from
  }
}
