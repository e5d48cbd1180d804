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

/** Prices by day: for a deployment before all others, exact names before patterns, the longest pattern, the latest day. */
export class Prices {
  readonly #prices: readonly PriceConfig[]

  constructor(prices: readonly PriceConfig[]) {
    this.#prices = prices
  }

  /** @param model attacker-controlled. @returns null when no price is known for that day */
  find(deployment: string | null, model: string, nowMs: number): Price | null {
    const day = new Date(nowMs).toISOString().slice(0, 10)
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
