import { DAY, dayOf, MONTH, monthOf, WEEK, WEEK_MS, weekOf } from './rollup.ts'
import { CONTENT_NAMES } from './dimensions.ts'
import type { AuditFilter } from './filter.ts'
import { join, sql, type Sql } from './sql.ts'

/** Earlier than any gateway, later than any event: ends of a period that is open. */
export const EARLIEST_MS = 0
export const LATEST_MS = Date.UTC(3000, 0, 1)

/** Facets are what events have; contexts have no classes and are fewer; times are counted by few dimensions only. */
export type Level = 'facets' | 'contexts' | 'timed'

const LEVELS: Readonly<Record<Level, number>> = { facets: 0, contexts: 1, timed: 2 }

/**
 * The facets that a filter matches, as a subquery. A facet is one combination of values that occurred: some thousand stand
 * for millions of events, so any combination of conditions is decided on them and not event by event.
 */
export function matchingFacets(filter: AuditFilter, of: Level): Sql {
  const conditions = [sql`context = ${LEVELS[of]}`]
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
  return sql`SELECT id FROM facet WHERE ${join(conditions, ' AND ')}`
}

/** True when a filter asks something that facets decide. */
export function asksFacets({ values, missing }: AuditFilter): boolean {
  return values.size > 0 || missing.length > 0
}

/** Whose sums answer a question: those of contexts, unless it asks for what contexts don't have. */
export function levelOf({ values, missing }: AuditFilter, by: readonly string[] = []): Level {
  return [...values.keys(), ...missing, ...by].some(name => CONTENT_NAMES.has(name)) ? 'facets' : 'contexts'
}

/**
 * Sums that make up a period of whole days: whole months, then whole weeks, then days at the ends.
 * @param weeks false for sums of facets, which have none, and where weeks would cross what is asked for
 */
export function rollupPeriod(filter: AuditFilter, weeks: boolean): Sql {
  const from = dayOf(filter.fromMs ?? EARLIEST_MS)
  const to = filter.toMs ?? LATEST_MS
  const firstMonth = monthOf(from) === from ? from : monthOf(from, 1)
  const lastMonth = monthOf(to)
  const parts =
    firstMonth < lastMonth
      ? [
          stretch(MONTH, firstMonth, lastMonth),
          ...daysAndWeeks(from, firstMonth, weeks),
          ...daysAndWeeks(lastMonth, to, weeks)
        ]
      : daysAndWeeks(from, to, weeks)
  return sql`(${join(parts, ' OR ')})`
}

function daysAndWeeks(from: number, to: number, weeks: boolean): Sql[] {
  const firstWeek = weekOf(from) === from ? from : weekOf(from) + WEEK_MS
  const lastWeek = weekOf(to)
  if (!weeks || firstWeek >= lastWeek) return [stretch(DAY, from, to)]
  return [stretch(DAY, from, firstWeek), stretch(WEEK, firstWeek, lastWeek), stretch(DAY, lastWeek, to)]
}

function stretch(grain: number, from: number, to: number): Sql {
  return sql`(grain = ${grain} AND start >= ${from} AND start < ${to})`
}

/** A stretch of whole days, half-open, and how many events of the filter it holds. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly matching: number
}

/**
 * Days or months of a period that hold events of the facets, by the sums.
 * @param byFacet index over facets, to look up each of few; null: all sums of the period are read
 */
export function countsPerStart(
  grain: number,
  facets: Sql,
  { from, to }: { readonly from: number; readonly to: number },
  byFacet: Sql | null
): Sql {
  // the plus sign keeps the engines from looking up facets
  const among = byFacet === null ? sql`+facet_id` : sql`facet_id`
  return sql`SELECT start, SUM(events) AS matching FROM rollup ${byFacet ?? sql``}
    WHERE grain = ${grain} AND start >= ${from} AND start < ${to} AND ${among} IN (${facets}) GROUP BY start`
}
