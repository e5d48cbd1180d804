/** When a failing deployment is left alone. */
export interface BreakerLimits {
  /** Fewer attempts in the window say nothing. */
  readonly minRequests: number
  /** 0–1: from this share of failures in the window on it opens. */
  readonly failureShare: number
  readonly windowMs: number
  /** How long nothing is tried before one attempt probes. */
  readonly openMs: number
}

export type BreakerState = 'closed' | 'open' | 'half_open'

/** Parts of the window: what is older than the window goes a tenth at a time. */
const SLICES = 10

/**
 * Counts failures over a sliding window. Open: nothing is tried for `openMs`; then one attempt may probe: if it succeeds
 * the breaker closes, else it is open again. Attempts may last minutes: what began before the last change of state tells
 * of the time before it and is not counted, above all not as the probe's result.
 */
export class Breaker {
  readonly #limits: BreakerLimits
  readonly #totals: number[] = Array.from({ length: SLICES }, () => 0)
  readonly #failed: number[] = Array.from({ length: SLICES }, () => 0)
  #slice = 0
  #state: BreakerState = 'closed'
  #openUntil = 0
  /** The claim of the attempt that probes; null when none does. */
  #probe: number | null = null
  /** Grows with each change of state and each probe, so that a claim tells when it was made. */
  #era = 0

  constructor(limits: BreakerLimits) {
    this.#limits = limits
  }

  get state(): BreakerState {
    return this.#state
  }

  /**
   * Whether an attempt may begin; if so it counts as begun, so that of several at once only one probes.
   * @param now monotonic milliseconds
   * @returns what `ended` or `abandoned` is told, once; null when nothing may begin
   */
  claim(now: number): number | null {
    if (this.#state === 'closed') return this.#era
    if (this.#state === 'open' && now >= this.#openUntil) this.#state = 'half_open'
    if (this.#state === 'open' || this.#probe !== null) return null
    return (this.#probe = ++this.#era)
  }

  /** The attempt ended without telling anything. */
  abandoned(claim: number): void {
    if (claim === this.#probe) this.#probe = null
  }

  ended(claim: number, ok: boolean, now: number): void {
    if (claim !== this.#era) return
    if (this.#state === 'half_open') {
      if (ok) this.#close(now)
      else this.#open(now)
      return
    }
    this.#turn(now)
    const at = this.#slice % SLICES
    this.#totals[at] = (this.#totals[at] ?? 0) + 1
    if (!ok) this.#failed[at] = (this.#failed[at] ?? 0) + 1
    const total = sum(this.#totals)
    if (total >= this.#limits.minRequests && sum(this.#failed) >= total * this.#limits.failureShare && !ok)
      this.#open(now)
  }

  #open(now: number): void {
    this.#state = 'open'
    this.#era++
    this.#probe = null
    this.#openUntil = now + this.#limits.openMs
  }

  #close(now: number): void {
    this.#state = 'closed'
    this.#era++
    this.#probe = null
    this.#totals.fill(0)
    this.#failed.fill(0)
    this.#turn(now)
  }

  /** Empties the slices that lie between the last result and now. */
  #turn(now: number): void {
    const slice = Math.floor(now / (this.#limits.windowMs / SLICES))
    const passed = Math.min(slice - this.#slice, SLICES)
    for (let i = 1; i <= passed; i++) {
      this.#totals[(this.#slice + i) % SLICES] = 0
      this.#failed[(this.#slice + i) % SLICES] = 0
    }
    this.#slice = slice
    if (passed >= SLICES) {
      this.#totals.fill(0)
      this.#failed.fill(0)
    }
  }
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
