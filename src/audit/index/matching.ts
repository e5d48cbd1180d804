import { DAY, dayOf, MONTH, monthOf } from './rollup.ts'
import type { AuditFilter } from './filter.ts'
import { join, sql, type Sql } from './sql.ts'

/** Earlier than any gateway, later than any event: ends of a period that is open. */
export const EARLIEST_MS = 0
export const LATEST_MS = Date.UTC(3000, 0, 1)

/**
 * The facets that a filter matches, as a subquery; null when it asks nothing of them.
 * A facet is one combination of values that occurred: some thousand stand for millions of events, so any combination of
 * conditions is decided on them and not event by event.
 */
export function matchingFacets(filter: AuditFilter): Sql | null {
  const conditions: Sql[] = []
  for (const [name, values] of filter.values) {
    const list = join(
      values.map(value => sql`${value}`),
      ', '
    )
    conditions.push(
      sql`id IN (SELECT facet_id FROM facet_value WHERE dimension = ${name} AND value IN (${list}))`
    )
  }
  for (const name of filter.missing)
    conditions.push(sql`id NOT IN (SELECT facet_id FROM facet_value WHERE dimension = ${name})`)
  return conditions.length === 0 ? null : sql`SELECT id FROM facet WHERE ${join(conditions, ' AND ')}`
}

/** Rollups that make up a period of whole days: whole months, and days at its ends. */
export function rollupPeriod(filter: AuditFilter): Sql {
  const from = dayOf(filter.fromMs ?? EARLIEST_MS)
  const to = filter.toMs ?? LATEST_MS
  const firstMonth = monthOf(from) === from ? from : monthOf(from, 1)
  const lastMonth = monthOf(to)
  if (firstMonth >= lastMonth) return sql`grain = ${DAY} AND start >= ${from} AND start < ${to}`
  return sql`(
    (grain = ${MONTH} AND start >= ${firstMonth} AND start < ${lastMonth})
    OR (grain = ${DAY} AND start >= ${from} AND start < ${firstMonth})
    OR (grain = ${DAY} AND start >= ${lastMonth} AND start < ${to})
  )`
}

/** A stretch of whole days, half-open, and how many events of the filter and in all it holds. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly matching: number
  readonly total: number
}

/** Days or months of a period that hold events of the filter, by the sums. */
export function countsPerStart(grain: number, facets: Sql, from: number, to: number): Sql {
  return sql`SELECT start, SUM(events) AS total,
      SUM(CASE WHEN facet_id IN (${facets}) THEN events ELSE 0 END) AS matching
    FROM rollup WHERE grain = ${grain} AND start >= ${from} AND start < ${to} GROUP BY start`
}
