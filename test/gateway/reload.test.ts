import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Policies and keys change while the gateway runs: at once, as a whole, and never within a request. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

const policyOf = (operator: string, version = 1, more: object = {}) => ({
  id: 'live',
  version,
  operators: { default: operator },
  ...more
})

async function start(settings: object = {}): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: policyOf('mask'),
    settings
  })
  t.teardown(() => gateway.stop())
  return gateway
}

const write = (gateway: Gateway, policy: object | string) =>
  writeFileSync(
    join(gateway.folder, 'policy.yaml'),
    typeof policy === 'string' ? policy : JSON.stringify(policy)
  )

async function ask(gateway: Gateway, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: `${mail} und ${iban}` }] })
  })
  await response.arrayBuffer()
  return response.status
}

interface Report {
  readonly outcome: string
  readonly policies: readonly { direction: string; hash: string; previousHash: string }[]
  readonly problems: readonly string[]
  readonly restartNeeded: boolean
}

async function reload(
  gateway: Gateway,
  headers: Record<string, string> = {}
): Promise<Report & { status: number }> {
  const response = await fetch(`${gateway.origin}/admin/reload`, { method: 'POST', headers })
  return { ...((await response.json()) as Report), status: response.status }
}

const health = async (gateway: Gateway) => (await fetch(`${gateway.origin}/health`)).json()

/** Waits for what the gateway does by itself; the test's own time limit bounds it. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(20)
}

const records = (bytes: Buffer, type: string) =>
  bytes
    .toString()
    .split('\n')
    .filter(line => line.includes(`"${type}"`))
    .map(
      line =>
        JSON.parse(line) as { policy: { hash: string }; direction: string; fields: string[]; by: object }
    )

t.test('a new policy counts from the next request on; a broken one changes nothing and says so', async t => {
  const gateway = await start()
  await ask(gateway)
  t.notMatch(provider.requests.at(-1)?.text, /EMAIL_|IBAN_/)

  write(gateway, policyOf('redact', 2))
  t.match(await reload(gateway), { status: 200, outcome: 'applied', policies: [{ direction: 'tightened' }] })
  await ask(gateway)
  t.match(provider.requests.at(-1)?.text, /\[EMAIL\] und \[IBAN\]/)
  t.match(await reload(gateway), { outcome: 'unchanged', policies: [] })

  write(gateway, policyOf('shred', 3))
  const refused = await reload(gateway)
  t.match(refused, { status: 422, outcome: 'refused', policies: [] })
  t.match(refused.problems[0], /policy\.yaml: operators\.default is "shred"; it must be pseudonymize/)
  await ask(gateway)
  t.match(provider.requests.at(-1)?.text, /\[EMAIL\] und \[IBAN\]/)
  t.match(await health(gateway), { status: 'ok', reload: 'refused' })
  t.match(gateway.output(), 'the reload was refused, all stays as it was')

  write(gateway, 'id: {')
  t.match(await reload(gateway), { outcome: 'refused' })
  write(gateway, policyOf('pseudonymize', 3))
  t.match(await reload(gateway), { outcome: 'applied', policies: [{ direction: 'loosened' }] })
  t.match(await health(gateway), { reload: 'applied' })

  const bytes = await gateway.recordsAtStop()
  t.match(records(bytes, 'policy.changed'), [
    { direction: 'tightened', fields: ['operators.default'], by: { type: 'api' } },
    { direction: 'loosened' }
  ])
  // The file watch may have told a broken file before the question did.
  t.ok(records(bytes, 'config.refused').length >= 2)
})

t.test('a changed file and SIGHUP are enough', async t => {
  const gateway = await start()
  write(gateway, policyOf('redact', 2))
  await until(() => gateway.output().includes('"reloaded"'))
  await ask(gateway)
  t.match(provider.requests.at(-1)?.text, /\[EMAIL\]/)
  gateway.signal('SIGHUP')
  write(gateway, policyOf('keep', 3))
  await until(() => gateway.output().split('"reloaded"').length > 2)
  await ask(gateway)
  t.match(provider.requests.at(-1)?.text, mail)
})

t.test('keys: made and revoked while it runs; what needs a restart is said', async t => {
  const gateway = await start({
    apps: [{ id: 'crm' }],
    admin: { keys: [{ id: 'ops', hash: keyHash('operator') }] }
  })
  const cli = (...args: readonly string[]): string =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../../src/cli.ts'), 'apps', 'key', ...args], {
      encoding: 'utf8',
      env: { ...process.env, SCHLEUSE_CONFIG: join(gateway.folder, 'gateway.yaml') }
    }).stdout
  const [key = '', more = ''] = cli('create', 'crm').split('\n')
  const id = more.split(' ')[0] ?? ''
  await until(() => gateway.output().includes(id))
  t.equal(await ask(gateway, { authorization: `Bearer ${key}` }), 200)
  t.equal((await reload(gateway)).status, 401, 'with apps, operators need a key')
  t.equal((await reload(gateway, { 'x-schleuse-key': key })).status, 401, 'and an app key is none')
  cli('revoke', id)
  const operator = { authorization: 'Bearer operator' }
  await reload(gateway, operator)
  t.equal(await ask(gateway, { authorization: `Bearer ${key}` }), 401)

  const file = join(gateway.folder, 'gateway.yaml')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { limits?: object }
  writeFileSync(file, JSON.stringify({ ...config, limits: { maxJsonDepth: 50 } }))
  t.match(await reload(gateway, operator), { restartNeeded: true })
  const bytes = (await gateway.recordsAtStop()).toString()
  t.match(bytes, `"credential_id":"${id}"`)
  t.match(bytes, 'credential.revoked')
  t.notMatch(bytes + gateway.output(), key)
})

t.test('under load nothing is dropped and no request mixes two policies', async t => {
  const gateway = await start()
  const seen = provider.requests.length
  const ended = new AbortController()
  const statuses: number[] = []
  const client = async (): Promise<void> => {
    do statuses.push(await ask(gateway))
    while (!ended.signal.aborted)
  }
  const clients = Array.from({ length: 8 }, client)
  let reloads = 0
  while (reloads < 30) {
    write(gateway, policyOf(reloads % 2 === 0 ? 'pseudonymize' : 'mask', reloads + 2))
    // The file watch may have been faster: then there is nothing left to apply.
    t.not((await reload(gateway)).outcome, 'refused')
    reloads++
  }
  ended.abort()
  await Promise.all(clients)
  t.same(new Set(statuses), new Set([200]))
  const bodies = provider.requests.slice(seen).map(({ text }) => text)
  t.equal(bodies.length, statuses.length)
  const pseudonymised = bodies.filter(text => /EMAIL_[0-9A-Z]{8} und IBAN_[0-9A-Z]{8}/.test(text))
  const masked = bodies.filter(text => /"\*+\.\*+@[^ ]+ und \*{4} \*{4}/.test(text))
  t.equal(pseudonymised.length + masked.length, bodies.length, 'each wholly by one policy')
  t.ok(pseudonymised.length > 0 && masked.length > 0)

  const bytes = await gateway.recordsAtStop()
  const admitted = records(bytes, 'ai.request.admitted')
  t.equal(admitted.length, bodies.length)
  const inForce = new Set(
    [...records(bytes, 'gateway.started'), ...records(bytes, 'policy.changed')].map(
      ({ policy }) => policy.hash
    )
  )
  t.ok(inForce.size > 2)
  t.ok(
    admitted.every(({ policy }) => inForce.has(policy.hash)),
    'every record names a policy that was in force'
  )
})
