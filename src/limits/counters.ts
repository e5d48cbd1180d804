import type { Clock } from '../core/clock.ts'

export interface Counted {
  readonly total: number
  /** Until the counter starts anew. Milliseconds. */
  readonly endsInMs: number
}

/** What limits are counted with. Keys are made of configured ids only. */
export interface Counters {
  /** Adds to a counter, which ends `windowMs` after it began. Negative amounts give back; it stays ≥ 0. */
  add(key: string, amount: number, windowMs: number): Promise<Counted>
  /** Adds only if the total stays within the limit; else nothing is added and `total` is what it was. */
  reserve(
    key: string,
    amount: number,
    limit: number,
    windowMs: number
  ): Promise<Counted & { readonly granted: boolean }>
  /** Takes one of `limit` places until it is released, or not renewed for `leaseMs`. False when all are taken. */
  acquire(key: string, lease: string, limit: number, leaseMs: number): Promise<boolean>
  renew(key: string, lease: string, leaseMs: number): Promise<void>
  release(key: string, lease: string): Promise<void>
  close(): Promise<void>
}

interface Counter {
  total: number
  readonly endsAt: number
}

/** Ended counters are looked for each time so many were made: the number of live ones is that of apps and keys. */
const SWEEP_EVERY = 1000

/** Counters of one gateway. */
export class MemoryCounters implements Counters {
  readonly #clock: Clock
  readonly #counters = new Map<string, Counter>()
  readonly #leases = new Map<string, Set<string>>()
  #made = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async add(key: string, amount: number, windowMs: number): Promise<Counted> {
    const counter = this.#counter(key, windowMs)
    counter.total = Math.max(0, counter.total + amount)
    return this.#counted(counter)
  }

  async reserve(
    key: string,
    amount: number,
    limit: number,
    windowMs: number
  ): Promise<Counted & { granted: boolean }> {
    const counter = this.#counter(key, windowMs)
    const granted = counter.total + amount <= limit
    if (granted) counter.total += amount
    return { ...this.#counted(counter), granted }
  }

  async acquire(key: string, lease: string, limit: number): Promise<boolean> {
    const leases = this.#leases.get(key) ?? new Set()
    if (leases.size >= limit) return false
    this.#leases.set(key, leases.add(lease))
    return true
  }

  /** A lease of this process ends with its release. */
  async renew(): Promise<void> {}

  async release(key: string, lease: string): Promise<void> {
    const leases = this.#leases.get(key)
    leases?.delete(lease)
    if (leases?.size === 0) this.#leases.delete(key)
  }

  async close(): Promise<void> {}

  #counter(key: string, windowMs: number): Counter {
    const now = this.#clock.monotonic()
    const known = this.#counters.get(key)
    if (known !== undefined && known.endsAt > now) return known
    const made = { total: 0, endsAt: now + windowMs }
    this.#counters.set(key, made)
    if (++this.#made % SWEEP_EVERY === 0)
      for (const [name, { endsAt }] of this.#counters) if (endsAt <= now) this.#counters.delete(name)
    return made
  }

  #counted({ total, endsAt }: Counter): Counted {
    return { total, endsInMs: Math.max(0, endsAt - this.#clock.monotonic()) }
  }
}
