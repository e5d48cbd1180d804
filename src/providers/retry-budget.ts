/** Retries that may be saved up: a burst of failures after a quiet time is bounded too. */
const MAX_SAVED = 10

/**
 * Bounds further attempts to a share of the requests, so that a gateway never multiplies the load on providers that
 * already fail. Some are there at the start.
 */
export class RetryBudget {
  readonly #share: number
  #saved = MAX_SAVED

  /** @param share 0–1: further attempts per request in the long run */
  constructor(share: number) {
    this.#share = share
    if (share === 0) this.#saved = 0
  }

  /** A request came. */
  earn(): void {
    this.#saved = Math.min(MAX_SAVED, this.#saved + this.#share)
  }

  /** True when one further attempt may be made; it is spent then. */
  spend(): boolean {
    if (this.#saved < 1) return false
    this.#saved--
    return true
  }
}
