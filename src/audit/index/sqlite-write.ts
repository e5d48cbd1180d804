import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { AttemptRef, Changes, IndexTransaction, LogCursor } from './batch.ts'
import { type FacetKey, levelNumberOf, valuesOf } from './dimensions.ts'
import { MEASURES } from './row.ts'
import { type Sql, textOf } from './sql.ts'
import { deletionOf, type Row, SWEEP } from './store.ts'

const measures = MEASURES.join(', ')
const sums = MEASURES.map(name => `${name} = ${name} + excluded.${name}`).join(', ')
const holes = MEASURES.map(() => '?').join(', ')

const STATEMENTS = {
  cursor: 'SELECT id, next, tail, time_ms, skipped FROM log WHERE origin = ?',
  newLog: "INSERT INTO log (origin, next, tail, time_ms, skipped) VALUES (?, 0, '', 0, 0)",
  openFacet:
    'SELECT key FROM open_attempt JOIN facet ON facet.id = facet_id WHERE request_id = ? AND attempt = ?',
  facetId: 'SELECT id FROM facet WHERE key = ?',
  newFacet: 'INSERT INTO facet (key, context) VALUES (?, ?)',
  facetValue: 'INSERT INTO facet_value (dimension, value, facet_id) VALUES (?, ?, ?)',
  event:
    'INSERT INTO event (time_ms, facet_id, log_id, leaf, event_id, request_id, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  rollup: `INSERT INTO rollup (grain, start, facet_id, events, first_ms, last_ms, ${measures})
    VALUES (?, ?, ?, ?, ?, ?, ${holes})
    ON CONFLICT (grain, start, facet_id) DO UPDATE SET events = events + excluded.events,
      first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms), ${sums}`,
  finding: `INSERT INTO finding (grain, start, facet_id, class, side, action, events, findings)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (grain, start, facet_id, class, side, action)
    DO UPDATE SET events = events + excluded.events, findings = findings + excluded.findings`,
  duration: `INSERT INTO duration (start, facet_id, ms, events) VALUES (?, ?, ?, ?)
    ON CONFLICT (start, facet_id, ms) DO UPDATE SET events = events + excluded.events`,
  open: 'INSERT OR REPLACE INTO open_attempt (request_id, attempt, facet_id) VALUES (?, ?, ?)',
  close: 'DELETE FROM open_attempt WHERE request_id = ? AND attempt = ?',
  deleted: 'INSERT OR IGNORE INTO deletion VALUES (?, ?, ?)',
  moveCursor: 'UPDATE log SET next = ?, tail = ?, time_ms = ?, skipped = ? WHERE id = ?'
} as const

/** Writes one batch. Its promises are kept at once: SQLite answers on the same thread. */
export class SqliteTransaction implements IndexTransaction {
  readonly #prepared = new Map<keyof typeof STATEMENTS, StatementSync>()
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async cursor(origin: string): Promise<LogCursor> {
    const found = this.#get('cursor').get(origin)
    if (found !== undefined)
      return {
        logId: Number(found['id']),
        next: Number(found['next']),
        tail: String(found['tail']),
        timeMs: Number(found['time_ms']),
        skipped: Number(found['skipped'])
      }
    const { lastInsertRowid } = this.#get('newLog').run(origin)
    return { logId: Number(lastInsertRowid), next: 0, tail: '', timeMs: 0, skipped: 0 }
  }

  async openFacets(attempts: readonly AttemptRef[]): Promise<ReadonlyMap<string, string>> {
    const keys = new Map<string, string>()
    for (const { requestId, attempt } of attempts) {
      const found = this.#get('openFacet').get(bytesOf(requestId), attempt)
      if (found !== undefined) keys.set(`${requestId}/${attempt}`, String(found['key']))
    }
    return keys
  }

  async facetIds(facets: ReadonlySet<FacetKey>): Promise<ReadonlyMap<FacetKey, number>> {
    const ids = new Map<FacetKey, number>()
    for (const key of facets) {
      const found = this.#get('facetId').get(key)
      ids.set(key, found === undefined ? this.#addFacet(key) : Number(found['id']))
    }
    return ids
  }

  async apply(changes: Changes): Promise<void> {
    const { cursor, events, rollups, findings, durations, opened, closed, deleted } = changes
    const event = this.#get('event')
    for (const { row, facetId } of events) {
      const [id, request] = [bytesOf(row.eventId), bytesOf(row.requestId)]
      event.run(row.timeMs, facetId, cursor.logId, row.leaf, id, request, row.json)
    }
    const rollup = this.#get('rollup')
    for (const { grain, start, facetId, events, firstMs, lastMs, sums } of rollups)
      rollup.run(grain, start, facetId, events, firstMs, lastMs, ...sums)
    const finding = this.#get('finding')
    for (const { grain, start, facetId, class: type, side, action, events, findings: count } of findings)
      finding.run(grain, start, facetId, type, side, action, events, count)
    const duration = this.#get('duration')
    for (const { start, facetId, ms, events } of durations) duration.run(start, facetId, ms, events)
    for (const { requestId, attempt, facetId } of opened)
      this.#get('open').run(bytesOf(requestId), attempt, facetId)
    for (const { requestId, attempt } of closed) this.#get('close').run(bytesOf(requestId), attempt)
    for (const { origin, from, to } of deleted) this.#get('deleted').run(origin, from, to)
    this.#get('moveCursor').run(cursor.next, cursor.tail, cursor.timeMs, cursor.skipped, cursor.logId)
  }

  async sweep(limit: number): Promise<number> {
    const [next] = this.#query(SWEEP.next)
    if (next === undefined) return 0
    const deletion = deletionOf(next)
    const { text, params } = statementOf(SWEEP.events(deletion, limit))
    const changes = Number(this.#database.prepare(text).run(...params).changes)
    if (changes < limit) this.#query(SWEEP.done(deletion))
    return Math.max(1, changes)
  }

  #query(statement: Sql): Row[] {
    const { text, params } = statementOf(statement)
    return this.#database.prepare(text).all(...params)
  }

  #addFacet(key: FacetKey): number {
    const id = Number(this.#get('newFacet').run(key, levelNumberOf(key)).lastInsertRowid)
    for (const [dimension, value] of valuesOf(key)) this.#get('facetValue').run(dimension, value, id)
    return id
  }

  #get(name: keyof typeof STATEMENTS): StatementSync {
    const known = this.#prepared.get(name)
    if (known !== undefined) return known
    const prepared = this.#database.prepare(STATEMENTS[name])
    this.#prepared.set(name, prepared)
    return prepared
  }
}

function statementOf(statement: Sql) {
  return { text: textOf(statement, () => '?'), params: statement.params }
}

function bytesOf(uuid: string | null): Buffer | null {
  return uuid === null ? null : Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
