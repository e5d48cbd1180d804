import { createHash } from 'node:crypto'
import { addEntries } from './batch.ts'
import { aggregate, aggregateFindings, type Aggregate } from './aggregate.ts'
import { durations, type Durations } from './durations.ts'
import { filterHash, type AuditFilter } from './filter.ts'
import {
  decodeCursor,
  encodeCursor,
  eventOf,
  type EventPage,
  type IndexedEvent,
  type Order,
  type PageRequest
} from './page.ts'
import type { AuditEntry } from '../reader.ts'
import { RowReader } from './row-reader.ts'
import { join, sql } from './sql.ts'
import { numberAt, SWEEP, textAt, type IndexStore, type Row } from './store.ts'
import { Walk } from './walk.ts'

/** How far one log is indexed. */
export interface IndexedLog {
  readonly origin: string
  /** Length of the log as far as it was indexed. */
  readonly entries: number
  /** Of these, entries whose content retention had deleted before. */
  readonly skipped: number
  /** True when every other entry was counted. */
  readonly whole: boolean
  readonly lastEventMs: number
}

/** What of an attempt or a log is missing, by the index. */
export interface Completeness {
  readonly logs: readonly IndexedLog[]
  readonly admitted: number
  readonly completed: number
  readonly failed: number
  readonly orphaned: number
  readonly blocked: number
  /** Admissions whose end is not there (yet). */
  readonly open: number
  /** True when admitted = completed + failed + orphaned + open. */
  readonly balanced: boolean
}

/** What auditors may ask: the reading side. */
export type AuditQueries = Pick<
  AuditIndex,
  'events' | 'event' | 'snapshot' | 'count' | 'aggregate' | 'findings' | 'durations' | 'completeness'
>

/** The index over one or more logs: rebuilt from them at any time, never the other way round. */
export class AuditIndex {
  readonly #store: IndexStore
  readonly #rows = new RowReader()

  constructor(store: IndexStore) {
    this.#store = store
  }

  /** The leaf to index next, and the SHA-256 (hex) of the entry before it. */
  async cursor(origin: string): Promise<{ readonly next: number; readonly tail: string }> {
    const [row] = await this.#store.query(sql`SELECT next, tail FROM log WHERE origin = ${origin}`)
    return { next: numberAt(row, 'next'), tail: textAt(row, 'tail') }
  }

  /**
   * Adds entries that follow each other; see `addEntries`.
   * @throws CursorMoved
   */
  add(origin: string, next: number, entries: readonly AuditEntry[]): Promise<void> {
    return this.#store.transaction(tx => addEntries(tx, origin, next, entries, this.#rows))
  }

  /**
   * Takes out of the index what retention deleted in a log, at most `limit` events.
   * @returns 0 when nothing is left to do
   */
  async sweep(limit: number): Promise<number> {
    if ((await this.#store.query(SWEEP.next)).length === 0) return 0
    return this.#store.transaction(tx => tx.sweep(limit))
  }

  /**
   * One page of events.
   * @throws errors.AuditCursorInvalid
   */
  async events(filter: AuditFilter, page: PageRequest): Promise<EventPage> {
    const order: Order = filter.leaves === undefined ? page.order : 'asc'
    const walk = new Walk(this.#store, filter, order)
    const bind = await this.#bind(filter, order)
    const at =
      page.cursor === undefined
        ? walk.start(page.snapshot ?? (await this.snapshot()))
        : decodeCursor(page.cursor, bind)
    const keys = await walk.keys(at, page.limit + 1, page.wholeWalk)
    const events = await this.#fetch(keys.slice(0, page.limit))
    const last = events.at(-1)
    if (keys.length <= page.limit || last === undefined) return { events }
    return { events, next: encodeCursor({ snapshot: at.snapshot, ...last }, bind) }
  }

  /** The events with this id: one, unless a write was repeated. */
  async event(eventId: string): Promise<readonly IndexedEvent[]> {
    const id = this.#store.uuid(eventId)
    const rows = await this.#store.query(
      sql`SELECT seq, event.time_ms, origin, leaf, body FROM event JOIN log ON log.id = log_id
        WHERE event_id = ${id} ORDER BY seq LIMIT 10`
    )
    return rows.map(eventOf)
  }

  /** Number of the newest event: an upper bound for `count`, so that it stays true while more are written. */
  async snapshot(): Promise<number> {
    return numberAt((await this.#store.query(sql`SELECT MAX(seq) AS seq FROM event`))[0], 'seq')
  }

  count(filter: AuditFilter, snapshot: number): Promise<number> {
    return new Walk(this.#store, filter, 'asc').count(snapshot)
  }

  /** See aggregate.ts. */
  aggregate(filter: AuditFilter, by: readonly string[]): Promise<readonly Aggregate[]> {
    return aggregate(this.#store, filter, by)
  }

  /** See aggregate.ts. */
  findings(filter: AuditFilter, by: readonly string[]): Promise<readonly Aggregate[]> {
    return aggregateFindings(this.#store, filter, by)
  }

  /** See durations.ts. */
  durations(filter: AuditFilter, by: readonly string[]): Promise<readonly Durations[]> {
    return durations(this.#store, filter, by)
  }

  async completeness(): Promise<Completeness> {
    const everything: AuditFilter = { values: new Map(), missing: [] }
    const types = await aggregate(this.#store, everything, ['type'])
    const perLog = await aggregate(this.#store, everything, ['log'])
    const rows = await this.#store.query(sql`SELECT origin, next, time_ms, skipped FROM log ORDER BY origin`)
    const [open] = await this.#store.query(sql`SELECT COUNT(*) AS attempts FROM open_attempt`)
    const of = (name: string): number =>
      types.find(({ key }) => key['type'] === `ai.request.${name}`)?.events ?? 0
    const counts = {
      admitted: of('admitted'),
      completed: of('completed'),
      failed: of('failed'),
      orphaned: of('orphaned'),
      blocked: of('blocked'),
      open: numberAt(open, 'attempts')
    }
    const ended = counts.completed + counts.failed + counts.orphaned
    const logs = rows.map(row => indexedLog(row, perLog))
    return { logs, ...counts, balanced: counts.admitted === ended + counts.open }
  }

  /** Forgets these logs; they are indexed again from their first entry. */
  forget(origins: readonly string[]): Promise<void> {
    return this.#store.forget(origins)
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  /** A cursor is good for one question to one build of the index. */
  async #bind(filter: AuditFilter, order: Order): Promise<string> {
    const [row] = await this.#store.query(sql`SELECT value FROM meta WHERE key = 'generation'`)
    const hash = createHash('sha256').update(`${textAt(row, 'value')} ${filterHash(filter)} ${order}`)
    return hash.digest('base64url').slice(0, 16)
  }

  async #fetch(keys: readonly Row[]): Promise<IndexedEvent[]> {
    if (keys.length === 0) return []
    const times = keys.map(row => numberAt(row, 'time_ms'))
    const seqs = join(
      keys.map(row => sql`${numberAt(row, 'seq')}`),
      ', '
    )
    const rows = await this.#store.query(
      sql`SELECT seq, event.time_ms, origin, leaf, body FROM event ${this.#store.use('rows')} JOIN log ON log.id = log_id
        WHERE seq IN (${seqs}) AND event.time_ms >= ${Math.min(...times)} AND event.time_ms <= ${Math.max(...times)}`
    )
    const found = new Map(rows.map(row => [numberAt(row, 'seq'), eventOf(row)]))
    return keys.flatMap(row => found.get(numberAt(row, 'seq')) ?? [])
  }
}

function indexedLog(row: Row, perLog: readonly Aggregate[]): IndexedLog {
  const origin = textAt(row, 'origin')
  const entries = numberAt(row, 'next')
  const counted = perLog.find(({ key }) => key['log'] === origin)?.events ?? 0
  const skipped = numberAt(row, 'skipped')
  return {
    origin,
    entries,
    skipped,
    whole: counted + skipped === entries,
    lastEventMs: numberAt(row, 'time_ms')
  }
}
