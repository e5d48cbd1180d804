import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditExport, ExportSource, Language } from '../audit/exports/export.ts'
import type { ExportFormat, Filled } from '../audit/exports/formats/format.ts'
import { FORMATS } from '../audit/exports/formats/index.ts'
import { EXPORTS } from '../audit/exports/index.ts'
import { MAX_BUNDLE_ROWS, type Trail, writeBundle } from '../audit/exports/questions/bundle.ts'
import { QUESTIONS } from '../audit/exports/questions/index.ts'
import type { Question } from '../audit/exports/questions/question.ts'
import { fill } from '../audit/exports/run.ts'
import { type FilterParams, one } from '../audit/index/filter.ts'
import { canonicalHash } from '../core/canonical-json.ts'
import { errors } from '../errors.ts'
import type { AuditQuestion } from './audit.ts'
import type { Auditor, AuditorAccess } from './audit-access.ts'
import { checkNames } from './audit-params.ts'
import { counting, type Progress, ProgressList } from './audit-progress.ts'

export interface RecordRouteOptions {
  readonly access: AuditorAccess
  /** What records are filled from, as it stands now. */
  readonly source: () => ExportSource
  /** What proves single events. */
  readonly trail: Trail
  /** Resolves when the record of the export is on the disk; only then may it leave. */
  readonly recordExport: (question: AuditQuestion & { readonly format: 'report' | 'proof' }) => Promise<void>
}

const PARAMS = ['from', 'to', 'format', 'lang', 'progress']
/** Records that are filled at once: each may hold a table, and all share the thread of the index. */
const MAX_EXPORTS = 4
/** Of a question, besides the formats of all records. */
export const BUNDLE = 'bundle'

/** The records that laws ask for and the questions that auditors begin with, filled from the trail: lists, and each as a file. */
export function auditRecordRoutes(app: FastifyInstance, options: RecordRouteOptions): void {
  const progress = new ProgressList()
  const exporter = new Exporter(options, progress)
  app.get('/audit/exports', async request => {
    await options.access.admit(request)
    const exports = EXPORTS.map(({ name, title, law, formats = [] }) => ({
      name,
      title,
      law,
      formats: formats.map(format => format.name)
    }))
    return { exports, formats: FORMATS.map(({ name }) => name) }
  })
  app.get('/audit/questions', async request => {
    await options.access.admit(request)
    const questions = QUESTIONS.map(({ name, question, law }) => ({ name, question, law }))
    return { questions, formats: [...FORMATS.map(({ name }) => name), BUNDLE] }
  })
  app.get('/audit/progress/:id', async request => {
    const auditor = await options.access.admit(request)
    return progress.of(auditor, (request.params as { id: string }).id)
  })
  for (const path of ['/audit/exports/:name', '/audit/questions/:name'])
    app.get(path, async request => {
      await options.access.admit(request)
      throw new errors.AuditExportUnknown()
    })
  for (const record of EXPORTS)
    app.get(`/audit/exports/${record.name}`, (request, reply) => exporter.send(request, reply, record))
  for (const question of QUESTIONS)
    app.get(`/audit/questions/${question.name}`, (request, reply) =>
      exporter.send(request, reply, question, question)
    )
}

interface Asked {
  readonly from: string
  readonly to: string
  readonly format: ExportFormat | typeof BUNDLE
  readonly language: Language
  readonly progress: string | undefined
}

class Exporter {
  readonly #options: RecordRouteOptions
  readonly #progress: ProgressList
  #running = 0

  constructor(options: RecordRouteOptions, progress: ProgressList) {
    this.#options = options
    this.#progress = progress
  }

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    record: AuditExport,
    question?: Question
  ): Promise<FastifyReply> {
    const auditor = await this.#options.access.admit(request)
    const asked = askedOf(request.query as FilterParams, record, question !== undefined)
    if (this.#running >= MAX_EXPORTS) throw new errors.AuditBusy(String(MAX_EXPORTS))
    const progress = this.#progress.begin(auditor, asked.progress)
    this.#running++
    let left = false
    const leave = (): void => {
      if (!left) this.#running--
      left = true
      if (progress.state !== 'done') progress.state = 'failed'
    }
    try {
      const { content, ...about } = await this.#make(auditor, record, asked, progress, question)
      const stream = Readable.from(followed(content, progress, leave), { objectMode: false })
      // Also when the client has gone before the first piece was read.
      stream.once('close', leave)
      return await reply
        .type(about.contentType)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${about.file}"`)
        .header('x-schleuse-rows', about.rows)
        .send(stream)
    } catch (error) {
      leave()
      throw error
    }
  }

  /** Fills the record and puts on the trail that it leaves; the content itself is made while it is read. */
  async #make(auditor: Auditor, record: AuditExport, asked: Asked, progress: Progress, question?: Question) {
    const { from, to, format, language } = asked
    const { trail, recordExport } = this.#options
    const source = counting(this.#options.source(), progress)
    const filled = await fill(record, source, from, to).catch((error: unknown) => {
      if (error instanceof RangeError)
        throw new errors.AuditQueryInvalid('from and to', 'days such as 2026-07-01, the last one included')
      throw error
    })
    const rows = filled.rows.length
    const isBundle = format === BUNDLE
    const { name, maxRows = rows } = isBundle ? { name: BUNDLE, maxRows: MAX_BUNDLE_ROWS } : format
    if (rows > maxRows)
      throw new errors.AuditQueryInvalid('format', `csv for ${rows} rows: ${name} holds ${maxRows}`)
    const file = fileOf(filled, isBundle ? BUNDLE : format)
    const filterHash = canonicalHash({ export: record.name, from, to })
    await recordExport({ auditor, filterHash, rows, format: isBundle ? 'proof' : 'report' })
    progress.rows = rows
    progress.state = 'writing'
    const content =
      isBundle && question !== undefined
        ? once(() => writeBundle(question, filled, source.observed, trail, filterHash))
        : isBundle
          ? once(() => Promise.reject(new errors.Internal()))
          : format.write(filled, language)
    const contentType = isBundle ? 'application/zip' : format.contentType
    return { content, contentType, file, rows }
  }
}

async function* once(make: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await make()
}

async function* followed(
  content: AsyncIterable<string | Uint8Array>,
  progress: Progress,
  leave: () => void
): AsyncGenerator<string | Uint8Array> {
  try {
    for await (const piece of content) {
      progress.bytes += Buffer.byteLength(piece)
      yield piece
    }
    progress.state = 'done'
  } finally {
    leave()
  }
}

function fileOf(filled: Filled, format: ExportFormat | typeof BUNDLE): string {
  const { record, from, to } = filled
  const name = `${record.name}_${from}_${to}`
  if (format === BUNDLE) return `${name}.zip`
  return `${format.fileName?.(filled) ?? name}.${format.extension}`
}

/** @throws errors.AuditQueryInvalid */
function askedOf(params: FilterParams, record: AuditExport, hasBundle: boolean): Asked {
  checkNames(params, PARAMS, [])
  const name = one(params, 'format') ?? 'csv'
  const formats = [...FORMATS, ...(record.formats ?? [])]
  const format = formats.find(format => format.name === name)
  const isBundle = hasBundle && name === BUNDLE
  if (format === undefined && !isBundle)
    throw new errors.AuditQueryInvalid(
      'format',
      [...formats.map(one => one.name), ...(hasBundle ? [BUNDLE] : [])].join(', ')
    )
  return {
    from: one(params, 'from') ?? '',
    to: one(params, 'to') ?? '',
    format: format ?? BUNDLE,
    language: languageOf(params),
    progress: one(params, 'progress')
  }
}

function languageOf(params: FilterParams): Language {
  const language = one(params, 'lang') ?? 'de'
  if (language !== 'de' && language !== 'en') throw new errors.AuditQueryInvalid('lang', 'de or en')
  return language
}
