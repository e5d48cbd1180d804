import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** With `admin.secondApprover` nothing is loosened by one operator alone. */

const mail = 'anna.weber@beispielfirma.de'
const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

const policyOf = (operator: string, version: number, id = 'live') => ({
  id,
  version,
  operators: { default: operator }
})
const keys = ['ann', 'bob'].map(id => ({ id, hash: keyHash(id) }))
const app = { id: 'crm', keys: [keyHash('crm-key')], policy: 'live' }

async function start(settings: object = {}): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: policyOf('redact', 1),
    settings: { apps: [app], policies: ['open.yaml'], admin: { keys, secondApprover: true }, ...settings },
    files: { 'open.yaml': JSON.stringify(policyOf('keep', 1, 'open')) }
  })
  t.teardown(() => gateway.stop())
  return gateway
}

const write = (gateway: Gateway, policy: object) =>
  writeFileSync(join(gateway.folder, 'policy.yaml'), JSON.stringify(policy))

/** Changes keys of the config file. */
function configure(gateway: Gateway, change: object): void {
  const config = JSON.parse(gateway.config()) as object
  writeFileSync(join(gateway.folder, 'gateway.yaml'), JSON.stringify({ ...config, ...change }))
}

interface Shown {
  readonly status: number
  readonly outcome?: string
  readonly held?: { readonly change: string; readonly requestedBy: string | null } | null
  readonly policies?: readonly { readonly direction: string }[]
  readonly error?: { readonly code: string }
}

async function post(gateway: Gateway, path: string, key: string): Promise<Shown> {
  const response = await fetch(`${gateway.origin}/admin/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` }
  })
  return { ...((await response.json()) as Shown), status: response.status }
}

const reload = (gateway: Gateway, key: string) => post(gateway, 'reload', key)
const approve = (gateway: Gateway, key: string, change = '') =>
  post(gateway, `changes/${change}/approve`, key)

/** What a provider gets of a mail address. */
async function sent(gateway: Gateway): Promise<string> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer crm-key' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: mail }] })
  })
  t.equal(response.status, 200)
  await response.arrayBuffer()
  const messages = (JSON.parse(provider.requests.at(-1)?.text ?? '') as { messages: { content: string }[] })
    .messages
  return messages[0]?.content ?? ''
}

const entries = async (gateway: Gateway, type: string) =>
  (await gateway.recordsAtStop())
    .toString()
    .split('\n')
    .filter(line => line.includes(`"${type}"`))
    .map(line => JSON.parse(line) as object)

t.test('what is loosened waits for another key, what is tightened does not', async t => {
  const gateway = await start()
  write(gateway, policyOf('keep', 2))
  const held = await reload(gateway, 'ann')
  t.match(held, { status: 202, outcome: 'held', policies: [{ direction: 'loosened' }] })
  t.match(held.held, { change: /^sha256:[0-9a-f]{64}$/, requestedBy: 'ann' })
  t.equal(await sent(gateway), '[EMAIL]')
  t.match(await (await fetch(`${gateway.origin}/health`)).json(), { status: 'ok', reload: 'held' })

  const change = held.held?.change
  t.match(await approve(gateway, 'ann', change), {
    status: 403,
    error: { code: 'SCHLEUSE_APPROVER_NOT_ANOTHER' }
  })
  t.match(await approve(gateway, 'crm-key', change), { status: 401 }, 'an app key is none')
  t.match(await approve(gateway, 'bob', `sha256:${'0'.repeat(64)}`), {
    status: 409,
    error: { code: 'SCHLEUSE_CHANGE_NOT_HELD' }
  })
  t.equal((await reload(gateway, 'bob')).held?.requestedBy, 'ann', 'who asks again approves nothing')
  t.equal(await sent(gateway), '[EMAIL]')

  t.match(await approve(gateway, 'bob', change), { status: 200, outcome: 'applied', held: null })
  t.equal(await sent(gateway), mail)
  t.match(await approve(gateway, 'bob', change), { status: 409 }, 'once')
  write(gateway, policyOf('block', 3))
  // The file watch may have been faster: then there is nothing left to apply.
  t.match(await reload(gateway, 'ann'), { status: 200, held: null })

  t.match(await entries(gateway, 'policy.changed'), [
    { direction: 'loosened', by: { credential_id: 'ann' }, approved_by: { credential_id: 'bob' } },
    { direction: 'tightened', approved_by: undefined }
  ])
  t.match((await entries(gateway, 'config.held'))[0], { change })
})

t.test('a changed file is held too, and nobody approves what nobody asked for', async t => {
  const gateway = await start()
  write(gateway, policyOf('keep', 2))
  gateway.signal('SIGHUP')
  while (!gateway.output().includes('waits for a second operator'))
    await new Promise(resolve => setTimeout(resolve, 20))
  t.equal(await sent(gateway), '[EMAIL]')
  const change = /"change":"(sha256:[0-9a-f]{64})"/.exec(gateway.output())?.[1]
  t.match(await approve(gateway, 'bob', change), { status: 403 })
  t.match(await reload(gateway, 'bob'), { status: 202, held: { change, requestedBy: 'bob' } })
  t.match(await approve(gateway, 'ann', change), { outcome: 'applied' })
  t.equal(await sent(gateway), mail)
})

t.test('what is approved is what was looked at', async t => {
  const gateway = await start()
  write(gateway, policyOf('pseudonymize', 2))
  const { held } = await reload(gateway, 'ann')
  write(gateway, policyOf('keep', 2))
  const other = await approve(gateway, 'bob', held?.change)
  // The file watch may have held the new one before.
  t.ok(other.status === 202 || other.status === 409, String(other.status))
  t.equal(await sent(gateway), '[EMAIL]')
  write(gateway, policyOf('redact', 1))
  t.match(await reload(gateway, 'ann'), { outcome: 'unchanged', held: null }, 'taken back, nothing waits')
})

t.test('freer is also an app bound to a freer policy, one that tries it, and a new app', async t => {
  const gateway = await start()
  const apps: readonly (readonly [what: string, apps: readonly object[], status: number])[] = [
    ['bound', [{ ...app, policy: 'open' }], 202],
    ['tries it on some', [{ ...app, trial: { policy: 'open', share: 0.1 } }], 202],
    ['a new app', [app, { id: 'new', keys: [keyHash('new-key')], policy: 'open' }], 202],
    ['only watches', [{ ...app, trial: { policy: 'open', share: 0 } }], 200],
    ['a new app as strict', [app, { id: 'new', keys: [keyHash('new-key')] }], 200]
  ]
  for (const [what, list, status] of apps) {
    configure(gateway, { apps: list })
    t.equal((await reload(gateway, 'ann')).status, status, what)
  }
  t.equal(await sent(gateway), '[EMAIL]')
})

t.test('keys count while something waits; switching approval off does not free what waits', async t => {
  const gateway = await start()
  write(gateway, policyOf('keep', 2))
  configure(gateway, { admin: { keys } })
  t.match(await reload(gateway, 'ann'), { outcome: 'held', restartNeeded: true })
  const cli = (...args: readonly string[]): string =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../../src/cli.ts'), 'apps', 'key', ...args], {
      encoding: 'utf8',
      env: { ...process.env, SCHLEUSE_CONFIG: join(gateway.folder, 'gateway.yaml') }
    }).stdout
  const key = cli('create', 'crm').split('\n')[0] ?? ''
  t.match(await reload(gateway, 'ann'), { outcome: 'held' })
  const response = await fetch(`${gateway.baseUrl}/models`, { headers: { authorization: `Bearer ${key}` } })
  t.equal(response.status, 200)
  write(gateway, policyOf('redact', 1))
  t.match(await reload(gateway, 'ann'), { outcome: 'unchanged' })
  write(gateway, policyOf('keep', 2))
  t.match(await reload(gateway, 'ann'), { outcome: 'held' })
  t.notMatch(readFileSync(join(gateway.folder, 'gateway.yaml'), 'utf8'), 'secondApprover')
})
