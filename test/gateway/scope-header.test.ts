import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** A running conversation names what it began under: what is loosened later does not reach it, what is tightened does. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

const policyOf = (version: number, operators: object) => ({ id: 'live', version, operators })

async function start(operators: object): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: policyOf(1, operators)
  })
  t.teardown(() => gateway.stop())
  return gateway
}

async function reload(gateway: Gateway, version: number, operators: object): Promise<void> {
  writeFileSync(join(gateway.folder, 'policy.yaml'), JSON.stringify(policyOf(version, operators)))
  const response = await fetch(`${gateway.origin}/admin/reload`, { method: 'POST' })
  t.equal(response.status, 200)
  await response.arrayBuffer()
}

async function ask(gateway: Gateway, scope?: string) {
  provider.forget()
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(scope === undefined ? {} : { 'x-schleuse-scope': scope })
    },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: `${mail} und ${iban}` }] })
  })
  await response.arrayBuffer()
  const sent = provider.requests.at(-1)
  return {
    status: response.status,
    sent: sent?.text ?? '',
    scope: response.headers.get('x-schleuse-scope') ?? '',
    upstream: provider.bytes().toString()
  }
}

t.test('loosened: conversations that began before keep the stricter policy', async t => {
  const own = await start({ default: 'redact' })
  const began = await ask(own)
  t.match(began.scope, /^[0-9a-f]{8}\.[0-9a-f]{16}\.[0-9a-f]+$/)
  t.match(began.sent, /\[EMAIL\] und \[IBAN\]/)

  await reload(own, 2, { default: 'pseudonymize' })
  const running = await ask(own, began.scope)
  t.match(running.sent, /\[EMAIL\] und \[IBAN\]/)
  t.equal(running.scope, began.scope, 'and may go on so')
  t.notMatch(running.upstream, began.scope, 'no business of the provider')
  const fresh = await ask(own)
  t.match(fresh.sent, /EMAIL_[0-9A-Z]{8} und IBAN_/)
  t.not(fresh.scope, began.scope)
  t.match((await ask(own, fresh.scope)).sent, /EMAIL_[0-9A-Z]{8} und IBAN_/)

  const records = (await own.recordsAtStop()).toString().split('\n')
  const hashes = records
    .filter(line => line.includes('"ai.request.admitted"'))
    .map(line => (JSON.parse(line) as { policy: { hash: string; version: number } }).policy)
  t.same(
    hashes.map(({ version }) => version),
    [1, 1, 2, 2],
    'each record names the policy that decided'
  )
  t.equal(hashes[1]?.hash, hashes[0]?.hash)
})

/** One gateway for all that follows; each policy is a version of its own. */
const gateway = await start({ default: 'redact' })
let last = 1
const begin = (operators: object): Promise<void> => reload(gateway, ++last, operators)

t.test(
  'tightened: at once, for running conversations too, and for those that were loosened in between',
  async t => {
    await begin({ default: 'redact' })
    const began = await ask(gateway)
    await begin({ default: 'pseudonymize' })
    await begin({ default: 'block' })
    t.equal((await ask(gateway, began.scope)).status, 403)
    await begin({ default: 'keep' })
    t.match((await ask(gateway, began.scope)).sent, /\[EMAIL\] und \[IBAN\]/)
    t.match((await ask(gateway)).sent, mail)
  }
)

t.test('what changes in both directions counts at once: its stricter part must', async t => {
  await begin({ default: 'redact' })
  const began = await ask(gateway)
  await begin({ default: 'redact', EMAIL: 'keep', IBAN: 'block' })
  t.equal((await ask(gateway, began.scope)).status, 403)
})

t.test('a header that names nothing known opens nothing and refuses nothing', async t => {
  await begin({ default: 'redact' })
  const { scope } = await ask(gateway)
  const [key = '', policy = '', detectors = ''] = scope.split('.')
  for (const forged of [
    '',
    'x'.repeat(5000),
    `${'0'.repeat(8)}.${policy}.${detectors}`,
    `${key}.${policy}`
  ]) {
    const answer = await ask(gateway, forged)
    t.same([answer.status, answer.scope], [200, scope])
    t.match(answer.sent, /\[EMAIL\] und \[IBAN\]/)
  }
  await begin({ default: 'block' })
  t.equal((await ask(gateway, scope)).status, 403, 'a freer policy of the past least of all')
})

t.test('so many are kept', async t => {
  await begin({ default: 'redact' })
  const began = await ask(gateway)
  for (let at = 0; at < 4; at++) await begin({ default: 'pseudonymize' })
  t.match((await ask(gateway, began.scope)).sent, /\[EMAIL\]/)
  await begin({ default: 'pseudonymize' })
  t.match((await ask(gateway, began.scope)).sent, /EMAIL_/, 'after four more the newest counts')
})
