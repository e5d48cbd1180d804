import { errors } from '../../errors.ts'
import { numberAt, textAt, type Row } from './store.ts'

/** One event as the log holds it, and where. */
export interface IndexedEvent {
  /** Order of indexing; grows. Not kept over a rebuild. */
  readonly seq: number
  readonly timeMs: number
  readonly log: string
  readonly leaf: number
  /** Canonical JSON. */
  readonly json: string
}

export type Order = 'asc' | 'desc'

export interface PageRequest {
  /** 1 to 1000. */
  readonly limit: number
  /** By time; of a stretch of one log always ascending. */
  readonly order: Order
  /** `next` of the page before. Attacker-controlled. */
  readonly cursor?: string
  /** For the first page: only events up to this number. Default: all there are. */
  readonly snapshot?: number
  /**
   * True when all pages will be read: each then goes on by time, without looking first for the days that hold matches. Where
   * few match, a page takes as long as counting them.
   */
  readonly wholeWalk?: boolean
}

export interface EventPage {
  readonly events: readonly IndexedEvent[]
  /** Absent on the last page. */
  readonly next?: string
}

/**
 * Where a walk stands. Events that are indexed after its first page (`seq` above the snapshot) are not in it, and none
 * moves: pages have no gaps and no duplicates while the gateway writes.
 */
export interface Position {
  readonly snapshot: number
  readonly timeMs: number
  readonly seq: number
  readonly leaf: number
}

/** @param bind what the walk belongs to: generation of the index, filter and order */
export function encodeCursor(position: Position, bind: string): string {
  const { snapshot, timeMs, seq, leaf } = position
  return Buffer.from(JSON.stringify([1, bind, snapshot, timeMs, seq, leaf])).toString('base64url')
}

/** @throws errors.AuditCursorInvalid when it is none, of another question, or of an index that was rebuilt */
export function decodeCursor(cursor: string, bind: string): Position {
  const [version, bound, ...numbers] = listOf(cursor)
  if (version !== 1 || bound !== bind || numbers.length !== 4) throw new errors.AuditCursorInvalid()
  const [snapshot, timeMs, seq, leaf] = numbers.map(value => {
    if (!Number.isSafeInteger(value)) throw new errors.AuditCursorInvalid()
    return Number(value)
  })
  return { snapshot: snapshot ?? 0, timeMs: timeMs ?? 0, seq: seq ?? 0, leaf: leaf ?? 0 }
}

function listOf(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

export function eventOf(row: Row): IndexedEvent {
  return {
    seq: numberAt(row, 'seq'),
    timeMs: numberAt(row, 'time_ms'),
    log: textAt(row, 'origin'),
    leaf: numberAt(row, 'leaf'),
    json: textAt(row, 'body')
  }
}
