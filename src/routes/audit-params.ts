import { DIMENSION_NAMES } from '../audit/index/dimensions.ts'
import { FILTER_PARAMS, type FilterParams, one } from '../audit/index/filter.ts'
import type { Order } from '../audit/index/page.ts'
import { errors } from '../errors.ts'

export const AUDIT_PATHS = {
  events: '/audit/events',
  event: '/audit/events/:id',
  proof: '/audit/events/:id/proof',
  aggregates: '/audit/aggregates',
  findings: '/audit/findings',
  completeness: '/audit/completeness',
  export: '/audit/exports/events',
  openapi: '/audit/openapi.json'
} as const

export const DEFAULT_LIMIT = 100
/** A page of this many events is about 1.5 MB. */
export const MAX_LIMIT = 1000

const FILTERS: readonly string[] = [...DIMENSION_NAMES, ...FILTER_PARAMS]

/**
 * A misspelt filter would answer another question than was asked.
 * @throws errors.AuditQueryInvalid
 */
export function checkNames(params: FilterParams, more: readonly string[], filters = FILTERS): void {
  if (Object.keys(params).some(name => !filters.includes(name) && !more.includes(name)))
    throw new errors.AuditQueryInvalid('names', 'those of this question')
}

export function limitOf(params: FilterParams): number {
  const text = one(params, 'limit') ?? String(DEFAULT_LIMIT)
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT)
    throw new errors.AuditQueryInvalid('limit', `an integer from 1 to ${MAX_LIMIT}`)
  return limit
}

export function orderOf(params: FilterParams): Order {
  const order = one(params, 'order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') throw new errors.AuditQueryInvalid('order', 'asc or desc')
  return order
}
