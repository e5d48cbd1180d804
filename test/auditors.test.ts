import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { buildApp } from '../src/app.ts'
import { checkProof, parseProof } from '../src/audit/tlog/proof.ts'
import { rebuildIndex } from '../src/cli/audit-index.ts'
import { createToken, listTokens, revokeToken } from '../src/cli/audit-token.ts'
import { type Config, loadConfig } from '../src/config.ts'
import { systemClock } from '../src/core/clock.ts'
import { folderOf } from './support/audit-index.ts'
import { writeConfig } from './support/gateway.ts'
import { recordLines } from './support/records.ts'

/** The whole way: requests, log, index in its thread, questions, exports, shipped events. */

const demo = { id: 'demo', provider: 'demo', models: ['demo/echo'] } as const

function configIn(folder: string, auditors: object = {}): Config {
  const providers = [demo] as unknown as Parameters<typeof writeConfig>[1]['providers']
  return loadConfig({ SCHLEUSE_CONFIG: writeConfig(folder, { providers, settings: { auditors } }) })
}

interface Ends {
  teardown(end: () => unknown): unknown
}

async function start(t: Ends, config: Config): Promise<FastifyInstance> {
  const app = await buildApp(config, {
    clock: systemClock,
    randomBytes,
    load: () => config,
    log: { write: () => undefined }
  })
  t.teardown(() => app.close())
  await app.ready()
  return app
}

async function ask(
  app: FastifyInstance,
  content: string,
  more: object = {},
  headers: Record<string, string> = {}
) {
  return app.inject({
    method: 'POST',
    url: '/v1/chat/completions',
    headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
    payload: { model: 'demo/echo', messages: [{ role: 'user', content }], ...more }
  })
}

interface Sums {
  readonly rows: readonly { readonly key: Record<string, string | null>; readonly events: number }[]
}

const get = async (app: FastifyInstance, url: string) => app.inject({ url, headers: { host: '127.0.0.1' } })

/** Asks until the index has followed the log so far; the test's time limit bounds it. */
async function eventsOf(app: FastifyInstance, type: string, atLeast: number): Promise<number> {
  for (;;) {
    const { rows } = (await get(app, `/audit/aggregates?by=type&type=${type}`)).json<Sums>()
    const events = rows[0]?.events ?? 0
    if (events >= atLeast) return events
  }
}

t.test('questions are answered from the log, and are in it themselves', async t => {
  const folder = folderOf(t)
  const shipped = join(folder, 'shipped.jsonl')
  const config = configIn(folder, {
    ship: [{ id: 'siem', view: 'ocsf', sink: 'file', path: 'shipped.jsonl' }]
  })
  const app = await start(t, config)
  for (let i = 0; i < 3; i++) await ask(app, 'Bitte an anna.weber@example.org schreiben.')
  t.equal(await eventsOf(app, 'ai.request.completed', 3), 3)
  const findings = (await get(app, '/audit/findings?by=class,action')).json<Sums>()
  t.match(findings.rows, [{ key: { class: 'EMAIL', action: 'pseudonymised' }, events: 3 }])
  const [newest] = (await get(app, '/audit/events?limit=1&type=ai.request.completed')).json<{
    events: { event: { event_id: string } }[]
  }>().events
  const id = newest?.event.event_id ?? ''
  const proof = parseProof((await get(app, `/audit/events/${id}/proof`)).payload)
  const vkey = readFileSync(join(config.dataDir, 'audit', 'vkey'), 'utf8').trim()
  t.doesNotThrow(() => checkProof(proof, Buffer.from(JSON.stringify(newest?.event)), vkey))
  const exported = await get(app, '/audit/exports/events?type=ai.request.admitted')
  t.equal(exported.payload.trimEnd().split('\n').length, 3)
  t.equal(await eventsOf(app, 'audit.exported', 1), 1)
  t.ok((await eventsOf(app, 'audit.queried', 3)) >= 3)
  const complete = (await get(app, '/audit/completeness')).json()
  t.match(complete, { balanced: true, admitted: 3, completed: 3, open: 0, logs: [{ whole: true }] })
  while (!readdirSync(folder).includes('shipped.jsonl')) await get(app, '/audit/completeness')
  t.match(JSON.parse(readFileSync(shipped, 'utf8').split('\n')[0] ?? ''), { class_uid: 6003 })

  await app.close()
  const rebuilt = await rebuildIndex(config, { write: () => true } as unknown as NodeJS.WritableStream, 0)
  t.equal(rebuilt.code, 0)
  t.match(rebuilt.text, /^\d+ entries were indexed\n.+: \d+ entries\n$/)
})

t.test('tokens of the command line open a running gateway, until they are revoked', async t => {
  const config = configIn(folderOf(t))
  const app = await start(t, config)
  t.equal((await get(app, '/audit/completeness')).statusCode, 200)
  const deps = { now: Date.now(), randomBytes }
  const { text } = await createToken(config, undefined, deps)
  const [token = '', id = ''] = /^(\S+)\n(key_\w+), until/.exec(text)?.slice(1) ?? []
  const withToken = async () =>
    app.inject({
      url: '/audit/completeness',
      headers: { host: '127.0.0.1', authorization: `Bearer ${token}` }
    })
  t.equal((await withToken()).statusCode, 200)
  t.equal((await get(app, '/audit/completeness')).statusCode, 401)
  t.match(listTokens(config, deps.now).text, new RegExp(`${id} .*valid`))
  t.notMatch(listTokens(config, deps.now).text, token)
  await revokeToken(config, id, deps.now)
  t.equal((await withToken()).statusCode, 401)
  t.match(listTokens(config, deps.now).text, /revoked/)
  await t.rejects(revokeToken(config, 'key_00000000', deps.now), { name: 'UsageError' })
  for (const expires of ['yesterday', '2020-01-01'])
    await t.rejects(createToken(config, expires, deps), { name: 'UsageError' })
})

t.test('a log that is not the one that was indexed may be a breach, and is recorded as that', async t => {
  const folder = folderOf(t)
  const providers = [demo] as unknown as Parameters<typeof writeConfig>[1]['providers']
  const settings = { audit: { origin: 'schleuse.invalid/gw', checkpointMs: 100 } }
  const config = loadConfig({ SCHLEUSE_CONFIG: writeConfig(folder, { providers, settings }) })
  const first = await start(t, config)
  await ask(first, 'Hallo')
  await ask(first, 'Hallo')
  await eventsOf(first, 'ai.request.admitted', 2)
  await first.close()
  rmSync(join(folder, 'data', 'audit'), { recursive: true })
  const second = await start(t, config)
  const found = () => recordLines(join(folder, 'data')).includes('"kind":"log_inconsistent"')
  while (!found()) await new Promise(resolve => setTimeout(resolve, 20))
  await second.close()
  t.equal(recordLines(join(folder, 'data')).split('log_inconsistent').length, 2, 'once')
})
