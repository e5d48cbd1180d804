import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import t from 'tap'
import { openDemo } from '../../src/audit/exports/demo/index.ts'
import { dialects } from '../../src/dialects/index.ts'
import { type AuditQuestion, auditRoutes } from '../../src/routes/audit.ts'
import { auditRecordRoutes } from '../../src/routes/audit-records.ts'
import { errorAnswers } from '../../src/routes/errors.ts'

/** Each command and query that the README names for a duty is run, on the sample quarter. */

const readme = readFileSync(new URL('../../src/audit/README.md', import.meta.url), 'utf8')
const section = readme.slice(readme.indexOf('## Duties and the question'))
const rows = section
  .split('\n')
  .filter(line => /^\| \d/.test(line))
  .map(line => line.split('|').slice(1, 3) as [string, string])

const demo = await openDemo()
t.teardown(() => demo.close())
const recorded: AuditQuestion[] = []
const record = async (question: AuditQuestion): Promise<void> => {
  recorded.push(question)
}
const app = Fastify()
errorAnswers(app, dialects)
const access = { admit: async () => ({ credentialId: 'key_1' }) }
const { observed } = demo.source
auditRoutes(app, {
  access,
  index: {
    aggregate: (...args) => observed.aggregate(...args),
    findings: (...args) => observed.findings(...args),
    events: (...args) => observed.events(...args),
    count: (...args) => observed.count(...args),
    snapshot: () => observed.snapshot(),
    durations: (...args) => observed.durations(...args),
    completeness: () => observed.completeness(),
    event: async () => []
  },
  recordQuery: record,
  prove: async () => undefined,
  version: '1'
})
auditRecordRoutes(app, { access, source: () => demo.source, trail: demo.trail, recordExport: record })

const [some] = (await observed.events({ values: new Map(), missing: [] }, { limit: 1, order: 'desc' })).events
const requestId = /"request_id":"([^"]+)"/.exec(some?.json ?? '')?.[1] ?? ''
const DAYS = 'from=2026-07-01&to=2026-09-30'

/** Tested with a running gateway (test/gateway/actors.test.ts): they need the keys of persons. */
const OF_PERSONS = new Set(['audit find', 'audit recipients', 'audit erase'])

function urlOf(command: string): string | undefined {
  const query = /^GET (\/\S+)$/.exec(command)?.[1]
  if (query !== undefined) return query.replace('ID', requestId)
  const [, verb, name] = /^audit (export|ask) (\S+)$/.exec(command) ?? []
  return verb === undefined ? undefined : `/audit/${verb === 'ask' ? 'questions' : 'exports'}/${name}?${DAYS}`
}

for (const [duty, commands] of rows) {
  t.test(duty.trim(), async t => {
    const all = [...commands.matchAll(/`((?:GET|audit) [^`]+)`/g)].map(match => match[1] ?? '')
    t.ok(all.length > 0)
    for (const command of all) {
      if (OF_PERSONS.has(command)) continue
      const url = urlOf(command)
      if (url === undefined) return t.fail(`${command} is no command`)
      const before = recorded.length
      const answer = await app.inject(url)
      t.equal(answer.statusCode, 200, `${command}: ${answer.payload.slice(0, 200)}`)
      t.equal(recorded.length, before + 1, 'on the record')
    }
    return undefined
  })
}

t.test('every duty that a gateway can serve is there', async t => {
  const named = rows.flatMap(([duty]) =>
    [...(/^[\d, ]+/.exec(duty.trim())?.[0] ?? '').matchAll(/\d+/g)].map(Number)
  )
  const left = [15, 20, 29, 30, 35]
  const all = Array.from({ length: 53 }, (_, at) => at + 1)
  t.strictSame(
    all.filter(one => !named.includes(one)),
    left
  )
  t.equal(new Set(named).size, named.length, 'each once')
})
