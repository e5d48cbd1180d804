import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type AuditFilter, filterHash, one, parseFilter, type FilterParams } from '../audit/index/filter.ts'
import { EVENT_FORMATS, type EventFormat } from '../audit/index/formats.ts'
import type { AuditQueries } from '../audit/index/audit-index.ts'
import { errors } from '../errors.ts'
import type { AuditorAccess } from './audit-access.ts'
import type { AuditQuestion } from './audit.ts'
import { AUDIT_PATHS, checkNames } from './audit-params.ts'

export interface ExportRouteOptions {
  readonly access: AuditorAccess
  readonly index: AuditQueries
  /** As `recordQuery`, for what leaves as a file. */
  readonly recordExport: (question: AuditQuestion & { readonly format: 'jsonl' | 'csv' }) => Promise<void>
}

/** Events read at once; a page is about 0.75 MB, and the next is read when the client has taken this one. */
const PAGE = 500
/** Exports under way at once: each holds a page, and all share the thread of the index. */
const MAX_EXPORTS = 4

/**
 * All events of a filter as one stream, oldest first. The number of rows is counted and recorded before the first leaves;
 * what is written meanwhile is not in it. When fewer rows come than were recorded, the stream breaks off without its end.
 */
export function auditExportRoutes(app: FastifyInstance, options: ExportRouteOptions): void {
  let running = 0
  app.get(AUDIT_PATHS.export, async (request, reply) => {
    const auditor = await options.access.admit(request)
    const params = request.query as FilterParams
    checkNames(params, ['format'])
    const filter = parseFilter(params)
    const format = formatOf(params)
    if (running >= MAX_EXPORTS) throw new errors.AuditBusy(String(MAX_EXPORTS))
    running++
    let left = false
    const leave = (): void => {
      if (!left) running--
      left = true
    }
    try {
      const snapshot = await options.index.snapshot()
      const rows = await options.index.count(filter, snapshot)
      await options.recordExport({
        auditor,
        filterHash: filterHash(filter, { question: 'export' }),
        rows,
        format: format.name === 'ndjson' ? 'jsonl' : 'csv'
      })
      const content = pages(options.index, filter, format, snapshot, rows)
      const stream = Readable.from(ending(content, leave), { objectMode: false })
      // Also when the client has gone before the first piece was read.
      stream.once('close', leave)
      return await reply
        .type(format.contentType)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="events.${format.name.replace('-de', '')}"`)
        .header('x-schleuse-rows', rows)
        .send(stream)
    } catch (error) {
      leave()
      throw error
    }
  })
}

async function* ending<T>(source: AsyncIterable<T>, end: () => void): AsyncGenerator<T> {
  try {
    yield* source
  } finally {
    end()
  }
}

async function* pages(
  index: AuditQueries,
  filter: AuditFilter,
  format: EventFormat,
  snapshot: number,
  rows: number
): AsyncGenerator<string> {
  if (format.head !== '') yield format.head
  let sent = 0
  let cursor: string | undefined
  do {
    const page = { limit: PAGE, order: 'asc', snapshot, ...(cursor && { cursor }) } as const
    const { events, next } = await index.events(filter, page)
    if (events.length > 0) yield events.map(format.line).join('')
    sent += events.length
    cursor = next
  } while (cursor !== undefined)
  if (sent !== rows) throw new errors.AuditIndexUnavailable()
}

function formatOf(params: FilterParams): EventFormat {
  const name = one(params, 'format') ?? 'ndjson'
  const format = EVENT_FORMATS.find(one => one.name === name)
  if (format === undefined)
    throw new errors.AuditQueryInvalid('format', EVENT_FORMATS.map(({ name }) => name).join(', '))
  return format
}
