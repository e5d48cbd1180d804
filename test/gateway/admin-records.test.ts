import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { createKey, revokeKey } from '../../src/cli/apps.ts'
import { rebuildIndex } from '../../src/cli/audit-index.ts'
import { createToken, revokeToken } from '../../src/cli/audit-token.ts'
import { setHold } from '../../src/cli/audit-hold.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import { type Clock, systemClock } from '../../src/core/clock.ts'
import { folderOf } from '../support/audit-index.ts'
import { recordLines } from '../support/records.ts'

/** What was done to the gateway is on its record: by files, by the command line, while it ran and while it stood still. */

const folder = folderOf(t)
const at = (name: string) => join(folder, name)

function write(version: number, operator: string, more: object = {}): Config {
  writeFileSync(at('policy.yaml'), JSON.stringify({ id: 'live', version, operators: { default: operator } }))
  const deployments = [{ id: 'demo', provider: 'demo', models: ['demo/echo'] }]
  writeFileSync(
    at('gateway.yaml'),
    JSON.stringify({
      server: { host: '127.0.0.1', port: 0 },
      dataDir: at('data'),
      policy: 'policy.yaml',
      deployments,
      apps: [{ id: 'crm' }],
      ...more
    })
  )
  return loadConfig({ SCHLEUSE_CONFIG: at('gateway.yaml') })
}

const start = (config: Config, clock: Clock = systemClock) =>
  buildApp(config, {
    clock,
    randomBytes,
    load: () => loadConfig({ SCHLEUSE_CONFIG: at('gateway.yaml') }),
    log: { write: () => undefined }
  })

const NOT_OURS = new Set(['log.opened', 'log.heads', 'gateway.started', 'gateway.stopped'])

/** Types of administrative records so far, without those of the log itself. */
const types = (): string[] =>
  recordLines(at('data'))
    .split('\n')
    .filter(line => line !== '')
    .map(line => (JSON.parse(line) as { event_type: string }).event_type)
    .filter(type => !NOT_OURS.has(type))

const record = (type: string) =>
  recordLines(at('data'))
    .split('\n')
    .filter(line => line.includes(`"event_type":"${type}"`))
    .map(line => JSON.parse(line) as Record<string, unknown>)
    .at(-1)

/** Waits for what a running gateway takes within seconds; the test's time limit bounds it. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(resolve => setTimeout(resolve, 20))
}

t.test('what changed while the gateway stood still', async t => {
  await (await start(write(1, 'mask'))).close()
  t.same(types().splice(0, 3), Array(3).fill('key.created'), 'a first start makes its keys')
  t.same(types().slice(3), [], 'and changes nothing')
  await (await start(write(1, 'mask'))).close()
  t.same(types().slice(3), [], 'nor does the same again')

  const config = write(2, 'redact', { limits: { maxJsonDepth: 64 } })
  const deps = { now: Date.now(), randomBytes }
  const { text } = createKey(config, 'crm', undefined, deps)
  const keyId = /key_\w+/.exec(text.split('\n')[1] ?? '')?.[0] ?? ''
  await (await start(config)).close()
  t.same(types().slice(3), ['config.changed', 'policy.changed', 'credential.created'])
  t.match(record('config.changed'), {
    by: { type: 'config' },
    fields: ['limits'],
    hash: config.hash,
    previous_hash: /^sha256:/
  })
  t.match(record('policy.changed'), {
    direction: 'unknown',
    policy: { id: 'live', version: 2 },
    previous: { version: 1 }
  })
  t.match(record('credential.created'), { by: { type: 'cli' }, app_id: 'crm', credential_id: keyId })

  revokeKey(config, keyId, deps.now)
  const profile = join(import.meta.dirname, '../../config/providers/demo.yaml')
  writeFileSync(at('demo.yaml'), readFileSync(profile, 'utf8').replace(/version: (\d+)/, 'version: 99'))
  await (await start(write(2, 'redact', { limits: { maxJsonDepth: 64 }, profiles: ['demo.yaml'] }))).close()
  t.same(types().slice(6), ['config.changed', 'provider_profile.changed', 'credential.revoked'])
  t.match(record('provider_profile.changed'), { profile: { id: 'demo', version: 99 } })

  writeFileSync(at('data/in-force.json'), '{"config":')
  await (await start(write(3, 'mask'))).close()
  t.same(types().slice(9), Array(3).fill('key.created'), 'a damaged note of what was in force counts as none')
})

t.test('what the command line does beside a running gateway', async t => {
  const before = types().length
  const config = write(3, 'mask')
  const app = await start(config)
  t.teardown(() => app.close())
  const deps = { now: Date.now(), randomBytes }
  const { text } = await createToken(config, '2099-01-01', deps)
  const token = /key_\w+/.exec(text.split('\n')[1] ?? '')?.[0] ?? ''
  await revokeToken(config, token, deps.now + 1)
  const hold = {
    dataDir: at('data'),
    now: deps.now + 2,
    reason: 'legal_claim',
    caseRef: 'AZ-1'
  }
  await setHold(hold as Parameters<typeof setHold>[0], 'case-1', undefined)
  await rebuildIndex(config, { write: () => true } as unknown as NodeJS.WritableStream, deps.now + 3)
  await until(() => types().length >= before + 4)
  t.same(types().slice(before), [
    'credential.created',
    'credential.revoked',
    'legal_hold.set',
    'audit.index_rebuilt'
  ])
  t.match(record('credential.created'), { credential_id: token, role: 'auditor', expires_on: '2099-01-01' })
  t.match(record('legal_hold.set'), { hold_id: 'case-1', case_ref: 'AZ-1', reason: 'legal_claim' })

  write(3, 'mask', { apps: [{ id: 'crm' }, { id: 'erp' }] })
  await app.governing.reload({ type: 'cli' })
  t.match(record('config.changed'), { by: { type: 'cli' }, fields: ['apps'] })
  const sections = () => JSON.parse(readFileSync(at('data/in-force.json'), 'utf8')).sections.apps as string
  const old = sections()
  await until(() => sections() !== old)
  await app.close()
  const count = types().length
  await (await start(write(3, 'mask', { apps: [{ id: 'crm' }, { id: 'erp' }] }))).close()
  t.equal(types().length, count, 'a reload is not told again at the next start')
})

t.test('keys and grounds of transfers, while the gateway stood still', async t => {
  const before = types().length
  const keys = ['a', 'b', 'c'].map(digit => digit.repeat(64))
  const contract = (code: string) => ({
    contracts: [
      {
        provider: 'openai',
        reference: 'C-1',
        from: '2026-01-01',
        mechanism: { code, reference: 'R-1', checked: '2026-11-01' }
      }
    ],
    deployments: [
      { id: 'us', provider: 'openai', sku: 'global', credential: 'passthrough', models: ['gpt-*'] }
    ]
  })
  const run = async (vaultKeys: string[], code: string) => {
    write(3, 'mask', contract(code))
    const env = { SCHLEUSE_CONFIG: at('gateway.yaml'), SCHLEUSE_VAULT_KEYS: vaultKeys.join() }
    const from = types().length
    await (await start(loadConfig(env))).close()
    return types().slice(from)
  }
  t.same(
    await run([keys[0] ?? ''], 'scc_m2'),
    [
      'config.changed',
      'provider_profile.changed',
      'key.created',
      'key.rotated',
      'key.destroyed',
      'mechanism.status_changed'
    ],
    'the key file gave way to one of the environment'
  )
  t.match(record('mechanism.status_changed'), { mechanism: 'scc_m2', mechanism_ref: 'R-1', status: 'active' })
  t.same(await run(keys.slice(0, 2), 'scc_m2'), ['key.created'], 'one that opens only')
  const second = record('key.created')?.['key']
  t.same(await run([keys[1] ?? '', keys[0] ?? ''], 'scc_m2'), ['key.rotated'])
  t.same(record('key.rotated')?.['key'], second)
  t.match(record('key.rotated'), { key: { purpose: 'vault', id: /^[0-9a-f]{16}$/ }, reason: 'rotation' })
  t.same(await run([keys[1] ?? ''], 'bcr_p'), [
    'config.changed',
    'key.destroyed',
    'mechanism.status_changed',
    'mechanism.status_changed'
  ])
  t.match(record('mechanism.status_changed'), { mechanism: 'bcr_p', status: 'active' })
  t.ok(types().length > before)
  for (const key of keys) t.notMatch(recordLines(at('data')), key.slice(0, 16), 'no part of a key')
})

t.test('what admissions, the calendar and the clock show while the gateway runs', async t => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const mechanism = { code: 'scc_m2', reference: 'R-1', checked: '2026-11-01' }
  const config = write(3, 'mask', {
    apps: undefined,
    contracts: [
      { provider: 'demo', reference: 'C-demo', from: '2020-01-01', to: day(-1) },
      { provider: 'openai', reference: 'C-1', from: '2020-01-01', to: day(0), mechanism }
    ],
    deployments: [
      { id: 'demo', provider: 'demo', models: ['demo/echo'] },
      { id: 'us', provider: 'openai', sku: 'global', credential: 'passthrough', models: ['gpt-*'] }
    ]
  })
  let setMs = 0
  const app = await start(config, { ...systemClock, now: () => Date.now() + setMs })
  t.teardown(() => app.close())
  const before = types().length
  const payload = { model: 'demo/echo', messages: [{ role: 'user', content: 'Hallo' }] }
  for (let call = 0; call < 2; call++)
    t.equal((await app.inject({ method: 'POST', url: '/v1/chat/completions', payload })).statusCode, 200)
  const since = () => types().slice(before)
  await until(() => since().includes('contract.expired_in_use'))
  t.equal(since().filter(type => type === 'new_provider_seen').length, 1)
  t.equal(since().filter(type => type === 'contract.expired_in_use').length, 1)
  t.match(record('new_provider_seen'), { provider: { id: 'demo' } })
  t.match(record('contract.expired_in_use'), { contract_ref: 'C-demo' })

  setMs = 86_400_000
  await until(() => since().includes('clock.drift') && since().includes('mechanism.status_changed'))
  t.equal(Math.round(Number(record('clock.drift')?.['offset_ms']) / 1000), 86_400)
  t.match(record('mechanism.status_changed'), { mechanism_ref: 'R-1', status: 'expired' })
})
