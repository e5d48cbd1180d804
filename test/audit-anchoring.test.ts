import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { publicKeyOf } from '../src/audit/tlog/keys.ts'
import { buildApp } from '../src/app.ts'
import { verifyAudit } from '../src/cli/audit-verify.ts'
import { ConfigError } from '../src/config-check.ts'
import { type Config, loadConfig } from '../src/config.ts'
import { systemClock } from '../src/core/clock.ts'
import { folderOf } from './support/audit-index.ts'
import { writeConfig } from './support/gateway.ts'
import { startTsa } from './support/local-tsa.ts'
import { startWitness } from './support/local-witness.ts'
import { recordLines } from './support/records.ts'

/** A gateway whose trail is anchored with a witness and a time-stamping authority, both on this machine. */

function configIn(folder: string, audit: object): Config {
  const providers = [{ id: 'demo', provider: 'demo', models: ['demo/echo'] }]
  const options = { providers: providers as never, settings: { audit } }
  return loadConfig({ SCHLEUSE_CONFIG: writeConfig(folder, options) })
}

async function start(t: { teardown(end: () => unknown): unknown }, config: Config) {
  const log = { write: () => undefined }
  const app = await buildApp(config, { clock: systemClock, randomBytes, load: () => config, log })
  t.teardown(() => app.close())
  const ask = () =>
    app.inject({
      method: 'POST',
      url: '/v1/chat/completions',
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      payload: { model: 'demo/echo', messages: [{ role: 'user', content: 'Hallo' }] }
    })
  return { app, ask }
}

t.test('cosigned and stamped beside the traffic, which a witness that is down does not hold up', async t => {
  const folder = folderOf(t)
  const keyFile = join(folder, 'data', 'audit', 'vkey')
  const logKey = () => publicKeyOf(readFileSync(keyFile, 'utf8'))
  const up = await startWitness('witness.example.com/up', Buffer.alloc(32, 2), logKey)
  const down = await startWitness('witness.example.com/down', Buffer.alloc(32, 3), logKey)
  down.instead = { status: 503, body: '' }
  const tsa = await startTsa(folderOf(t))
  const config = configIn(folder, {
    checkpointMs: 100,
    witnesses: [
      { vkey: up.vkey, url: up.url },
      { vkey: down.vkey, url: `${down.url}/` }
    ],
    timestamps: { url: tsa.url }
  })
  const { app, ask } = await start(t, config)
  for (const anchor of [up, down, tsa]) t.teardown(() => anchor.close())
  t.equal((await ask()).statusCode, 200)
  const log = join(config.dataDir, 'audit', 'logs', 'std_13m', new Date().toISOString().slice(0, 7))
  const records = () => recordLines(config.dataDir)
  const wait = async (isDone: () => boolean) => {
    while (!isDone()) await ask()
  }
  await wait(() => existsSync(join(log, 'checkpoint.witnessed')) && records().includes('anchor.failed'))
  down.instead = null
  await wait(() => records().includes('anchor.recovered') && records().includes('checkpoint.timestamped'))
  await app.close()
  const dir = join(config.dataDir, 'audit')
  const given = { vkey: keyFile, witness: [up.vkey, down.vkey], 'max-age': '1h' }
  const verified = verifyAudit(dir, given, Date.now(), () => undefined)
  t.equal(verified.code, 0, verified.text)
  t.match(verified.text, /1 time-stamps; the newest says that \d+ entries stood so on/)
  t.match(
    records()
      .split('\n')
      .filter(line => line.includes('"anchor.'))
      .map(line => JSON.parse(line)),
    [
      {
        event_type: 'anchor.failed',
        kind: 'witness',
        anchor: 'witness.example.com/down',
        reason: 'unreachable'
      },
      { event_type: 'anchor.recovered', kind: 'witness', anchor: 'witness.example.com/down' }
    ]
  )
})

t.test('what is wrong in the config is said at the start', async t => {
  const witness = await startWitness('witness.example.com', Buffer.alloc(32, 4), () => undefined)
  t.teardown(() => witness.close())
  const { vkey, url } = witness
  const ofLog = 'audit.example.com/gateway+d51f9700+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c'
  const problemsOf = (audit: object): string => {
    try {
      configIn(folderOf(t), audit)
      return ''
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error)
    }
  }
  t.equal(problemsOf({ witnesses: [{ vkey, url }], timestamps: { url: 'https://tsa.example.com' } }), '')
  const wrong = problemsOf({
    witnesses: [
      { vkey, url },
      { vkey, url: 'http://witness.example.com' },
      { vkey: ofLog, url: 'https://10.0.0.1' },
      { vkey: 'x', url }
    ],
    quorum: 5,
    timestamps: { url: 'ftp://tsa.example.com' }
  })
  for (const line of [
    /witnesses\[1\]\.vkey names a witness that is there already/,
    /witnesses\[1\]\.url must be https/,
    /witnesses\[2\]\.vkey is no key of a witness/,
    /witnesses\[2\]\.url must not be a private address/,
    /witnesses\[3\]\.vkey is no key of a witness/,
    /audit\.quorum is 5; there are 4 witnesses/,
    /audit\.timestamps\.url must be https/
  ])
    t.match(wrong, line)
  t.match(problemsOf({ witnesses: [{ vkey }] }), /witnesses\[0\]\.url is missing/)
})
