import { canonicalHash } from '../../core/canonical-json.ts'
import { errors } from '../../errors.ts'
import { DIMENSION_NAMES } from './dimensions.ts'
import { DAY_MS } from './rollup.ts'

/** Which events are asked for. All conditions must hold; of several values of one dimension, one must. */
export interface AuditFilter {
  /** From here on, in milliseconds since the epoch. */
  readonly fromMs?: number
  /** Up to, not including. */
  readonly toMs?: number
  readonly values: ReadonlyMap<string, readonly string[]>
  /** Dimensions of which the event has no value, e.g. `contract`. */
  readonly missing: readonly string[]
  readonly requestId?: string
  /** Positions in one log, half-open. The answer is then in the order of the log. */
  readonly leaves?: { readonly log: string; readonly from: number; readonly to: number }
}

/** Query parameters, as a URL or the command line gives them. Attacker-controlled. */
export type FilterParams = Readonly<Record<string, string | readonly string[] | undefined>>

/** Parameters of filters that are no dimension. */
export const FILTER_PARAMS = ['from', 'to', 'missing', 'request_id', 'from_leaf', 'to_leaf'] as const

/** Values of one dimension in one question; the answer to more is better taken in parts. */
const MAX_VALUES = 100
const MAX_VALUE_CHARS = 300
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * Reads a filter. Values of a dimension are repeated or separated by commas; times are dates (UTC) or RFC 3339.
 * @throws errors.AuditQueryInvalid naming the parameter, never its value
 */
export function parseFilter(params: FilterParams): AuditFilter {
  const values = new Map<string, readonly string[]>()
  for (const name of DIMENSION_NAMES) {
    const list = listOf(params, name)
    if (list.length > 0) values.set(name, list)
  }
  const missing = listOf(params, 'missing')
  if (missing.some(name => !DIMENSION_NAMES.includes(name))) {
    throw new errors.AuditQueryInvalid('missing', 'names of filters, e.g. contract,dpa')
  }
  const fromMs = timeOf(params, 'from')
  const toMs = timeOf(params, 'to')
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw new errors.AuditQueryInvalid('to', 'later than from')
  const requestId = one(params, 'request_id')
  if (requestId !== undefined && !UUID.test(requestId))
    throw new errors.AuditQueryInvalid('request_id', 'a UUID in lower case')
  const leaves = leavesOf(params, values)
  return {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    values,
    missing,
    ...(requestId === undefined ? {} : { requestId }),
    ...(leaves === undefined ? {} : { leaves })
  }
}

/** `sha256:…` of the filter in canonical form: what the record of a query keeps of it. */
export function filterHash(filter: AuditFilter, more: Readonly<Record<string, unknown>> = {}): string {
  return canonicalHash({ ...filter, ...more, values: Object.fromEntries(filter.values) })
}

function leavesOf(params: FilterParams, values: AuditFilter['values']): AuditFilter['leaves'] {
  const from = integerOf(params, 'from_leaf')
  const to = integerOf(params, 'to_leaf')
  if (from === undefined && to === undefined) return undefined
  const [log, ...others] = values.get('log') ?? []
  if (log === undefined || others.length > 0)
    throw new errors.AuditQueryInvalid('log', 'one log when from_leaf or to_leaf is given')
  return { log, from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER }
}

function integerOf(params: FilterParams, name: string): number | undefined {
  const text = one(params, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new errors.AuditQueryInvalid(name, 'an integer from 0 up')
  return Number(text)
}

function timeOf(params: FilterParams, name: string): number | undefined {
  const text = one(params, name)
  if (text === undefined) return undefined
  const ms = DATE.test(text) || TIME.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isSafeInteger(ms) || ms < 0)
    throw new errors.AuditQueryInvalid(
      name,
      'a date like 2026-10-01 (UTC) or a time like 2026-10-01T08:00:00Z'
    )
  return ms
}

/** True when both ends of the period are days: only then sums of days answer for it. */
export function isWholeDays(filter: AuditFilter): boolean {
  return (filter.fromMs ?? 0) % DAY_MS === 0 && (filter.toMs ?? 0) % DAY_MS === 0
}

export function one(params: FilterParams, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw new errors.AuditQueryInvalid(name, 'given once')
  return value
}

/** Sorted, each once. */
export function listOf(params: FilterParams, name: string): string[] {
  const value = params[name]
  if (value === undefined) return []
  const list = (typeof value === 'string' ? [value] : value).flatMap(part => part.split(','))
  const found = [...new Set(list.filter(part => part !== ''))].sort()
  if (found.length > MAX_VALUES || found.some(part => part.length > MAX_VALUE_CHARS))
    throw new errors.AuditQueryInvalid(name, `at most ${MAX_VALUES} values of ${MAX_VALUE_CHARS} characters`)
  return found
}
