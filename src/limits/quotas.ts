import { randomUUID } from 'node:crypto'
import type { App } from '../apps/registry.ts'
import type { Clock } from '../core/clock.ts'
import type { Counters } from './counters.ts'
import type { Price, Prices, Spent } from './prices.ts'
import { type Exceeded, limitExceeded } from './refusal.ts'
import type { LimitKind } from './refusals.ts'

/** A stream whose gateway died gives its place back after this. */
const LEASE_MS = 60_000
/** Tokens of an answer that are set aside until they are known: enough for most, so that a budget holds under load. */
const RESERVED_OUTPUT = 1000
/** Rough, on the safe side: texts of European languages have about four bytes per token. */
const BYTES_PER_TOKEN = 4

export interface QuotaRequest {
  readonly app: App
  readonly model: string
  readonly stream: boolean
  /** Size of the body. */
  readonly bytes: number
}

export interface QuotaDeps {
  readonly counters: Counters
  readonly prices: Prices
  readonly clock: Clock
  /** A count could not be corrected; the estimate stays. */
  readonly onFault: () => void
  /** A request was refused. */
  readonly onRefused: (appId: string, limit: LimitKind) => void
}

/** What was set aside for one request. */
interface Reservation {
  readonly key: string
  readonly windowMs: number
  readonly amount: number
  /** What it really was. */
  readonly actual: (spent: Spent) => number
}

/** The share of one request in its app's limits. */
export interface Ticket {
  /** An attempt was sent, and used this; what it used unknown, the estimate stays. Attempts add up. */
  spent(usage: Spent): void
  /** The request is over, however it ended: gives its place back, and what was set aside and not used. */
  end(): void
}

/** Budgets of tokens and money, and places for streams, by app. Requests of apps without any cost nothing here. */
export class Quotas {
  readonly #deps: QuotaDeps

  constructor(deps: QuotaDeps) {
    this.#deps = deps
  }

  /**
   * Takes the request's share, or refuses it.
   * @returns null when the app has no such limits
   * @throws errors.StreamsExceeded, BudgetExceeded, PriceUnknown, LimitsUnavailable
   */
  begin(request: QuotaRequest): Promise<Ticket> | null {
    const { limits } = request.app
    if (limits === undefined) return null
    const hasBudget = [
      limits.tokensPerDay,
      limits.tokensPerMonth,
      limits.costPerDay,
      limits.costPerMonth
    ].some(limit => limit !== undefined)
    const isCounted = request.stream && limits.concurrentStreams !== undefined
    return hasBudget || isCounted ? this.#begin(request) : null
  }

  async #begin({ app, model, stream, bytes }: QuotaRequest): Promise<Ticket> {
    const { counters, onFault } = this.#deps
    const taken: Reservation[] = []
    const release = stream ? await this.#takePlace(app) : null
    try {
      await this.#reserve(app, model, Math.ceil(bytes / BYTES_PER_TOKEN), taken)
    } catch (error) {
      release?.()
      for (const { key, amount, windowMs } of taken) counters.add(key, -amount, windowMs).catch(onFault)
      throw error
    }
    let total: Spent = {}
    let isUnknown = false
    return {
      spent: usage => {
        isUnknown ||= usage.inputTokens === undefined && usage.outputTokens === undefined
        total = sum(total, usage)
      },
      end: () => {
        release?.()
        if (isUnknown) return
        for (const { key, amount, windowMs, actual } of taken)
          counters.add(key, actual(total) - amount, windowMs).catch(onFault)
      }
    }
  }

  /** @throws errors.StreamsExceeded */
  async #takePlace({ id, limits }: App): Promise<(() => void) | null> {
    const limit = limits?.concurrentStreams
    if (limit === undefined) return null
    const { counters, onFault } = this.#deps
    const [key, lease] = [`streams:${id}`, randomUUID()]
    if (!(await counters.acquire(key, lease, limit, LEASE_MS)))
      throw this.#refusal(id, { kind: 'concurrency', limit, remaining: 0, resetMs: 1000 })
    const renewing = setInterval(
      () => void counters.renew(key, lease, LEASE_MS).catch(onFault),
      LEASE_MS / 3
    ).unref()
    return () => {
      clearInterval(renewing)
      counters.release(key, lease).catch(onFault)
    }
  }

  /** @throws errors.BudgetExceeded, PriceUnknown */
  async #reserve(
    { id, limits = { currency: 'EUR' } }: App,
    model: string,
    input: number,
    taken: Reservation[]
  ): Promise<void> {
    const now = this.#deps.clock.now()
    const estimate: Spent = { inputTokens: input, outputTokens: RESERVED_OUTPUT }
    const tokens = ({ inputTokens = 0, outputTokens = 0 }: Spent): number => inputTokens + outputTokens
    const { tokensPerDay, tokensPerMonth, costPerDay, costPerMonth, currency } = limits
    const price =
      costPerDay === undefined && costPerMonth === undefined ? null : this.#price(model, currency, now)
    const micro = price === null ? tokens : (spent: Spent) => price.microOf(spent)
    const budgets = [
      { name: 'tokens', period: dayOf(now), limit: tokensPerDay, actual: tokens },
      { name: 'tokens', period: monthOf(now), limit: tokensPerMonth, actual: tokens },
      { name: 'cost', period: dayOf(now), limit: costPerDay && costPerDay * 1e6, actual: micro },
      { name: 'cost', period: monthOf(now), limit: costPerMonth && costPerMonth * 1e6, actual: micro }
    ]
    for (const { name, period, limit, actual } of budgets) {
      if (limit === undefined) continue
      const key = `${name}:${id}:${period.name}`
      const windowMs = period.endsAt - now
      const amount = actual(estimate)
      const { granted, total } = await this.#deps.counters.reserve(key, amount, limit, windowMs)
      if (!granted) {
        const remaining = Math.max(0, limit - total)
        throw this.#refusal(id, {
          kind: name === 'cost' ? 'budget' : 'tokens',
          limit,
          remaining,
          resetMs: windowMs
        })
      }
      taken.push({ key, amount, windowMs, actual })
    }
  }

  #refusal(appId: string, exceeded: Exclude<Exceeded, { kind: 'price' }>): Error {
    this.#deps.onRefused(appId, exceeded.kind)
    return limitExceeded(exceeded)
  }

  /** @throws errors.PriceUnknown: a budget that can't be counted can't hold */
  #price(model: string, currency: string, now: number): Price {
    const price = this.#deps.prices.find(null, model, now)
    if (price === null || price.currency !== currency) throw limitExceeded({ kind: 'price', currency })
    return price
  }
}

function sum(a: Spent, b: Spent): Spent {
  return {
    inputTokens: (a.inputTokens ?? 0) + (b.inputTokens ?? 0),
    outputTokens: (a.outputTokens ?? 0) + (b.outputTokens ?? 0),
    cachedInputTokens: (a.cachedInputTokens ?? 0) + (b.cachedInputTokens ?? 0)
  }
}

/** A day or month of UTC, with the moment it ends. */
interface Period {
  readonly name: string
  readonly endsAt: number
}

function dayOf(now: number): Period {
  const date = new Date(now)
  const endsAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
  return { name: date.toISOString().slice(0, 10), endsAt }
}

function monthOf(now: number): Period {
  const date = new Date(now)
  return {
    name: date.toISOString().slice(0, 7),
    endsAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
  }
}
