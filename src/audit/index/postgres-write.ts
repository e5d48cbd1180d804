import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { AttemptRef, Changes, FacetedRow, IndexTransaction, LogCursor } from './batch.ts'
import { type FacetKey, levelNumberOf, valuesOf } from './dimensions.ts'
import { monthOf } from './rollup.ts'
import { MEASURES } from './row.ts'
import { type Sql, textOf } from './sql.ts'
import { deletionOf, type Row, SWEEP } from './store.ts'

const ROLLUP = ['grain', 'start', 'facet_id', 'events', 'first_ms', 'last_ms', ...MEASURES]
const measureSums = MEASURES.map(name => `${name} = rollup.${name} + excluded.${name}`).join(', ')

const STATEMENTS = {
  cursor: 'SELECT id, next, tail, time_ms, skipped FROM log WHERE origin = $1',
  newLog:
    "INSERT INTO log (origin, next, tail, time_ms, skipped) VALUES ($1, 0, '', 0, 0) RETURNING id, next, tail, time_ms, skipped",
  openFacets: `SELECT request_id::text AS request_id, o.attempt, key FROM open_attempt o JOIN facet ON facet.id = facet_id
    JOIN unnest($1::uuid[], $2::integer[]) AS wanted (request_id, attempt) USING (request_id, attempt)`,
  facetIds: 'SELECT id, key FROM facet WHERE hash = ANY ($1::text[])',
  newFacets: `INSERT INTO facet (key, hash, context)
    SELECT * FROM unnest($1::text[], $2::text[], $3::integer[]) RETURNING id, key`,
  facetValues: 'INSERT INTO facet_value SELECT * FROM unnest($1::text[], $2::text[], $3::integer[])',
  take: 'UPDATE counter SET seq = seq + $1 RETURNING seq',
  rollup: `INSERT INTO rollup (${ROLLUP.join(', ')})
    SELECT * FROM unnest(${ROLLUP.map((_, at) => `$${at + 1}::bigint[]`).join(', ')})
    ON CONFLICT (grain, start, facet_id) DO UPDATE SET events = rollup.events + excluded.events,
      first_ms = least(rollup.first_ms, excluded.first_ms),
      last_ms = greatest(rollup.last_ms, excluded.last_ms), ${measureSums}`,
  finding: `INSERT INTO finding (grain, start, facet_id, class, side, action, events, findings)
    SELECT * FROM unnest($1::integer[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::text[],
      $7::bigint[], $8::bigint[])
    ON CONFLICT (grain, start, facet_id, class, side, action) DO UPDATE
    SET events = finding.events + excluded.events, findings = finding.findings + excluded.findings`,
  duration: `INSERT INTO duration (start, facet_id, ms, events)
    SELECT * FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[])
    ON CONFLICT (start, facet_id, ms) DO UPDATE SET events = duration.events + excluded.events`,
  open: `INSERT INTO open_attempt SELECT * FROM unnest($1::uuid[], $2::integer[], $3::integer[])
    ON CONFLICT (request_id, attempt) DO UPDATE SET facet_id = excluded.facet_id`,
  close: `DELETE FROM open_attempt USING unnest($1::uuid[], $2::integer[]) AS ended (request_id, attempt)
    WHERE open_attempt.request_id = ended.request_id AND open_attempt.attempt = ended.attempt`,
  deleted: 'INSERT INTO deletion VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
  moveCursor: 'UPDATE log SET next = $1, tail = $2, time_ms = $3, skipped = $4 WHERE id = $5'
} as const

/** Writes one batch: events by COPY, everything else with one statement per table. */
export class PostgresTransaction implements IndexTransaction {
  readonly #client: pg.ClientBase

  constructor(client: pg.ClientBase) {
    this.#client = client
  }

  async cursor(origin: string): Promise<LogCursor> {
    const [found] = await this.#run('cursor', [origin])
    const row = found ?? (await this.#run('newLog', [origin]))[0]
    return {
      logId: Number(row?.['id']),
      next: Number(row?.['next']),
      tail: String(row?.['tail']),
      timeMs: Number(row?.['time_ms']),
      skipped: Number(row?.['skipped'])
    }
  }

  async openFacets(attempts: readonly AttemptRef[]): Promise<ReadonlyMap<string, FacetKey>> {
    const rows = await this.#run('openFacets', columnsOf(attempts, ['requestId', 'attempt']))
    return new Map(
      rows.map(row => [`${String(row['request_id'])}/${Number(row['attempt'])}`, String(row['key'])])
    )
  }

  async facetIds(facets: ReadonlySet<FacetKey>): Promise<ReadonlyMap<FacetKey, number>> {
    const ids = new Map<FacetKey, number>()
    const note = (rows: readonly Row[]): void => {
      for (const row of rows) ids.set(String(row['key']), Number(row['id']))
    }
    note(await this.#run('facetIds', [[...facets].map(hashOf)]))
    const unknown = [...facets].filter(key => !ids.has(key))
    if (unknown.length === 0) return ids
    const levels = unknown.map(levelNumberOf)
    note(await this.#run('newFacets', [unknown, unknown.map(hashOf), levels]))
    const values = unknown.flatMap(key => valuesOf(key).map(pair => [...pair, ids.get(key) ?? 0] as const))
    await this.#run('facetValues', columnsOf(values, [0, 1, 2]))
    return ids
  }

  async apply(changes: Changes): Promise<void> {
    const { cursor, events, rollups, findings, durations, opened, closed, deleted } = changes
    await this.#makePartitions(events)
    const [counter] = await this.#run('take', [events.length])
    const first = Number(counter?.['seq']) - events.length + 1
    const copy = this.#client.query(
      copyFrom('COPY event (seq, time_ms, facet_id, log_id, leaf, event_id, request_id, body) FROM STDIN')
    )
    await pipeline(Readable.from(copyLines(events, first, cursor.logId)), copy)
    const sums = rollups.map(sum => [
      sum.grain,
      sum.start,
      sum.facetId,
      sum.events,
      sum.firstMs,
      sum.lastMs,
      ...sum.sums
    ])
    await this.#run(
      'rollup',
      columnsOf(
        sums,
        ROLLUP.map((_, at) => at)
      )
    )
    const columns = ['grain', 'start', 'facetId', 'class', 'side', 'action', 'events', 'findings'] as const
    if (findings.length > 0) await this.#run('finding', columnsOf(findings, columns))
    if (durations.length > 0)
      await this.#run('duration', columnsOf(durations, ['start', 'facetId', 'ms', 'events']))
    if (opened.length > 0) await this.#run('open', columnsOf(opened, ['requestId', 'attempt', 'facetId']))
    if (closed.length > 0) await this.#run('close', columnsOf(closed, ['requestId', 'attempt']))
    for (const { origin, from, to } of deleted) await this.#run('deleted', [origin, from, to])
    const { next, tail, timeMs, skipped, logId } = cursor
    await this.#run('moveCursor', [next, tail, timeMs, skipped, logId])
  }

  async sweep(limit: number): Promise<number> {
    const [next] = (await this.#query(SWEEP.next)).rows
    if (next === undefined) return 0
    const deletion = deletionOf(next)
    const { rowCount } = await this.#query(SWEEP.events(deletion, limit))
    if ((rowCount ?? 0) < limit) await this.#query(SWEEP.done(deletion))
    return Math.max(1, rowCount ?? 0)
  }

  #query(statement: Sql): Promise<pg.QueryResult<Row>> {
    return this.#client.query<Row>(
      textOf(statement, at => `$${at}`),
      [...statement.params]
    )
  }

  /** One partition per month, so that a month that retention deletes can be dropped whole. */
  async #makePartitions(events: readonly FacetedRow[]): Promise<void> {
    for (const from of new Set(events.map(({ row }) => monthOf(row.timeMs)))) {
      const name = `event_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`
      await this.#client.query(
        `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF event FOR VALUES FROM (${from}) TO (${monthOf(from, 1)})`
      )
    }
  }

  async #run(name: keyof typeof STATEMENTS, params: readonly unknown[]): Promise<readonly Row[]> {
    const { rows } = await this.#client.query<Row>(STATEMENTS[name], [...params])
    return rows
  }
}

function hashOf(key: FacetKey): string {
  return hash('sha256', key)
}

function columnsOf<T extends object, K extends keyof T>(rows: readonly T[], keys: readonly K[]): T[K][][] {
  return keys.map(key => rows.map(row => row[key]))
}

/** Lines of COPY's text format, some hundred at once. */
function* copyLines(events: readonly FacetedRow[], first: number, logId: number): Generator<string> {
  let text = ''
  for (const [at, { row, facetId }] of events.entries()) {
    const { timeMs, leaf, eventId, requestId, json } = row
    text += `${first + at}\t${timeMs}\t${facetId}\t${logId}\t${leaf}\t${eventId ?? '\\N'}\t${requestId ?? '\\N'}\t${escaped(json)}\n`
    if (text.length < 262_144) continue
    yield text
    text = ''
  }
  yield text
}

/** Records need no escapes; what is no record may hold anything. PostgreSQL takes no NUL in a text. */
function escaped(json: string): string {
  if (!/[\\\t\n\r\0]/.test(json)) return json
  return json
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\ufffd')
}
