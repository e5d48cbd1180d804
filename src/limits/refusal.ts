import { errors } from '../errors.ts'

export type Exceeded =
  | {
      readonly kind: 'requests' | 'tokens' | 'budget' | 'concurrency'
      readonly limit: number
      readonly remaining: number
      /** Until it is worth another try. Milliseconds. */
      readonly resetMs: number
    }
  | { readonly kind: 'price'; readonly currency: string }

/** SDKs of OpenAI's newer generation ignore longer waits and use their own; older ones would wait for hours. */
const MAX_WAIT_MS = 60_000

/**
 * The refusal with the headers that SDKs read: `retry-after-ms` before `retry-after` (seconds), OpenAI's
 * `x-ratelimit-*`. What is not over within a minute is not worth a retry, and `x-should-retry` says so.
 */
export function limitExceeded(exceeded: Exceeded): Error {
  if (exceeded.kind === 'price') return new errors.PriceUnknown(exceeded.currency)
  const { kind, limit, remaining, resetMs } = exceeded
  const error = errorOf(kind, Math.ceil(resetMs / 1000))
  const waitMs = Math.max(1, Math.ceil(resetMs))
  const unit = kind === 'tokens' ? 'tokens' : 'requests'
  const headers: Record<string, string> = {
    'retry-after': String(Math.ceil(waitMs / 1000)),
    'retry-after-ms': String(waitMs),
    'x-should-retry': waitMs <= MAX_WAIT_MS ? 'true' : 'false'
  }
  if (kind !== 'budget') {
    headers[`x-ratelimit-limit-${unit}`] = String(limit)
    headers[`x-ratelimit-remaining-${unit}`] = String(Math.floor(remaining))
    headers[`x-ratelimit-reset-${unit}`] = duration(waitMs)
  }
  return Object.assign(error, { headers })
}

function errorOf(kind: 'requests' | 'tokens' | 'budget' | 'concurrency', seconds: number): Error {
  if (kind === 'requests') return new errors.RateExceeded(String(seconds))
  if (kind === 'concurrency') return new errors.StreamsExceeded()
  return new errors.BudgetExceeded(kind === 'tokens' ? 'tokens' : 'money')
}

/** As OpenAI writes it: `850ms`, `7s`, `6m0s`, `13h2m0s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`
  const seconds = Math.ceil(ms / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  return `${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${s}s`
}
