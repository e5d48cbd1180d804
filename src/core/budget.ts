/**
 * A bound on the bytes that all requests together may hold in memory. Whoever wants to buffer reserves first and is
 * refused when the bound would be passed; nothing waits. Counts are integers ≥ 0, and `used` never leaves 0…limit.
 */
export class ByteBudget {
  readonly limit: number
  #used = 0

  /** @param limit bytes, an integer ≥ 0 */
  constructor(limit: number) {
    if (!isCount(limit)) throw new RangeError('a byte budget needs a limit that is an integer from 0 up')
    this.limit = limit
  }

  /** Bytes reserved now. */
  get used(): number {
    return this.#used
  }

  /** Reserves `bytes` and returns true, or reserves nothing and returns false. */
  reserve(bytes: number): boolean {
    if (!isCount(bytes)) throw new RangeError('only whole bytes can be reserved')
    if (this.#used + bytes > this.limit) return false
    this.#used += bytes
    return true
  }

  /** Gives back what was reserved. Giving back more is a fault of the caller and throws a RangeError. */
  release(bytes: number): void {
    if (!isCount(bytes) || bytes > this.#used) throw new RangeError('more bytes released than reserved')
    this.#used -= bytes
  }

  /** A share for one request: grows as it buffers and gives everything back at once, however it ends. */
  lease(): Lease {
    return new Lease(this)
  }
}

/** The share of one request in a budget. */
export class Lease {
  readonly #budget: ByteBudget
  #bytes = 0
  #closed = false

  constructor(budget: ByteBudget) {
    this.#budget = budget
  }

  /** Bytes held by this lease. */
  get bytes(): number {
    return this.#bytes
  }

  /** Reserves more; false when the budget is used up or the lease is closed. */
  grow(bytes: number): boolean {
    if (this.#closed || !this.#budget.reserve(bytes)) return false
    this.#bytes += bytes
    return true
  }

  /** Gives back a part. @throws RangeError for more than the lease holds */
  shrink(bytes: number): void {
    if (bytes > this.#bytes) throw new RangeError('more bytes released than reserved')
    this.#budget.release(bytes)
    this.#bytes -= bytes
  }

  /** Gives everything back. May be called again. */
  close(): void {
    this.#closed = true
    this.#budget.release(this.#bytes)
    this.#bytes = 0
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
