import { errors } from '../../errors.ts'
import { CONTENT_NAMES, DIMENSION_NAMES } from './dimensions.ts'
import { isWholeDays, type AuditFilter } from './filter.ts'
import { EARLIEST_MS, LATEST_MS, type Level, levelOf, matchingFacets, rollupPeriod } from './matching.ts'
import { DAY, monthOf } from './rollup.ts'
import { type Measure, MEASURES } from './row.ts'
import { join, raw, sql, type Sql } from './sql.ts'
import { numberAt, type IndexStore, type Row } from './store.ts'

/** Sums over the events of one combination of values. */
export interface Aggregate extends Partial<Record<Measure, number>> {
  /** The value of each dimension asked for; null for events without one. */
  readonly key: Readonly<Record<string, string | null>>
  readonly events: number
  /** Sum of the counts of findings; only where findings are asked for. */
  readonly findings?: number
  readonly firstMs?: number
  readonly lastMs?: number
}

/** What sums can be taken by, besides the dimensions. */
export const TIME_GROUPS = ['day', 'month'] as const
/** What sums of findings can be taken by; here `class` and `action` are those of the finding itself. */
export const FINDING_GROUPS = ['class', 'side', 'action'] as const

/** More dimensions at once make more rows than anyone reads. */
const MAX_GROUPS = 8
/** Rows that are put together in memory for one answer. */
export const MAX_PARTS = 400_000
/** Rows of one answer; a question that yields more is narrowed by a filter or fewer groups. */
export const MAX_AGGREGATES = 10_000

const measureSums = join(
  MEASURES.map(name => raw(`CAST(SUM(${name}) AS BIGINT) AS ${name}`)),
  ', '
)

/**
 * Sums by values, answered from sums per day and month. An event with several values of a dimension (countries, classes)
 * counts once under each of them.
 * @param by names of dimensions, `day` or `month`; each at most once
 * @throws errors.AuditQueryInvalid for unknown names, periods that are no whole days, filters by request or position,
 *   and when there would be more than 10,000 rows
 */
export async function aggregate(
  store: IndexStore,
  filter: AuditFilter,
  by: readonly string[]
): Promise<readonly Aggregate[]> {
  checkGroups(by, [...TIME_GROUPS, ...DIMENSION_NAMES])
  const columns = sql`CAST(SUM(events) AS BIGINT) AS events, MIN(first_ms) AS first_ms, MAX(last_ms) AS last_ms,
    ${measureSums}`
  const level = levelOf(filter, by)
  const inner = sql`SELECT facet_id${startColumn(by)}, ${columns} FROM rollup
    WHERE ${wherePeriod(filter, by, level)} AND +facet_id IN (${matchingFacets(filter, level)}) GROUP BY facet_id${startColumn(by)}`
  const rows = await grouped(store, inner, columns, by, new Set())
  return merged(rows, by, row => ({
    firstMs: numberAt(row, 'first_ms'),
    lastMs: numberAt(row, 'last_ms'),
    ...Object.fromEntries(MEASURES.map(name => [name, numberAt(row, name)]))
  }))
}

/**
 * Counts of findings by class, side, action and any dimension. Parameters, bounds and errors as for `aggregate`.
 */
export async function aggregateFindings(
  store: IndexStore,
  filter: AuditFilter,
  by: readonly string[]
): Promise<readonly Aggregate[]> {
  checkGroups(by, [...TIME_GROUPS, ...FINDING_GROUPS, ...DIMENSION_NAMES])
  const own = FINDING_GROUPS.filter(name => by.includes(name))
  const columns = sql`CAST(SUM(events) AS BIGINT) AS events, CAST(SUM(findings) AS BIGINT) AS findings`
  const groups = sql`facet_id${startColumn(by)}${raw(own.map(name => `, ${name}`).join(''))}`
  const facets = matchingFacets(withoutFindings(filter), 'contexts')
  const where = [
    wherePeriod(filter, by, 'contexts'),
    sql`+facet_id IN (${facets})`,
    ...findingConditions(filter)
  ]
  const inner = sql`SELECT ${groups}, ${columns} FROM finding WHERE ${join(where, ' AND ')} GROUP BY ${groups}`
  const rows = await grouped(store, inner, columns, by, new Set(own))
  return merged(rows, by, row => ({ findings: numberAt(row, 'findings') }))
}

/** Classes and actions are asked of each finding, not of its event. */
function withoutFindings(filter: AuditFilter): AuditFilter {
  const values = new Map([...filter.values].filter(([name]) => !CONTENT_NAMES.has(name)))
  return { ...filter, values, missing: filter.missing.filter(name => !CONTENT_NAMES.has(name)) }
}

/** An event with an IBAN and a name matches `class=IBAN`; of its findings only the IBAN is counted then. */
function findingConditions(filter: AuditFilter): Sql[] {
  return (['class', 'action'] as const).flatMap(name => {
    const values = (filter.values.get(name) ?? []).map(value => sql`${value}`)
    return values.length === 0 ? [] : [sql`${raw(name)} IN (${join(values, ', ')})`]
  })
}

export function checkGroups(by: readonly string[], known: readonly string[]): void {
  if (by.length > MAX_GROUPS || new Set(by).size !== by.length || by.some(name => !known.includes(name)))
    throw new errors.AuditQueryInvalid('by', `up to ${MAX_GROUPS} different names of filters, day or month`)
}

function wherePeriod(filter: AuditFilter, by: readonly string[], level: Level): Sql {
  if (filter.requestId !== undefined || filter.leaves !== undefined)
    throw new errors.AuditQueryInvalid('request_id and from_leaf', 'left out where sums are asked for')
  checkWholeDays(filter)
  const { fromMs = EARLIEST_MS, toMs = LATEST_MS } = filter
  const period = by.includes('day')
    ? sql`grain = ${DAY} AND start >= ${fromMs} AND start < ${toMs}`
    : rollupPeriod(filter, level === 'contexts' && !by.includes('month'))
  return period
}

/** @throws errors.AuditQueryInvalid */
export function checkWholeDays(filter: AuditFilter): void {
  if (!isWholeDays(filter))
    throw new errors.AuditQueryInvalid(
      'from and to',
      'dates where sums are asked for; sums are of whole days (UTC)'
    )
}

export function startColumn(by: readonly string[]): Sql {
  return raw(by.some(isTime) ? ', start' : '')
}

const isTime = (name: string): boolean => TIME_GROUPS.some(time => time === name)

/** Sums per facet are few; only they are joined with the values. */
export function grouped(
  store: IndexStore,
  inner: Sql,
  columns: Sql,
  by: readonly string[],
  own: ReadonlySet<string>
): Promise<readonly Row[]> {
  const joins: Sql[] = []
  const keys: Sql[] = []
  for (const [at, name] of by.entries()) {
    if (isTime(name)) continue
    if (own.has(name)) keys.push(raw(`s.${name} AS k${at}`))
    else {
      joins.push(
        sql`LEFT JOIN facet_value ${raw(`d${at}`)} ON ${raw(`d${at}`)}.facet_id = s.facet_id
          AND ${raw(`d${at}`)}.dimension = ${name}`
      )
      keys.push(raw(`d${at}.value AS k${at}`))
    }
  }
  if (by.some(isTime)) keys.push(raw('s.start AS start'))
  const selected = keys.length === 0 ? columns : sql`${join(keys, ', ')}, ${columns}`
  const group = keys.length === 0 ? sql`` : sql`GROUP BY ${raw(keys.map((_, at) => at + 1).join(', '))}`
  return store.query(
    sql`SELECT ${selected} FROM (${inner}) s ${join(joins, ' ')} ${group} LIMIT ${MAX_PARTS}`
  )
}

/** Puts days and months together, most events first. */
function merged(
  rows: readonly Row[],
  by: readonly string[],
  more: (row: Row) => Partial<Aggregate>
): readonly Aggregate[] {
  const all = new Map<string, Aggregate>()
  for (const row of rows) {
    if (numberAt(row, 'events') === 0) continue
    const key = Object.fromEntries(by.map((name, at) => [name, keyAt(row, name, at)]))
    const text = JSON.stringify(key)
    const one = { key, events: numberAt(row, 'events'), ...more(row) }
    const before = all.get(text)
    all.set(text, before === undefined ? one : sum(before, one))
  }
  if (all.size > MAX_AGGREGATES)
    throw new errors.AuditQueryInvalid(
      'by',
      `fewer names, or a narrower filter: there are over ${MAX_AGGREGATES} rows`
    )
  return [...all.values()].sort((a, b) => b.events - a.events)
}

export function keyAt(row: Row, name: string, at: number): string | null {
  if (name === 'day') return new Date(numberAt(row, 'start')).toISOString().slice(0, 10)
  if (name === 'month') return new Date(monthOf(numberAt(row, 'start'))).toISOString().slice(0, 7)
  const value = row[`k${at}`]
  return typeof value === 'string' ? value : null
}

function sum(a: Aggregate, b: Aggregate): Aggregate {
  const added: Record<string, number> = {}
  for (const [name, value] of Object.entries(b)) {
    if (typeof value !== 'number') continue
    const before = a[name as Measure] ?? 0
    if (name === 'firstMs') added[name] = Math.min(before, value)
    else if (name === 'lastMs') added[name] = Math.max(before, value)
    else added[name] = before + value
  }
  return { ...a, ...added }
}
