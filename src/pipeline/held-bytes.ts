import type { ByteBudget } from '../core/budget.ts'
import { errors } from '../errors.ts'

/** What one answer holds of the budget of all requests. */
export class HeldBytes {
  readonly #budget: ByteBudget
  #bytes = 0

  constructor(budget: ByteBudget) {
    this.#budget = budget
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Answers for this many bytes. @throws errors.Overloaded */
  set(bytes: number): void {
    const budget = this.#budget
    if (bytes > this.#bytes && !budget.reserve(bytes - this.#bytes))
      throw new errors.Overloaded(`${budget.limit} bytes`)
    if (bytes < this.#bytes) budget.release(this.#bytes - bytes)
    this.#bytes = bytes
  }
}
