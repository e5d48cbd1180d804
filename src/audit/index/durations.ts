import { errors } from '../../errors.ts'
import {
  type Aggregate,
  checkGroups,
  checkWholeDays,
  grouped,
  keyAt,
  MAX_PARTS,
  startColumn,
  TIME_GROUPS
} from './aggregate.ts'
import { TIMED_BY } from './dimensions.ts'
import type { AuditFilter } from './filter.ts'
import { EARLIEST_MS, LATEST_MS, matchingFacets } from './matching.ts'
import { sql } from './sql.ts'
import { numberAt, type IndexStore } from './store.ts'

/** How long events of one combination of values took, in milliseconds: exact below 64 ms, within 1.6 % above. */
export interface Durations {
  readonly key: Aggregate['key']
  /** Those that say how long they took. */
  readonly events: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/**
 * Percentiles (nearest rank) of how long attempts took, over whole days.
 * @param by names out of `TIMED_BY`, `day` or `month`; each at most once
 * @throws errors.AuditQueryInvalid for other names, in `by` or in the filter, for periods that are no whole days, and for
 *   more than 400,000 sums
 */
export async function durations(
  store: IndexStore,
  filter: AuditFilter,
  by: readonly string[]
): Promise<readonly Durations[]> {
  checkGroups(by, [...TIME_GROUPS, ...TIMED_BY])
  if ([...filter.values.keys(), ...filter.missing].some(name => !TIMED_BY.has(name)))
    throw new errors.AuditQueryInvalid(
      'filters',
      `only ${[...TIMED_BY].join(', ')} where times are asked for`
    )
  checkWholeDays(filter)
  const { fromMs = EARLIEST_MS, toMs = LATEST_MS } = filter
  const columns = sql`CAST(SUM(events) AS BIGINT) AS events`
  const inner = sql`SELECT facet_id, ms${startColumn(by)}, ${columns} FROM duration
    WHERE start >= ${fromMs} AND start < ${toMs} AND +facet_id IN (${matchingFacets(filter, 'timed')})
    GROUP BY facet_id, ms${startColumn(by)}`
  const rows = await grouped(store, inner, columns, [...by, 'ms'], new Set(['ms']))
  if (rows.length >= MAX_PARTS) throw new errors.AuditQueryInvalid('by', 'fewer names, or a shorter period')
  const counts = new Map<string, { readonly key: Aggregate['key']; readonly byMs: Map<number, number> }>()
  for (const row of rows) {
    const key = Object.fromEntries(by.map((name, at) => [name, keyAt(row, name, at)]))
    const text = JSON.stringify(key)
    const found = counts.get(text) ?? { key, byMs: new Map<number, number>() }
    counts.set(text, found)
    const ms = numberAt(row, `k${by.length}`)
    found.byMs.set(ms, (found.byMs.get(ms) ?? 0) + numberAt(row, 'events'))
  }
  return [...counts.values()].map(({ key, byMs }) => {
    const sorted = [...byMs].sort(([a], [b]) => a - b)
    const events = sorted.reduce((sum, [, count]) => sum + count, 0)
    const at = (percent: number) => rankOf(sorted, Math.ceil((percent / 100) * events))
    return { key, events, p50: at(50), p95: at(95), p99: at(99) }
  })
}

/** The value at a rank, from 1. */
function rankOf(sorted: readonly (readonly [ms: number, events: number])[], rank: number): number {
  let seen = 0
  for (const [ms, events] of sorted) {
    seen += events
    if (seen >= rank) return ms
  }
  return 0
}
