import Fastify, { type FastifyInstance } from 'fastify'
import t from 'tap'
import { openDemo } from '../../src/audit/exports/demo/index.ts'
import type { ExportSource } from '../../src/audit/exports/export.ts'
import { EXPORTS } from '../../src/audit/exports/index.ts'
import { QUESTIONS } from '../../src/audit/exports/questions/index.ts'
import { checkBundle } from '../../src/audit/verify/bundle.ts'
import { canonicalHash } from '../../src/core/canonical-json.ts'
import { dialects } from '../../src/dialects/index.ts'
import { errors } from '../../src/errors.ts'
import { openApiDocument } from '../../src/routes/audit-openapi.ts'
import { auditRecordRoutes, type RecordRouteOptions } from '../../src/routes/audit-records.ts'
import { errorAnswers } from '../../src/routes/errors.ts'

const demo = await openDemo()
t.teardown(() => demo.close())
const DAYS = 'from=2026-07-01&to=2026-09-30'

type Recorded = Parameters<RecordRouteOptions['recordExport']>[0]

function stage(options: Partial<RecordRouteOptions> = {}): { app: FastifyInstance; recorded: Recorded[] } {
  const recorded: Recorded[] = []
  const app = Fastify()
  errorAnswers(app, dialects)
  auditRecordRoutes(app, {
    access: { admit: async () => ({ credentialId: 'key_1' }) },
    source: () => demo.source,
    trail: demo.trail,
    recordExport: async question => {
      recorded.push(question)
    },
    ...options
  })
  return { app, recorded }
}

/** The sample, with an index that counts otherwise than it answers. */
function counted(count: number): ExportSource {
  const { observed } = demo.source
  return {
    ...demo.source,
    observed: {
      aggregate: (...args) => observed.aggregate(...args),
      findings: (...args) => observed.findings(...args),
      events: (...args) => observed.events(...args),
      snapshot: () => observed.snapshot(),
      durations: (...args) => observed.durations(...args),
      completeness: () => observed.completeness(),
      count: async () => count
    }
  }
}

const codeOf = ({ payload }: { payload: string }): string =>
  (JSON.parse(payload) as { error: { code: string } }).error.code

t.test('lists of records and questions', async t => {
  const { app } = stage()
  const { exports } = (await app.inject('/audit/exports')).json<{
    exports: { name: string; formats: string[] }[]
  }>()
  t.strictSame(
    exports.map(({ name }) => name),
    EXPORTS.map(({ name }) => name)
  )
  t.strictSame(exports.find(({ name }) => name === 'dora-register')?.formats, ['package', 'workbook'])
  const { questions } = (await app.inject('/audit/questions')).json<{ questions: unknown[] }>()
  t.equal(questions.length, 10)
})

t.test('each export is recorded by filter hash and number of rows', async t => {
  const { app, recorded } = stage()
  for (const { name } of EXPORTS) {
    const answer = await app.inject(`/audit/exports/${name}?${DAYS}&format=json`)
    const { rows } = answer.json<{ rows: unknown[] }>()
    t.match(recorded.at(-1), {
      auditor: { credentialId: 'key_1' },
      filterHash: canonicalHash({ export: name, from: '2026-07-01', to: '2026-09-30' }),
      rows: rows.length,
      format: 'report'
    })
    t.equal(answer.headers['x-schleuse-rows'], String(rows.length))
    t.equal(
      answer.headers['content-disposition'],
      `attachment; filename="${name}_2026-07-01_2026-09-30.json"`
    )
  }
})

t.test('nothing leaves when its record can not be written', async t => {
  const { app } = stage({
    recordExport: async () => {
      throw new errors.RecordFailed()
    }
  })
  for (const url of [`exports/transfers?${DAYS}`, `questions/vendors?${DAYS}&format=bundle`]) {
    const answer = await app.inject(`/audit/${url}`)
    t.equal(answer.statusCode, 503)
    t.notMatch(answer.payload, /Nordlicht/)
  }
})

t.test('each question as a bundle that holds offline', async t => {
  const { app, recorded } = stage()
  for (const { name } of QUESTIONS) {
    const answer = await app.inject(`/audit/questions/${name}?${DAYS}&format=bundle`)
    t.equal(answer.headers['content-type'], 'application/zip')
    const report = checkBundle(answer.rawPayload, demo.trail.vkey())
    t.match(report, { question: name, faults: [] })
    t.ok((report?.events ?? 0) > 0)
    t.equal(report?.proven, report?.events)
    t.match(recorded.at(-1), { format: 'proof' })
  }
})

t.test('progress: told by the id that the auditor chose, to that auditor only', async t => {
  let who = 'key_1'
  const { app } = stage({ access: { admit: async () => ({ credentialId: who }) } })
  const bytes = (await app.inject(`/audit/exports/transfers?${DAYS}&progress=my-export-1`)).rawPayload.length
  const progress = (await app.inject('/audit/progress/my-export-1')).json<Record<string, unknown>>()
  t.match(progress, { state: 'done', rows: 11 })
  t.ok(Number(progress['questions']) >= 2)
  t.equal(progress['bytes'], bytes)
  who = 'key_2'
  t.equal((await app.inject('/audit/progress/my-export-1')).statusCode, 404)
  t.equal((await app.inject(`/audit/exports/transfers?${DAYS}&progress=x`)).statusCode, 400)
})

t.test('an export that is under way says so', async t => {
  let release = (): void => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  let asked = (): void => undefined
  const reached = new Promise<void>(resolve => {
    asked = resolve
  })
  const { app } = stage({
    recordExport: async () => {
      asked()
      await held
    }
  })
  const answer = app
    .inject(`/audit/exports/transfers?${DAYS}&progress=slow-export`)
    .then(one => one.statusCode)
  await reached
  t.match((await app.inject('/audit/progress/slow-export')).json(), { state: 'reading', rows: null })
  release()
  t.equal(await answer, 200)
})

t.test('as many at once as are allowed, and free again afterwards', async t => {
  let release = (): void => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  let waiting = 0
  let full = (): void => undefined
  const reached = new Promise<void>(resolve => {
    full = resolve
  })
  const { app } = stage({
    recordExport: () => {
      if (++waiting === 4) full()
      return held
    }
  })
  const url = `/audit/exports/transfers?${DAYS}`
  const running = Promise.all([1, 2, 3, 4].map(() => app.inject(url)))
  await reached
  const busy = await app.inject(url)
  t.equal(busy.statusCode, 503)
  t.equal(codeOf(busy), 'SCHLEUSE_AUDIT_BUSY')
  release()
  for (const one of await running) t.equal(one.statusCode, 200)
  t.equal((await app.inject(url)).statusCode, 200)
})

t.test('what is asked wrongly', async t => {
  const { app, recorded } = stage()
  for (const [url, status, code] of [
    ['/audit/exports/none', 404, 'SCHLEUSE_AUDIT_EXPORT_UNKNOWN'],
    ['/audit/questions/none', 404, 'SCHLEUSE_AUDIT_EXPORT_UNKNOWN'],
    ['/audit/exports/transfers', 400, 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [`/audit/exports/transfers?${DAYS}&format=pdf`, 400, 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [`/audit/exports/transfers?${DAYS}&format=bundle`, 400, 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [`/audit/exports/transfers?${DAYS}&format=package`, 400, 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [`/audit/exports/transfers?${DAYS}&lang=fr`, 400, 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [`/audit/exports/transfers?${DAYS}&provider=x`, 400, 'SCHLEUSE_AUDIT_QUERY_INVALID']
  ] as const) {
    const answer = await app.inject(url)
    t.equal(answer.statusCode, status, url)
    t.equal(codeOf(answer), code)
  }
  t.strictSame(recorded, [])
})

t.test('what a workbook or a bundle can not hold is refused, with the way out', async t => {
  const { app, recorded } = stage({ source: () => counted(50_001) })
  for (const url of [`exports/deployer-log?${DAYS}&format=xlsx`, `questions/blocked?${DAYS}&format=bundle`]) {
    const answer = await app.inject(`/audit/${url}`)
    t.equal(answer.statusCode, 400)
    t.match(answer.payload, /csv for 50001 rows/)
  }
  t.strictSame(recorded, [])
})

t.test('a stream that loses rows on the way breaks off instead of ending early', async t => {
  const { app } = stage({ source: () => counted(48) })
  await t.rejects(app.inject(`/audit/questions/blocked?${DAYS}&progress=broken-off`))
  t.match((await app.inject('/audit/progress/broken-off')).json(), { state: 'failed' })
})

t.test('a register that can not be read stops only what needs it', async t => {
  const source = () => ({
    ...demo.source,
    register: async () => {
      throw new errors.RegisterUnreadable('there is no such file')
    }
  })
  const { app } = stage({ source })
  t.equal((await app.inject(`/audit/exports/transfers?${DAYS}`)).statusCode, 200)
  const answer = await app.inject(`/audit/exports/dora-register?${DAYS}`)
  t.equal(answer.statusCode, 409)
  t.equal(codeOf(answer), 'SCHLEUSE_REGISTER_UNREADABLE')
})

t.test(
  'the document names every record, question and their formats, and only paths that there are',
  async t => {
    const { app } = stage()
    const { paths } = openApiDocument('1') as {
      paths: Record<string, { get: { parameters: { name: string; schema: { enum?: string[] } }[] } }>
    }
    for (const { name } of EXPORTS) t.ok(paths[`/audit/exports/${name}`])
    const formats = (path: string) =>
      paths[path]?.get.parameters.find(one => one.name === 'format')?.schema.enum ?? []
    t.ok(formats('/audit/questions/vendors').includes('bundle'))
    t.ok(formats('/audit/exports/dora-register').includes('package'))
    for (const path of Object.keys(paths).filter(
      one => /\/audit\/(exports|questions)/.test(one) && !one.endsWith('/events')
    ))
      t.not((await app.inject(path)).statusCode, 404, path)
  }
)
