import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditQueries } from '../audit/index/audit-index.ts'
import {
  type AuditFilter,
  filterHash,
  listOf,
  one,
  parseFilter,
  type FilterParams
} from '../audit/index/filter.ts'
import { eventJson } from '../audit/index/formats.ts'
import type { IndexedEvent } from '../audit/index/page.ts'
import { errors } from '../errors.ts'
import type { Auditor, AuditorAccess } from './audit-access.ts'
import { openApiDocument } from './audit-openapi.ts'
import { AUDIT_PATHS, checkNames, limitOf, orderOf } from './audit-params.ts'

/** What a record of a question says of it. */
export interface AuditQuestion {
  readonly auditor: Auditor
  readonly filterHash: string
  readonly rows: number
}

export interface AuditRouteOptions {
  readonly access: AuditorAccess
  readonly index: AuditQueries
  /** Resolves when the record of the question is on the disk; only then may the answer leave. */
  readonly recordQuery: (question: AuditQuestion) => Promise<void>
  /** The inclusion proof of an entry, as `tlog-proof@v1` text; undefined when its log is not on this machine. */
  readonly prove: (event: IndexedEvent) => Promise<string | undefined>
  readonly version: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const EVERYTHING: AuditFilter = { values: new Map(), missing: [] }

/** Questions of auditors. Each is recorded, by the hash of its filter and its number of rows, before its answer leaves. */
export function auditRoutes(app: FastifyInstance, options: AuditRouteOptions): void {
  const { access, index } = options
  const get = (path: string, handler: (asked: Asked, reply: FastifyReply) => Promise<unknown>): void => {
    app.get(path, async (request, reply) => {
      const auditor = await access.admit(request)
      reply.header('cache-control', 'no-store')
      return handler(new Asked(request, auditor, options), reply)
    })
  }
  get(AUDIT_PATHS.events, async (asked, reply) => {
    const filter = asked.filter(['limit', 'order', 'cursor'])
    const cursor = one(asked.params, 'cursor')
    const page = { limit: limitOf(asked.params), order: orderOf(asked.params), ...(cursor && { cursor }) }
    const { events, next } = await index.events(filter, page)
    await asked.record(filter, { ...page, question: 'events' }, events.length)
    const more = next === undefined ? '' : `,"next":${JSON.stringify(next)}`
    return sendJson(reply, `{"events":[${events.map(eventJson).join(',')}]${more}}`)
  })
  get(AUDIT_PATHS.event, async (asked, reply) => {
    const events = await oneEvent(asked, index)
    return sendJson(reply, events.map(eventJson)[0] ?? '')
  })
  get(AUDIT_PATHS.proof, async (asked, reply) => {
    const [event] = await oneEvent(asked, index)
    if (event === undefined) throw new errors.AuditEventUnknown()
    const proof = await options.prove(event)
    if (proof === undefined) throw new errors.AuditProofUnavailable()
    return reply.type('text/plain; charset=utf-8').send(proof)
  })
  get(AUDIT_PATHS.aggregates, async asked => {
    const filter = asked.filter(['by'])
    const by = listOf(asked.params, 'by')
    const rows = await index.aggregate(filter, by)
    await asked.record(filter, { by, question: 'aggregates' }, rows.length)
    return { rows }
  })
  get(AUDIT_PATHS.findings, async asked => {
    const filter = asked.filter(['by'])
    const by = listOf(asked.params, 'by')
    const rows = await index.findings(filter, by)
    await asked.record(filter, { by, question: 'findings' }, rows.length)
    return { rows }
  })
  get(AUDIT_PATHS.completeness, async asked => {
    checkNames(asked.params, [], [])
    const answer = await index.completeness()
    await asked.record(EVERYTHING, { question: 'completeness' }, answer.logs.length)
    return answer
  })
  app.get(AUDIT_PATHS.openapi, async request => {
    await access.admit(request)
    return openApiDocument(options.version)
  })
}

/** One question: who asks, and what. */
class Asked {
  readonly params: FilterParams
  readonly id: string
  readonly #auditor: Auditor
  readonly #options: AuditRouteOptions

  constructor(request: FastifyRequest, auditor: Auditor, options: AuditRouteOptions) {
    this.params = request.query as FilterParams
    this.id = (request.params as { id?: string }).id ?? ''
    this.#auditor = auditor
    this.#options = options
  }

  /** @throws errors.AuditQueryInvalid, also for names that are no parameters of this question */
  filter(more: readonly string[]): AuditFilter {
    checkNames(this.params, more)
    return parseFilter(this.params)
  }

  /** @throws errors.RecordFailed: then nothing is answered */
  record(filter: AuditFilter, more: Readonly<Record<string, unknown>>, rows: number): Promise<void> {
    return this.#options.recordQuery({ auditor: this.#auditor, filterHash: filterHash(filter, more), rows })
  }
}

/** @throws errors.AuditEventUnknown */
async function oneEvent(asked: Asked, index: AuditQueries): Promise<readonly IndexedEvent[]> {
  checkNames(asked.params, [], [])
  const events = UUID.test(asked.id) ? await index.event(asked.id) : []
  await asked.record(
    { values: new Map(), missing: [] },
    { question: 'event', event_id: asked.id },
    events.length
  )
  if (events.length === 0) throw new errors.AuditEventUnknown()
  return events
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json)
}
