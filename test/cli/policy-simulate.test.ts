import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { add, type RecordedRequest, type Simulated } from '../../src/cli/policy-simulate.ts'
import { createPolicy } from '../../src/policy.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { policyFile } from '../support/policy-file.ts'
import { startRawServer } from '../support/raw-server.ts'

const admitted = (types: readonly string[], more: Partial<RecordedRequest> = {}): RecordedRequest => ({
  event_type: 'ai.request.admitted',
  app_id: 'crm',
  attempt: 1,
  findings: types.map(type => ({ class: type, side: 'request' })),
  coverage: { skipped: [] },
  ...more
})

t.test('a request is held against types, flags and unread parts', async t => {
  const policy = createPolicy(
    policyFile({
      operators: { default: 'mask', IBAN: 'block', PHONE: 'keep' },
      flags: { default: 'allow', health: 'block', criminal: 'block' }
    })
  )
  const apps = new Map<string, Simulated>()
  for (const event of [
    admitted([]),
    admitted(['EMAIL']),
    admitted(['PHONE']),
    admitted(['EMAIL', 'IBAN']),
    admitted(['IBAN'], { attempt: 2 }),
    admitted([], { flags: { art9: ['health'], art10: false } }),
    admitted([], { flags: { art9: [], art10: true } }),
    admitted([], { coverage: { skipped: ['image'] } }),
    admitted(['EMAIL'], { event_type: 'ai.request.blocked', outcome: 'blocked_policy' }),
    admitted(['EMAIL'], { event_type: 'ai.request.blocked', outcome: 'invalid_request' }),
    admitted([], { event_type: 'ai.request.completed' })
  ])
    add(apps, event, policy)
  t.same(apps.get('crm'), {
    requests: 8,
    masked: 1,
    refused: new Map([
      ['IBAN', 1],
      ['health', 1],
      ['criminal', 1],
      ['image', 1]
    ]),
    freed: 1
  })
})

t.test('the trail of a gateway: what a stricter policy would have blocked', async t => {
  const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
  t.teardown(() => provider.close())
  const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
  t.teardown(() => gateway.stop())
  for (const content of ['an anna.weber@beispielfirma.de', 'IBAN DE89 3704 0044 0532 0130 00', 'nothing']) {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
    })
    await response.arrayBuffer()
  }
  const file = join(gateway.folder, 'next.yaml')
  writeFileSync(file, JSON.stringify({ id: 'next', version: 2, operators: { IBAN: 'block' } }))
  const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
  const simulate = (): string =>
    spawnSync(
      process.execPath,
      [cli, 'policy', 'simulate', file, '--log', join(gateway.folder, 'data', 'audit')],
      {
        encoding: 'utf8'
      }
    ).stdout
  // Only what a signed checkpoint covers is read, and that comes a moment later.
  let out = simulate()
  while (!/local +3 /.test(out)) out = simulate()
  t.match(
    out,
    /app +requests +would mask +would block +no longer blocked +blocked for\nlocal +3 +1 +1 +0 +IBAN 1\n/
  )
})
