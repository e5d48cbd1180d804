import { hash } from 'node:crypto'
import { contextOf, inheritFrom, timedOf, type FacetKey } from './dimensions.ts'
import { rollUp, type DurationRollup, type FindingRollup, type Rollup } from './rollup.ts'
import { durationOf, isAdmission, isEnding, type IndexRow } from './row.ts'
import type { RowReader } from './row-reader.ts'
import type { AuditEntry } from '../reader.ts'

/** How far a log is indexed. */
export interface LogCursor {
  readonly logId: number
  /** The leaf to read next. */
  readonly next: number
  /** SHA-256 of the entry before it, in hex; empty at 0. A log whose entry there differs is another log. */
  readonly tail: string
  /** Time of the last event, for entries that have none. */
  readonly timeMs: number
  /** Entries that retention had deleted before they could be indexed. */
  readonly skipped: number
}

/** Half-open. */
export interface Deletion {
  readonly origin: string
  readonly from: number
  readonly to: number
}

export interface AttemptRef {
  readonly requestId: string
  readonly attempt: number
}

export interface FacetedRow {
  readonly row: IndexRow
  readonly facetId: number
  /** The facet of its context. */
  readonly contextId: number
  /** The facet by which its duration is counted; 0 when it has none. */
  readonly timedId: number
}

/** All that one batch of entries changes; to be applied in one transaction. */
export interface Changes {
  readonly cursor: LogCursor
  readonly events: readonly FacetedRow[]
  readonly rollups: readonly Rollup[]
  readonly findings: readonly FindingRollup[]
  readonly durations: readonly DurationRollup[]
  /** Admissions without an end so far, with the key of their facet. */
  readonly opened: readonly (AttemptRef & { readonly facetId: number })[]
  /** Stretches of logs whose content retention deleted: their events go from the index too, some at a time. */
  readonly deleted: readonly Deletion[]
  /** Attempts that ended and whose admission is in the index. */
  readonly closed: readonly AttemptRef[]
}

/** The writing side of an index, within one transaction that holds the lock of the writer. */
export interface IndexTransaction {
  /** The cursor of a log; a log that is new gets one at leaf 0. */
  cursor(origin: string): Promise<LogCursor>
  /** Facet keys of those of the attempts that are open. */
  openFacets(attempts: readonly AttemptRef[]): Promise<ReadonlyMap<string, FacetKey>>
  /** Ids of facets; unknown ones are added. */
  facetIds(facets: ReadonlySet<FacetKey>): Promise<ReadonlyMap<FacetKey, number>>
  apply(changes: Changes): Promise<void>
  /**
   * Deletes up to `limit` events that retention deleted in their log.
   * @returns how many; 0 when there are none left
   */
  sweep(limit: number): Promise<number>
}

/** Another process indexed this log in between; read its cursor again. */
export class CursorMoved extends Error {
  override readonly name = 'CursorMoved'
}

/**
 * Adds entries that follow each other. The cursor moves in the same transaction, so each entry is in the index exactly
 * once, however often the process dies or two of them index the same log.
 * @param next the cursor that the entries were read at; the first may come later where retention deleted some
 * @throws CursorMoved when the cursor is not there any more
 */
export async function addEntries(
  tx: IndexTransaction,
  origin: string,
  next: number,
  entries: readonly AuditEntry[],
  reader: RowReader
): Promise<void> {
  const before = await tx.cursor(origin)
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return
  if (before.next !== next || first.index < next) throw new CursorMoved()
  const rows: IndexRow[] = []
  let { timeMs } = before
  for (const entry of entries) {
    const row = reader.read(entry, origin, timeMs)
    timeMs = row.timeMs
    rows.push(row)
  }
  const { facets, admitted } = await facetsOf(tx, rows)
  const contexts = new Map([...new Set(facets)].map(facet => [facet, contextOf(facet)]))
  const timed = memoisedOne(timedOf)
  const timedFacets = rows.map((row, at) => (durationOf(row) === null ? '' : timed(facets[at] ?? '')))
  const wanted = [...contexts.keys(), ...contexts.values(), ...timedFacets.filter(key => key !== '')]
  const ids = await tx.facetIds(new Set(wanted))
  const idOf = (key = ''): number => ids.get(key) ?? 0
  const events = rows.map((row, at) => {
    const facet = facets[at] ?? ''
    return { row, facetId: idOf(facet), contextId: idOf(contexts.get(facet)), timedId: idOf(timedFacets[at]) }
  })
  const skipped = before.skipped + first.index - next
  const tail = hash('sha256', last.json)
  const cursor = { logId: before.logId, next: last.index + 1, tail, timeMs, skipped }
  const deleted = rows.flatMap(row => row.deleted ?? [])
  await tx.apply({ cursor, events, deleted, ...rollUp(events), ...openAndClosed(events, admitted) })
}

/** The facet of each row: an attempt's end takes over what its admission says. */
async function facetsOf(tx: IndexTransaction, rows: readonly IndexRow[]) {
  const admitted = new Map<string | null, FacetKey>()
  for (const row of rows) if (isAdmission(row)) admitted.set(row.attemptKey, row.facet)
  const earlier = rows.filter(row => isEnding(row) && !admitted.has(row.attemptKey)).flatMap(refOf)
  if (earlier.length > 0) for (const [key, facet] of await tx.openFacets(earlier)) admitted.set(key, facet)
  const inherit = memoised(inheritFrom)
  const facets = rows.map(row => {
    const admission = isEnding(row) ? admitted.get(row.attemptKey) : undefined
    return admission === undefined ? row.facet : inherit(admission, row.facet)
  })
  return { facets, admitted }
}

/** A batch has few combinations, each many times. */
function memoised(of: (a: string, b: string) => string): (a: string, b: string) => string {
  const known = new Map<string, Map<string, string>>()
  return (a, b) => {
    const ofA = known.get(a) ?? new Map<string, string>()
    known.set(a, ofA)
    const result = ofA.get(b) ?? of(a, b)
    ofA.set(b, result)
    return result
  }
}

function memoisedOne(of: (a: string) => string): (a: string) => string {
  const known = new Map<string, string>()
  return a => {
    const result = known.get(a) ?? of(a)
    known.set(a, result)
    return result
  }
}

/** An end in the same batch closes its admission before it is stored as open. */
function openAndClosed(
  events: readonly FacetedRow[],
  admitted: ReadonlyMap<string | null, FacetKey>
): Pick<Changes, 'opened' | 'closed'> {
  const opened = new Map<string, AttemptRef & { readonly facetId: number }>()
  const closed: AttemptRef[] = []
  for (const { row, facetId } of events) {
    const { attemptKey, requestId, attempt } = row
    if (attemptKey === null || requestId === null) continue
    if (isAdmission(row)) opened.set(attemptKey, { requestId, attempt, facetId })
    else if (isEnding(row) && admitted.has(attemptKey) && !opened.delete(attemptKey))
      closed.push({ requestId, attempt })
  }
  return { opened: [...opened.values()], closed }
}

function refOf({ requestId, attempt }: IndexRow): AttemptRef[] {
  return requestId === null ? [] : [{ requestId, attempt }]
}
