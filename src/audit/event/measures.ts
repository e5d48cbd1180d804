import type { SizeBucket, TokenUsage } from './schema.ts'
import { SIZE_BUCKETS } from './values.ts'

/** Measured values as records take them: integers, and sizes only as ranges. */

/** The range a size in bytes falls in: from 1 KiB up each bound is four times the one before. */
export function sizeBucket(bytes: number): SizeBucket {
  let bucket = 0
  for (let bound = 1024; bytes >= bound && bucket < SIZE_BUCKETS.length - 1; bound *= 4) bucket++
  return SIZE_BUCKETS[bucket] as SizeBucket
}

export function wholeMs(ms: number): number {
  return Math.max(0, Math.round(ms))
}

/** Token counts as integers. Attacker-controlled: what is no integer from 0 up is left out. */
export function tokenUsage(usage: { readonly [K in keyof TokenUsage]?: unknown }): TokenUsage {
  const out: TokenUsage = {}
  for (const key of ['cached_input_tokens', 'input_tokens', 'output_tokens', 'reasoning_tokens'] as const) {
    const value = usage[key]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) out[key] = value
  }
  return out
}
