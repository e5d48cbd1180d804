import type { Deletion, IndexTransaction } from './batch.ts'
import { DIMENSION_NAMES } from './dimensions.ts'
import { join, raw, sql, type Sql, type SqlValue } from './sql.ts'

/** A database that holds the index. Both engines have the same tables (see README.md), so that reads are shared. */
export interface IndexStore {
  /** Runs a reading statement. Numbers come as numbers, also 64-bit ones. */
  query(statement: Sql): Promise<readonly Row[]>
  /** Runs `work` alone among all writers of this database, and takes everything back when it throws. */
  transaction<T>(work: (tx: IndexTransaction) => Promise<T>): Promise<T>
  /** Forgets logs with all that was counted of them, and gives the index a new generation. */
  forget(origins: readonly string[]): Promise<void>
  /** A UUID as the engine stores it. */
  uuid(text: string): SqlValue
  /** Names an index where the engine would choose badly; empty where it chooses by its own statistics. */
  use(index: EventIndex): Sql
  close(): Promise<void>
}

/** `rows`: by the number of the event, no index over values. */
export type EventIndex = 'event_by_time' | 'event_by_facet' | 'rollup_by_facet' | 'rows'

export interface Row {
  readonly [column: string]: unknown
}

/** Raised when tables change. */
const VERSION = 5

/** An index with another layout holds other facts and is built anew. */
export const LAYOUT = `${VERSION} ${DIMENSION_NAMES.join(' ')}`

export function numberAt(row: Row | undefined, column: string): number {
  return Number(row?.[column] ?? 0)
}

export function textAt(row: Row | undefined, column: string): string {
  const value = row?.[column]
  return typeof value === 'string' ? value : ''
}

/** All tables that hold facts of logs. */
export const TABLES = [
  'event',
  'rollup',
  'finding',
  'duration',
  'open_attempt',
  'facet_value',
  'facet',
  'log',
  'deletion'
] as const

/** What takes logs out of an index that holds others too. */
export function forgetting(origins: readonly string[]): Sql[] {
  if (origins.length === 0) return []
  const names = join(
    origins.map(origin => sql`${origin}`),
    ', '
  )
  const facets = sql`SELECT facet_id FROM facet_value WHERE dimension = 'log' AND value IN (${names})`
  return [
    sql`DELETE FROM event WHERE log_id IN (SELECT id FROM log WHERE origin IN (${names}))`,
    ...(['rollup', 'finding', 'duration', 'open_attempt'] as const).map(
      table => sql`DELETE FROM ${raw(table)} WHERE facet_id IN (${facets})`
    ),
    sql`DELETE FROM deletion WHERE origin IN (${names})`,
    sql`DELETE FROM log WHERE origin IN (${names})`
  ]
}

/** Statements of `sweep`, for both engines: the stretch to go on with, its events, and the end of it. */
export const SWEEP = {
  next: sql`SELECT origin, from_leaf, to_leaf FROM deletion LIMIT 1`,
  events: ({ origin, from, to }: Deletion, limit: number): Sql =>
    sql`DELETE FROM event WHERE seq IN (SELECT seq FROM event
      WHERE log_id = (SELECT id FROM log WHERE origin = ${origin}) AND leaf >= ${from} AND leaf < ${to}
      LIMIT ${limit})`,
  done: ({ origin, from, to }: Deletion): Sql =>
    sql`DELETE FROM deletion WHERE origin = ${origin} AND from_leaf = ${from} AND to_leaf = ${to}`
} as const

export function deletionOf(row: Row): Deletion {
  return {
    origin: textAt(row, 'origin'),
    from: numberAt(row, 'from_leaf'),
    to: numberAt(row, 'to_leaf')
  }
}
