import type { FastifyInstance } from 'fastify'
import type { Language } from '../audit/exports/export.ts'
import { FORMATS } from '../audit/exports/formats/index.ts'
import { EXPORTS } from '../audit/exports/index.ts'
import { fill } from '../audit/exports/run.ts'
import type { ExportSource } from '../audit/exports/export.ts'
import { canonicalHash } from '../core/canonical-json.ts'
import { errors } from '../errors.ts'
import { one, type FilterParams } from '../audit/index/filter.ts'
import type { AuditQuestion } from './audit.ts'
import type { AuditorAccess } from './audit-access.ts'
import { checkNames } from './audit-params.ts'

export interface RecordRouteOptions {
  readonly access: AuditorAccess
  /** What records are filled from, as it stands now. */
  readonly source: () => ExportSource
  /** Resolves when the record of the export is on the disk; only then may it leave. */
  readonly recordExport: (question: AuditQuestion & { readonly format: 'report' }) => Promise<void>
}

const PARAMS = ['from', 'to', 'format', 'lang']

/** The records that laws ask for, filled from the trail: a list of them, and each as a file. */
export function auditRecordRoutes(app: FastifyInstance, options: RecordRouteOptions): void {
  app.get('/audit/exports', async request => {
    await options.access.admit(request)
    return {
      exports: EXPORTS.map(({ name, title, law }) => ({ name, title, law })),
      formats: FORMATS.map(({ name }) => name)
    }
  })
  app.get('/audit/exports/:name', async request => {
    await options.access.admit(request)
    throw new errors.AuditExportUnknown()
  })
  for (const record of EXPORTS) {
    app.get(`/audit/exports/${record.name}`, async (request, reply) => {
      const auditor = await options.access.admit(request)
      const params = request.query as FilterParams
      checkNames(params, PARAMS, [])
      const [from, to] = [one(params, 'from') ?? '', one(params, 'to') ?? '']
      const format = FORMATS.find(({ name }) => name === (one(params, 'format') ?? 'csv'))
      if (format === undefined)
        throw new errors.AuditQueryInvalid('format', FORMATS.map(({ name }) => name).join(', '))
      const language = languageOf(params)
      const filled = await fill(record, options.source(), from, to).catch((error: unknown) => {
        if (error instanceof RangeError)
          throw new errors.AuditQueryInvalid('from and to', 'days such as 2026-07-01, the last one included')
        throw error
      })
      await options.recordExport({
        auditor,
        filterHash: canonicalHash({ export: record.name, from, to }),
        rows: filled.rows.length,
        format: 'report'
      })
      const file = `${record.name}_${from}_${to}.${format.extension}`
      return reply
        .type(format.contentType)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${file}"`)
        .header('x-schleuse-rows', filled.rows.length)
        .send(format.write(filled, language))
    })
  }
}

function languageOf(params: FilterParams): Language {
  const language = one(params, 'lang') ?? 'de'
  if (language !== 'de' && language !== 'en') throw new errors.AuditQueryInvalid('lang', 'de or en')
  return language
}
