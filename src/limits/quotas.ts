import { randomUUID } from 'node:crypto'
import type { App } from '../apps/registry.ts'
import type { Clock } from '../core/clock.ts'
import type { Counters } from './counters.ts'
import type { Cost, Prices, Spent } from './prices.ts'
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
  /** Deployments it may go to, and the model each is asked for; null where a request names none. */
  readonly targets: readonly { readonly deployment: string; readonly model: string | null }[]
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
  readonly actual: (used: Used) => number
}

/** What the attempts of a request used together. */
interface Used {
  readonly tokens: number
  /** Millionths of the budget's currency. */
  readonly micro: number
}

/** The share of one request in its app's limits. */
export interface Ticket {
  /**
   * An attempt was sent, and used this; what it used unknown, the estimate stays. Attempts add up.
   * @param cost by the price of its deployment
   */
  spent(usage: Spent, cost: Cost | null): void
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

  async #begin({ app, targets, stream, bytes }: QuotaRequest): Promise<Ticket> {
    const { counters, onFault } = this.#deps
    const taken: Reservation[] = []
    const release = stream ? await this.#takePlace(app) : null
    try {
      await this.#reserve(app, targets, Math.ceil(bytes / BYTES_PER_TOKEN), taken)
    } catch (error) {
      release?.()
      for (const { key, amount, windowMs } of taken) counters.add(key, -amount, windowMs).catch(onFault)
      throw error
    }
    let total: Used = { tokens: 0, micro: 0 }
    let isUnknown = false
    return {
      spent: (usage, cost) => {
        isUnknown ||= usage.inputTokens === undefined && usage.outputTokens === undefined
        total = { tokens: total.tokens + tokensOf(usage), micro: total.micro + (cost?.micro ?? 0) }
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
    targets: QuotaRequest['targets'],
    input: number,
    taken: Reservation[]
  ): Promise<void> {
    const now = this.#deps.clock.now()
    const estimate: Spent = { inputTokens: input, outputTokens: RESERVED_OUTPUT }
    const { tokensPerDay, tokensPerMonth, costPerDay, costPerMonth, currency } = limits
    const isPriced = costPerDay !== undefined || costPerMonth !== undefined
    const estimated: Used = {
      tokens: tokensOf(estimate),
      micro: isPriced ? this.#dearest(targets, currency, estimate, now) : 0
    }
    const tokens = (used: Used): number => used.tokens
    const micro = (used: Used): number => used.micro
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
      const amount = actual(estimated)
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

  /**
   * What the estimate costs where it costs most: which deployment takes the request is not known yet.
   * @throws errors.PriceUnknown: a budget that can't be counted can't hold
   */
  #dearest(targets: QuotaRequest['targets'], currency: string, estimate: Spent, now: number): number {
    const costs = targets.map(({ deployment, model }) => {
      if (model === null) return 0
      const cost = this.#deps.prices.costOf(deployment, model, estimate, now)
      if (cost?.currency !== currency) throw limitExceeded({ kind: 'price', currency })
      return cost.micro
    })
    return Math.max(0, ...costs)
  }
}

function tokensOf({ inputTokens = 0, outputTokens = 0 }: Spent): number {
  return inputTokens + outputTokens
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
