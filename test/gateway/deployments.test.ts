import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { startWorld, usContract } from '../support/sites.ts'

/** What operators see of deployments: places, papers, gaps and health. */

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
const hash = (key: string) => `sha256:${createHash('sha256').update(key).digest('hex')}`
const operator = { 'x-schleuse-key': 'operator-key' }
const prices = [
  { models: ['m'], from: '2026-01-01', currency: 'EUR', input: 1, output: 2 },
  { models: ['m'], from: '2026-10-01', currency: 'EUR', input: 1, output: 2 },
  { models: ['m'], from: '2999-01-01', currency: 'EUR', input: 1, output: 2 }
]

const world = await startWorld(t, {
  settings: {
    prices,
    contracts: [{ ...usContract, reviewDue: '2026-01-31' }],
    admin: { keys: [hash('operator-key')] },
    routing: {
      retryShare: 0,
      breaker: { minRequests: 2, failureShare: 0.5, windowMs: 60_000, openMs: 60_000 }
    }
  }
})

interface Shown {
  readonly id: string
  readonly health: { readonly state: string }
}

/** Not in one step with the gateway's own process, which answers meanwhile. */
async function cliHealth(key: string): Promise<{ status: number | null; stdout: string }> {
  const env = {
    ...process.env,
    SCHLEUSE_CONFIG: join(world.gateway.folder, 'gateway.yaml'),
    SCHLEUSE_ADMIN_KEY: key
  }
  const child = spawn(process.execPath, [cli, 'providers', '--health', '--url', world.gateway.origin], {
    env
  })
  const [stdout, [status]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null]>
  ])
  return { status, stdout }
}

async function shown(): Promise<readonly Shown[]> {
  const response = await fetch(`${world.gateway.origin}/admin/deployments`, { headers: operator })
  t.equal(response.status, 200)
  return ((await response.json()) as { deployments: Shown[] }).deployments
}

const declared = [
  {
    id: 'us',
    provider: 'us-ai',
    places: ['US'],
    retentionDays: 30,
    training: 'no',
    contract: 'C-us-ai',
    thirdCountry: true,
    mechanism: 'scc_m2',
    mechanismChecked: '2026-11-01',
    gaps: ['tia_missing', 'review_overdue'],
    prices: { m: '2026-10-01', 'm-us': null }
  },
  { id: 'nowhere', places: ['unknown'], thirdCountry: true, mechanism: 'unknown', contract: null },
  { id: 'eu', places: ['SE'], thirdCountry: false, gaps: ['contract_missing', 'dpa_missing'] }
]

t.test('by HTTP, for operators only', async t => {
  t.match(await shown(), declared)
  for (const headers of [{}, { 'x-schleuse-key': 'wrong' }]) {
    const refused = await fetch(`${world.gateway.origin}/admin/deployments`, { headers })
    t.equal(refused.status, 401)
    t.notMatch(await refused.text(), 'us-ai')
  }
})

t.test('by the command line, without a running gateway', async t => {
  const env = { ...process.env, SCHLEUSE_CONFIG: join(world.gateway.folder, 'gateway.yaml') }
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [cli, 'providers', ...args], { encoding: 'utf8', env })
  t.match(JSON.parse(run('--json').stdout), declared)
  const { status, stdout } = run()
  t.equal(status, 0)
  t.match(
    stdout,
    /^us +us-ai\/own +127\.0\.0\.1:\d+ +US +US \(30 days\) +C-us-ai +scc_m2 \(checked 2026-11-01\) /m
  )
  t.match(stdout, /from 2026-10-01; 1 of 2 models without +2026-01-31 +tia_missing, review_overdue$/m)
  t.match(stdout, /^nowhere .* unknown /m)
})

t.test('the breaker of a failing deployment opens, which is seen and recorded, and others go on', async t => {
  world.answer('us', (_request, reply) => reply.json({}, 500))
  for (let i = 0; i < 2; i++) t.equal((await world.ask('m-us', 'Guten Morgen')).status, 500)
  t.match(await shown(), [
    { id: 'us', health: { state: 'open', requests: 2, failures: 2, inFlight: 0, contradicted: false } },
    { id: 'nowhere', health: { state: 'closed', requests: 0 } },
    { id: 'eu', health: { state: 'closed' } }
  ])
  const { status, stdout } = await cliHealth('operator-key')
  t.equal(status, 1, 'something is not as it should be')
  t.match(stdout, /^us +open +2 +2 +0 +\d+ ms +- +as declared$/m)
  t.match(stdout, /^eu +closed +0 +0 +0 +- +- +as declared$/m)
  t.match((await cliHealth('wrong')).stdout, 'SCHLEUSE_ADMIN_KEY_INVALID')
  world.forget()
  const only = await world.ask('m-us', 'Guten Morgen')
  t.same([only.status, only.code, world.reached()], [503, 'SCHLEUSE_DEPLOYMENTS_UNAVAILABLE', []])
  const other = await world.ask('m', 'Guten Morgen')
  t.same([other.status, world.reached()], [200, ['eu']])
  world.answer('eu', (_request, reply) => reply.json({}, 200, { 'x-region': 'eastus', 'retry-after': '1' }))
  await world.ask('m-eu', 'Guten Morgen')
  t.match((await shown())[2], { health: { contradicted: true } })
  t.match(
    (await world.stop()).filter(({ event_type }) => event_type === 'breaker.changed'),
    [{ deployment: { id: 'us' }, state: 'open' }]
  )
})
