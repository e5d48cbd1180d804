import type { AuditFilter } from './filter.ts'
import {
  asksFacets,
  countsPerStart,
  EARLIEST_MS,
  LATEST_MS,
  levelOf,
  matchingFacets,
  type Stretch
} from './matching.ts'
import type { Order, Position } from './page.ts'
import { DAY, DAY_MS, dayOf, MONTH, monthOf } from './rollup.ts'
import { join, raw, sql, type Sql } from './sql.ts'
import { numberAt, type IndexStore, type Row } from './store.ts'

/** Up to here the events of a stretch are read by their facets and sorted; above, by time until the page is full. */
const MAX_SORTED = 5000
/** Up to so many are looked up one by one in the sums of days; with more, reading all sums of some days is faster. */
const FEW_FACETS = 64
/** Days looked at in one step when searching for those that hold matches. */
const DAYS_PER_STEP = 8

/** Reads the keys of one page of events, in order. */
export class Walk {
  readonly #store: IndexStore
  readonly #filter: AuditFilter
  readonly #facets: Sql | null
  readonly #descending: boolean

  constructor(store: IndexStore, filter: AuditFilter, order: Order) {
    this.#store = store
    this.#filter = filter
    this.#facets = asksFacets(filter) ? matchingFacets(filter, 'facets') : null
    this.#descending = order === 'desc'
  }

  /** Before the first event. */
  start(snapshot: number): Position {
    const timeMs = this.#descending ? (this.#filter.toMs ?? LATEST_MS) : (this.#filter.fromMs ?? EARLIEST_MS)
    return { snapshot, timeMs, seq: 0, leaf: (this.#filter.leaves?.from ?? 0) - 1 }
  }

  /** Rows {seq, time_ms} of at most `limit` events behind the position. @param whole as `wholeWalk` of a page */
  async keys(at: Position, limit: number, whole = false): Promise<readonly Row[]> {
    if (this.#filter.leaves !== undefined) return this.#byLeaf(at, limit)
    if (whole || this.#filter.requestId !== undefined || this.#facets === null)
      return this.#byTime(at, limit, null)
    const found: Row[] = []
    const counted = await this.#few(matchingFacets(this.#filter, levelOf(this.#filter)))
    const { facets } = counted.byFacet === null ? { facets: this.#facets } : await this.#few(this.#facets)
    for await (const stretch of this.#stretches(at, counted, limit)) {
      const wanted = limit - found.length
      const rows =
        stretch.matching <= MAX_SORTED
          ? await this.#byFacet(at, wanted, stretch, facets)
          : await this.#byTime(at, wanted, stretch)
      found.push(...rows)
      if (found.length >= limit) break
    }
    return found
  }

  /**
   * Few facets are listed by their numbers: deciding which ones match costs more than what follows. One that is new since has
   * events behind the snapshot only.
   */
  async #few(facets: Sql): Promise<Counted> {
    const rows = await this.#store.query(sql`${facets} LIMIT ${FEW_FACETS + 1}`)
    if (rows.length > FEW_FACETS) return { facets, byFacet: null }
    const ids = rows.map(row => sql`${numberAt(row, 'id')}`)
    const list = ids.length === 0 ? sql`NULL` : join(ids, ', ')
    return { facets: list, byFacet: this.#store.use('rollup_by_facet') }
  }

  /** How many events there are, up to the snapshot. */
  async count(snapshot: number): Promise<number> {
    const where = [sql`seq <= ${snapshot}`, ...this.#conditions(null)]
    const rows = await this.#store.query(
      sql`SELECT COUNT(*) AS events FROM event WHERE ${join(where, ' AND ')}`
    )
    return numberAt(rows[0], 'events')
  }

  #byTime(at: Position, limit: number, stretch: Stretch | null): Promise<readonly Row[]> {
    const byRequest = this.#filter.requestId !== undefined
    const index = byRequest ? sql`` : this.#store.use('event_by_time')
    const where = [...this.#conditions(stretch, at.timeMs), ...this.#behind(at)]
    return this.#store.query(
      sql`SELECT seq, time_ms FROM event ${index} WHERE ${join(where, ' AND ')} ${this.#ordered()} LIMIT ${limit}`
    )
  }

  #byFacet(at: Position, limit: number, stretch: Stretch, facets: Sql): Promise<readonly Row[]> {
    const where = [sql`facet_id IN (${facets})`, ...this.#period(stretch, at.timeMs), ...this.#behind(at)]
    return this.#store.query(
      sql`SELECT seq, time_ms FROM event ${this.#store.use('event_by_facet')}
        WHERE ${join(where, ' AND ')} ${this.#ordered()} LIMIT ${limit}`
    )
  }

  #byLeaf(at: Position, limit: number): Promise<readonly Row[]> {
    const where = [...this.#conditions(null), sql`leaf > ${at.leaf}`, sql`seq <= ${at.snapshot}`]
    return this.#store.query(
      sql`SELECT seq, time_ms FROM event WHERE ${join(where, ' AND ')} ORDER BY leaf LIMIT ${limit}`
    )
  }

  /** The plus sign keeps the engines from choosing the index over facets. */
  #conditions(stretch: Stretch | null, atMs?: number): Sql[] {
    const { leaves, requestId } = this.#filter
    const conditions = this.#period(stretch, atMs)
    if (this.#facets !== null) conditions.push(sql`+facet_id IN (${this.#facets})`)
    if (requestId !== undefined) conditions.push(sql`request_id = ${this.#store.uuid(requestId)}`)
    if (leaves !== undefined) {
      const { log, from, to } = leaves
      conditions.push(sql`log_id = (SELECT id FROM log WHERE origin = ${log})`)
      conditions.push(sql`leaf >= ${from} AND leaf < ${to}`)
    }
    return conditions
  }

  /** @param atMs where the walk stands: engines enter an index at this bound, and not at the pair of time and number */
  #period(stretch: Stretch | null, atMs?: number): Sql[] {
    const { fromMs = EARLIEST_MS, toMs = LATEST_MS } = this.#filter
    const [after, before] = this.#descending
      ? [EARLIEST_MS, (atMs ?? LATEST_MS) + 1]
      : [atMs ?? EARLIEST_MS, LATEST_MS]
    const from = Math.max(fromMs, stretch?.fromMs ?? EARLIEST_MS, after)
    const to = Math.min(toMs, stretch?.toMs ?? LATEST_MS, before)
    return [sql`time_ms >= ${from}`, sql`time_ms < ${to}`]
  }

  #behind(at: Position): Sql[] {
    const operator = raw(this.#descending ? '<' : '>')
    return [sql`(time_ms, seq) ${operator} (${at.timeMs}, ${at.seq})`, sql`seq <= ${at.snapshot}`]
  }

  #ordered(): Sql {
    return this.#descending ? sql`ORDER BY time_ms DESC, seq DESC` : sql`ORDER BY time_ms, seq`
  }

  /**
   * Stretches of days that hold matches, from the position on; each has at least `wanted`, but for the last. The sums
   * of days tell where to look, so that a provider that was last called two years ago is found without reading what
   * came after.
   */
  async *#stretches(at: Position, counted: Counted, wanted: number): AsyncGenerator<Stretch> {
    const { fromMs = EARLIEST_MS, toMs = LATEST_MS } = this.#filter
    const from = this.#descending ? dayOf(fromMs) : dayOf(Math.max(fromMs, at.timeMs))
    const to = this.#descending ? Math.min(toMs, at.timeMs + 1) : toMs
    let open: Stretch | null = null
    for (const month of await this.#counts(MONTH, counted, monthOf(from), to)) {
      const days = this.#days(counted, Math.max(from, month.fromMs), Math.min(to, monthOf(month.fromMs, 1)))
      for await (const day of days) {
        open = open === null ? day : merge(open, day)
        if (open.matching < wanted) continue
        yield open
        open = null
      }
    }
    if (open !== null) yield open
  }

  /** Days with matches of one month, in the order of the walk. */
  async *#days(counted: Counted, from: number, to: number): AsyncGenerator<Stretch> {
    for (let left = to, right = from; right < left; ) {
      const days = await this.#counts(DAY, counted, right, left, DAYS_PER_STEP)
      yield* days
      const last = days.at(-1)
      if (last === undefined) return
      if (this.#descending) left = last.fromMs
      else right = last.toMs
    }
  }

  async #counts(
    grain: number,
    counted: Counted,
    from: number,
    to: number,
    limit = 10_000
  ): Promise<Stretch[]> {
    const order = raw(this.#descending ? 'DESC' : 'ASC')
    const rows = await this.#store.query(
      sql`${countsPerStart(grain, counted.facets, { from, to }, counted.byFacet)} ORDER BY start ${order} LIMIT ${limit}`
    )
    return rows.map(row => ({
      fromMs: numberAt(row, 'start'),
      toMs: numberAt(row, 'start') + DAY_MS,
      matching: numberAt(row, 'matching')
    }))
  }
}

interface Counted {
  /** A list or a subquery. */
  readonly facets: Sql
  /** Null: too many to be looked up. */
  readonly byFacet: Sql | null
}

function merge(one: Stretch, other: Stretch): Stretch {
  return {
    fromMs: Math.min(one.fromMs, other.fromMs),
    toMs: Math.max(one.toMs, other.toMs),
    matching: one.matching + other.matching
  }
}
