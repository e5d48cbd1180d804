import type { PriceConfig } from './schema.ts'

/** Token counts as providers report them. */
export interface Spent {
  readonly inputTokens?: number
  readonly outputTokens?: number
  /** Part of the input tokens. */
  readonly cachedInputTokens?: number
}

export interface Price {
  readonly currency: string
  /** Day from which it holds, `2026-11-01`: the version of the price list. */
  readonly from: string
  /** What tokens cost, in millionths of the currency, rounded up. */
  microOf(spent: Spent): number
}

/** What tokens cost, by the price of a day. */
export interface Cost {
  readonly currency: string
  /** Millionths of the currency. */
  readonly micro: number
  /** Day from which the price holds. */
  readonly from: string
}

/** Prices that were looked up on a day: more names than these are no real models. */
const MAX_KNOWN = 1000

/** Prices by day: for a deployment before all others, exact names before patterns, the longest pattern, the latest day. */
export class Prices {
  readonly #prices: readonly PriceConfig[]
  #day = ''
  /** Of that day, by deployment and model. */
  readonly #known = new Map<string, Price | null>()

  constructor(prices: readonly PriceConfig[]) {
    this.#prices = prices
  }

  /** @param model attacker-controlled. @returns null when no price is known for that day */
  find(deployment: string, model: string, nowMs: number): Price | null {
    if (this.#prices.length === 0) return null
    const day = new Date(nowMs).toISOString().slice(0, 10)
    if (day !== this.#day || this.#known.size >= MAX_KNOWN) this.#known.clear()
    this.#day = day
    const key = `${deployment} ${model}`
    let price = this.#known.get(key)
    if (price === undefined) {
      price = this.#look(deployment, model, day)
      this.#known.set(key, price)
    }
    return price
  }

  /**
   * What was used at a deployment cost.
   * @param model null: the request named none
   * @returns null when the price or the use is not known
   */
  costOf(deployment: string, model: string | null, spent: Spent, nowMs: number): Cost | null {
    if (spent.inputTokens === undefined && spent.outputTokens === undefined) return null
    const price = model === null ? null : this.find(deployment, model, nowMs)
    return price && { currency: price.currency, micro: price.microOf(spent), from: price.from }
  }

  #look(deployment: string, model: string, day: string): Price | null {
    let best: { price: PriceConfig; rank: number } | null = null
    for (const price of this.#prices) {
      if (price.from > day) continue
      if (price.deployment !== undefined && price.deployment !== deployment) continue
      const match = Math.max(...price.models.map(name => matchLength(name, model)))
      if (match < 0) continue
      const rank = (price.deployment === undefined ? 0 : 1000) + match
      const isBetter =
        best === null || rank > best.rank || (rank === best.rank && price.from > best.price.from)
      if (isBetter) best = { price, rank }
    }
    return best === null ? null : priceOf(best.price)
  }
}

/** Longer is better, an exact name best; -1 when it does not match. */
function matchLength(name: string, model: string): number {
  if (!name.endsWith('*')) return name === model ? 500 : -1
  return model.startsWith(name.slice(0, -1)) ? name.length : -1
}

function priceOf({ currency, from, input, output, cachedInput = input }: PriceConfig): Price {
  return {
    currency,
    from,
    // An amount per million tokens is millionths of the currency per token.
    microOf: ({ inputTokens = 0, outputTokens = 0, cachedInputTokens = 0 }) => {
      const cached = Math.min(cachedInputTokens, inputTokens)
      return Math.ceil((inputTokens - cached) * input + cached * cachedInput + outputTokens * output)
    }
  }
}
