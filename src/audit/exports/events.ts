import type { AuditFilter } from '../index/filter.ts'
import type { IndexedEvent } from '../index/page.ts'
import { errors } from '../../errors.ts'
import type { ExportRow, Observed, RowStream } from './export.ts'

/** Events read at once: about 3 MB; with 500 each page costs as much to find as to read. */
const PAGE = 2000
/** Rows that are alive at once: those of a whole page would outlive what collects garbage cheaply. */
const PIECE = 250
/** Events of one record that is put together in memory; a narrower period has fewer. */
const MAX_EVENTS = 100_000

/**
 * All events of a filter, oldest first.
 * @throws errors.AuditQueryInvalid when there are more than 100,000
 */
export async function eventsOf(observed: Observed, filter: AuditFilter): Promise<IndexedEvent[]> {
  const snapshot = await observed.snapshot()
  if ((await observed.count(filter, snapshot)) > MAX_EVENTS)
    throw new errors.AuditQueryInvalid('from and to', `closer: this record takes up to ${MAX_EVENTS} events`)
  const found: IndexedEvent[] = []
  for await (const events of pagesOf(observed, filter, snapshot)) found.push(...events)
  return found
}

/** A row for each event of a filter, oldest first, read page by page. Those written meanwhile are not in it. */
export async function streamOf(
  observed: Observed,
  filter: AuditFilter,
  rowOf: (event: IndexedEvent) => ExportRow
): Promise<RowStream> {
  const snapshot = await observed.snapshot()
  const length = await observed.count(filter, snapshot)
  return {
    length,
    async *[Symbol.asyncIterator]() {
      let read = 0
      for await (const events of pagesOf(observed, filter, snapshot)) {
        read += events.length
        for (let at = 0; at < events.length; at += PIECE) yield events.slice(at, at + PIECE).map(rowOf)
      }
      // fewer than recorded: retention took some meanwhile
      if (read !== length) throw new errors.AuditIndexUnavailable()
    }
  }
}

async function* pagesOf(
  observed: Observed,
  filter: AuditFilter,
  snapshot: number
): AsyncGenerator<readonly IndexedEvent[]> {
  let cursor: string | undefined
  do {
    const page = {
      limit: PAGE,
      order: 'asc',
      snapshot,
      wholeWalk: true,
      ...(cursor !== undefined && { cursor })
    } as const
    const { events, next } = await observed.events(filter, page)
    yield events
    cursor = next
  } while (cursor !== undefined)
}
