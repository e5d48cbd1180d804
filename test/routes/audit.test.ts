import Fastify, { type FastifyInstance } from 'fastify'
import t from 'tap'
import { dialects } from '../../src/dialects/index.ts'
import { errors } from '../../src/errors.ts'
import { type AuditQuestion, auditRoutes, type AuditRouteOptions } from '../../src/routes/audit.ts'
import { auditExportRoutes } from '../../src/routes/audit-export.ts'
import { AUDIT_PATHS } from '../../src/routes/audit-params.ts'
import { errorAnswers } from '../../src/routes/errors.ts'
import type { AuditIndex } from '../../src/audit/index/audit-index.ts'
import { indexOf, traffic } from '../support/audit-index.ts'

const events = traffic(1300)

interface Stage {
  readonly app: FastifyInstance
  readonly recorded: (AuditQuestion & { readonly format?: string })[]
}

async function stage(index: AuditIndex, options: Partial<AuditRouteOptions> = {}): Promise<Stage> {
  const recorded: Stage['recorded'] = []
  const app = Fastify()
  errorAnswers(app, dialects)
  const common = { access: { admit: async () => ({ credentialId: 'key_1' }) }, index }
  auditRoutes(app, {
    ...common,
    recordQuery: async question => {
      recorded.push(question)
    },
    prove: async () => undefined,
    version: '1.2.3',
    ...options
  })
  auditExportRoutes(app, {
    ...common,
    recordExport: async question => {
      recorded.push(question)
    }
  })
  return { app, recorded }
}

interface Page {
  readonly events: { readonly event: object; readonly log: string; readonly leaf: number }[]
  readonly next?: string
}

t.test('pages of events, each recorded with its filter hash and number of rows', async t => {
  const { app, recorded } = await stage(await indexOf(t, events))
  const first = (await app.inject('/audit/events?provider=openai&limit=20')).json<Page>()
  t.equal(first.events.length, 20)
  t.match(first.events[0], { event: { provider: { id: 'openai' } }, log: 'log-a', leaf: Number })
  const second = (
    await app.inject(`/audit/events?provider=openai&limit=20&cursor=${first.next}`)
  ).json<Page>()
  t.equal(new Set([...first.events, ...second.events].map(({ leaf }) => leaf)).size, 40)
  t.same(
    recorded.map(({ auditor, rows }) => [auditor.credentialId, rows]),
    [
      ['key_1', 20],
      ['key_1', 20]
    ]
  )
  for (const { filterHash } of recorded) t.match(filterHash, /^sha256:[0-9a-f]{64}$/)
  await app.inject('/audit/events?provider=azure&limit=20')
  t.not(recorded[2]?.filterHash, recorded[0]?.filterHash)
})

t.test('events leave as the log holds them, byte for byte', async t => {
  const { app } = await stage(await indexOf(t, events))
  const { payload } = await app.inject('/audit/events?limit=5&order=asc')
  for (const json of events.slice(0, 5)) t.ok(payload.includes(`{"event":${json},`))
})

t.test('nothing leaves when its record can not be written', async t => {
  const index = await indexOf(t, events)
  const failing = async (): Promise<void> => {
    throw new errors.RecordFailed()
  }
  const app = Fastify()
  errorAnswers(app, dialects)
  const access = { admit: async () => ({}) }
  auditRoutes(app, { access, index, recordQuery: failing, prove: async () => 'proof', version: '1' })
  auditExportRoutes(app, { access, index, recordExport: failing })
  const id = (JSON.parse(events[3] ?? '') as { event_id: string }).event_id
  for (const path of Object.values(AUDIT_PATHS)) {
    if (path === AUDIT_PATHS.openapi) continue
    const answer = await app.inject(path.replace(':id', id))
    t.equal(answer.statusCode, 503, path)
    t.equal(answer.json<{ error: { code: string } }>().error.code, 'SCHLEUSE_RECORD_FAILED')
    t.notOk(answer.payload.includes('log-a'))
  }
})

t.test('one event and its proof', async t => {
  const index = await indexOf(t, events)
  const asked: unknown[] = []
  const { app, recorded } = await stage(index, {
    prove: async ({ log, leaf }) => {
      asked.push([log, leaf])
      return leaf === 3 ? 'c2sp.org/tlog-proof@v1\n' : undefined
    }
  })
  const idOf = (at: number): string => (JSON.parse(events[at] ?? '') as { event_id: string }).event_id
  t.match((await app.inject(`/audit/events/${idOf(3)}`)).json(), { leaf: 3, log: 'log-a' })
  const proof = await app.inject(`/audit/events/${idOf(3)}/proof`)
  t.match(proof.headers['content-type'], 'text/plain')
  t.equal(proof.payload, 'c2sp.org/tlog-proof@v1\n')
  t.same(asked, [['log-a', 3]])
  t.match((await app.inject(`/audit/events/${idOf(4)}/proof`)).json(), {
    error: { code: 'SCHLEUSE_AUDIT_PROOF_UNAVAILABLE' }
  })
  t.equal(recorded.length, 3)
})

t.test('what is wrong is answered in words, without the value', async t => {
  const { app } = await stage(await indexOf(t, events))
  const cases: [string, string][] = [
    ['/audit/events?provdier=openai', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?from=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?from=2026-10-01&to=2026-09-01', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?limit=1001', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?limit=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?order=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?cursor=SECRET', 'SCHLEUSE_AUDIT_CURSOR_INVALID'],
    ['/audit/events?request_id=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?missing=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?from_leaf=3', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events?from=2026-10-01&from=2026-11-01', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [`/audit/events?app=${'x'.repeat(301)}`, 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    [
      `/audit/events?app=${Array.from({ length: 101 }, (_, n) => n).join(',')}`,
      'SCHLEUSE_AUDIT_QUERY_INVALID'
    ],
    ['/audit/aggregates?by=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/aggregates?from=2026-10-01T10:00:00Z', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/aggregates?request_id=00000000-0000-7000-8000-000000000000', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/completeness?app=x', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/exports/events?format=SECRET', 'SCHLEUSE_AUDIT_QUERY_INVALID'],
    ['/audit/events/SECRET', 'SCHLEUSE_AUDIT_EVENT_UNKNOWN'],
    ['/audit/events/00000000-0000-7000-8000-000000000000', 'SCHLEUSE_AUDIT_EVENT_UNKNOWN']
  ]
  for (const [path, code] of cases) {
    const answer = await app.inject(path)
    t.equal(answer.json<{ error?: { code: string } }>().error?.code, code, path.slice(0, 60))
    t.ok([400, 404].includes(answer.statusCode), String(answer.statusCode))
    t.notMatch(answer.payload, /SECRET|provdier/)
  }
})

t.test('exports stream every event of the filter once, and say beforehand how many', async t => {
  const { app, recorded } = await stage(await indexOf(t, events))
  const matching = events.filter(json => json.includes('"id":"openai"'))
  t.ok(matching.length > 100)
  const ndjson = await app.inject('/audit/exports/events?provider=openai')
  t.equal(ndjson.headers['content-type'], 'application/x-ndjson')
  const lines = ndjson.payload.trimEnd().split('\n')
  t.same(
    lines.map(line => JSON.stringify((JSON.parse(line) as { event: unknown }).event)),
    matching
  )
  t.equal(Number(ndjson.headers['x-schleuse-rows']), matching.length)
  const csv = await app.inject('/audit/exports/events?format=csv')
  t.equal(csv.payload.trimEnd().split('\r\n').length, events.length + 1)
  const german = await app.inject('/audit/exports/events?format=csv-de')
  t.match(german.payload, /^\ufeffoccurred_at;type;/)
  t.same(
    recorded.map(({ rows, format }) => [rows, format]),
    [
      [matching.length, 'jsonl'],
      [events.length, 'csv'],
      [events.length, 'csv']
    ]
  )
})

t.test('an export breaks off when rows are missing that were recorded', async t => {
  const index = await indexOf(t, events)
  const app = Fastify()
  errorAnswers(app, dialects)
  auditExportRoutes(app, {
    access: { admit: async () => ({}) },
    index: Object.assign(Object.create(index) as AuditIndex, {
      snapshot: () => index.snapshot(),
      events: index.events.bind(index),
      count: async () => events.length + 1
    }),
    recordExport: async () => undefined
  })
  await t.rejects(app.inject('/audit/exports/events'))
})

t.test('no more exports at once than allowed, and each gives its place back', async t => {
  const index = await indexOf(t, events.slice(0, 10))
  let release = (): void => undefined
  const held = new Promise<void>(resolve => (release = resolve))
  const app = Fastify()
  errorAnswers(app, dialects)
  auditExportRoutes(app, {
    access: { admit: async () => ({}) },
    index,
    recordExport: () => held
  })
  const running = Array.from({ length: 4 }, async () => app.inject('/audit/exports/events'))
  const refused = await app.inject('/audit/exports/events')
  t.match(refused.json(), { error: { code: 'SCHLEUSE_AUDIT_BUSY' } })
  t.equal(refused.statusCode, 503)
  release()
  for (const answer of await Promise.all(running)) t.equal(answer.statusCode, 200)
  t.equal((await app.inject('/audit/exports/events')).statusCode, 200)
})

t.test('cells never begin as a formula, whatever a tampered log holds', async t => {
  const evil = ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\uff1dcmd', 'a;b,c"d']
  const bad = evil.map(app =>
    JSON.stringify({ event_type: 'ai.request.blocked', occurred_at: '2026-10-01T00:00:00.000Z', app_id: app })
  )
  const { app } = await stage(await indexOf(t, [...bad, '=1+1 no JSON at all']))
  for (const [format, separator] of [
    ['csv', ','],
    ['csv-de', ';']
  ] as const) {
    const { payload } = await app.inject(`/audit/exports/events?format=${format}`)
    const cells = payload.replaceAll('""', '').split(new RegExp(`\r\n|${separator}`))
    t.notOk(cells.some(cell => /^"?[=+\-@\uff1d]/.test(cell)))
    t.match(payload, `"'=HYPERLINK(""x"")"`)
    t.match(payload, '"a;b,c""d"')
    t.notMatch(payload, 'no JSON')
  }
  t.notMatch((await app.inject('/audit/exports/events')).payload, 'no JSON')
  t.notMatch((await app.inject('/audit/events')).payload, 'no JSON')
})

t.test('the document names every path, parameter and format of the interface', async t => {
  const { app } = await stage(await indexOf(t, events.slice(0, 3)))
  const document = (await app.inject('/audit/openapi.json')).json<{
    openapi: string
    paths: Record<string, { get: { parameters: { name: string; in: string }[]; responses: object } }>
  }>()
  t.equal(document.openapi, '3.1.0')
  const own = Object.values(AUDIT_PATHS).map(path => path.replace(':id', '{id}'))
  t.same(Object.keys(document.paths).slice(0, own.length), own)
  // Those of records are held against a running gateway, in test/gateway/audit-records.test.ts.
  for (const [path, { get }] of Object.entries(document.paths).slice(0, own.length)) {
    t.ok(app.hasRoute({ method: 'GET', url: path.replace('{id}', ':id') }), path)
    const names = get.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)
    t.equal(new Set(names).size, names.length)
    for (const name of names) {
      const answer = await app.inject(`${path.replace('{id}', 'x')}?${name}=`)
      t.notMatch(answer.payload, 'parameter names', name)
    }
  }
})
