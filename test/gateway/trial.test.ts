import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** A policy is tried beside the one in force: it watches, then decides a share of conversations. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

async function start(share: number): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: { id: 'open', version: 1, operators: { default: 'keep' } },
    settings: {
      policies: ['next.yaml'],
      apps: [{ id: 'crm', keys: [keyHash('one')], trial: { policy: 'next', share } }]
    },
    files: {
      'next.yaml': JSON.stringify({ id: 'next', version: 7, operators: { default: 'redact', IBAN: 'block' } })
    }
  })
  t.teardown(() => gateway.stop())
  return gateway
}

async function ask(gateway: Gateway, content: string, conversation?: string): Promise<Response> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer one',
      ...(conversation === undefined ? {} : { 'x-schleuse-conversation': conversation })
    },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
  })
  await response.arrayBuffer()
  return response
}

t.test('it watches: says what it would do, in header and record, and changes nothing', async t => {
  const gateway = await start(0)
  const masked = await ask(gateway, `an ${mail}`)
  t.equal(
    masked.headers.get('x-schleuse-monitor'),
    'policy=next; would=allow_masked; findings=EMAIL:redacted:1'
  )
  t.match(provider.requests.at(-1)?.text, `an ${mail}`)
  const blocked = await ask(gateway, `${mail}, ${iban}, ${mail}`)
  t.equal(blocked.status, 200)
  t.equal(
    blocked.headers.get('x-schleuse-monitor'),
    'policy=next; would=block; reason=policy_blocked; findings=EMAIL:redacted:2,IBAN:blocked:1'
  )
  t.match(provider.requests.at(-1)?.text, iban)
  t.equal((await ask(gateway, 'nothing')).headers.get('x-schleuse-monitor'), 'policy=next; would=allow')
  const admitted = (await gateway.recordsAtStop())
    .toString()
    .split('\n')
    .filter(line => line.includes('"ai.request.admitted"'))
    .map(line => JSON.parse(line) as object)
  t.match(admitted[1], {
    policy: { id: 'open', decision: 'allow_masked' },
    findings: [
      { class: 'EMAIL', action: 'kept', count: 2 },
      { class: 'IBAN', action: 'kept' }
    ],
    monitor: {
      policy: 'next',
      would: 'block',
      rules: ['policy_blocked'],
      findings: [{ class: 'EMAIL' }, { class: 'IBAN' }]
    }
  })
})

t.test(
  'it decides its share of conversations, each always on the same side, and more when the share grows',
  async t => {
    const gateway = await start(0.3)
    const names = Array.from({ length: 120 }, (_, at) => `conversation ${at}`)
    const decidedByNext = async (): Promise<Set<string>> => {
      const inside = new Set<string>()
      for (const name of names) {
        const response = await ask(gateway, `an ${mail}`, name)
        const isInside = response.headers.get('x-schleuse-monitor') === null
        t.match(provider.requests.at(-1)?.text, isInside ? 'an [EMAIL]' : `an ${mail}`)
        if (isInside) inside.add(name)
      }
      return inside
    }
    const first = await decidedByNext()
    t.ok(first.size > 20 && first.size < 55, `${first.size} of 120 at 30 %`)
    t.same(await decidedByNext(), first)
    const file = join(gateway.folder, 'gateway.yaml')
    writeFileSync(file, gateway.config().replace('"share":0.3', '"share":0.6'))
    gateway.signal('SIGHUP')
    while (!gateway.output().includes('"reloaded"')) await ask(gateway, 'x')
    const second = await decidedByNext()
    t.ok(second.size > 50 && second.size < 95, `${second.size} of 120 at 60 %`)
    t.ok([...first].every(name => second.has(name)))
  }
)
