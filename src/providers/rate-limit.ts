/** A provider may ask to be left alone this long at most: a wrong header must not stop a deployment for hours. */
const MAX_PAUSE_MS = 60_000

/**
 * For how long a provider asks to be left alone: `retry-after-ms`, `retry-after` (seconds) with 429 and 503, and
 * `x-ratelimit-reset-*` once `x-ratelimit-remaining-*` of requests or tokens is 0 (OpenAI's headers, also of compatible
 * servers). Dates are not read: clocks differ.
 * @param headers attacker-controlled
 * @returns milliseconds from 0 to 60,000
 */
export function pauseMs(status: number | undefined, headers: ReadonlyMap<string, string>): number {
  const pauses = [0]
  if (status === 429 || status === 503) {
    pauses.push(numberOf(headers.get('retry-after-ms')), numberOf(headers.get('retry-after')) * 1000)
  }
  for (const unit of ['requests', 'tokens']) {
    if (headers.get(`x-ratelimit-remaining-${unit}`)?.trim() === '0')
      pauses.push(durationMs(headers.get(`x-ratelimit-reset-${unit}`)))
  }
  return Math.min(MAX_PAUSE_MS, Math.max(...pauses))
}

function numberOf(text: string | undefined): number {
  return text !== undefined && /^\s*\d{1,9}(\.\d{1,6})?\s*$/.test(text) ? Number(text) : 0
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1]
])

/** `6m0s`, `1.5s`, `250ms`; a number alone is seconds. What is none is 0. */
function durationMs(text: string | undefined): number {
  if (text === undefined || text.length > 40) return 0
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,6})?)(ms|h|m|s)/g)]
  if (parts.length === 0) return numberOf(text) * 1000
  return parts.reduce((sum, [, value, unit]) => sum + Number(value) * (UNITS.get(unit ?? '') ?? 0), 0)
}
