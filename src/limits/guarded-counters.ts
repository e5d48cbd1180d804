import { errors } from '../errors.ts'
import type { Counted, Counters } from './counters.ts'

/**
 * Shared counters that may be gone. Then either the request is refused with a typed 503, which SDKs retry, or this gateway
 * counts alone until they are back: with n gateways an app may then use up to n times its limit.
 */
export class GuardedCounters implements Counters {
  readonly #shared: Counters
  /** Null: refuse. */
  readonly #local: Counters | null

  constructor(shared: Counters, local: Counters | null) {
    this.#shared = shared
    this.#local = local
  }

  add(key: string, amount: number, windowMs: number): Promise<Counted> {
    return this.#either(counters => counters.add(key, amount, windowMs))
  }

  reserve(
    key: string,
    amount: number,
    limit: number,
    windowMs: number
  ): Promise<Counted & { granted: boolean }> {
    return this.#either(counters => counters.reserve(key, amount, limit, windowMs))
  }

  acquire(key: string, lease: string, limit: number, leaseMs: number): Promise<boolean> {
    return this.#either(counters => counters.acquire(key, lease, limit, leaseMs))
  }

  renew(key: string, lease: string, leaseMs: number): Promise<void> {
    return this.#either(counters => counters.renew(key, lease, leaseMs))
  }

  async release(key: string, lease: string): Promise<void> {
    await Promise.allSettled([this.#shared.release(key, lease), this.#local?.release(key, lease)])
  }

  async close(): Promise<void> {
    await this.#shared.close()
  }

  /** @throws errors.LimitsUnavailable */
  async #either<T>(use: (counters: Counters) => Promise<T>): Promise<T> {
    try {
      return await use(this.#shared)
    } catch (cause) {
      if (this.#local !== null) return use(this.#local)
      throw Object.assign(new errors.LimitsUnavailable(), { cause })
    }
  }
}
