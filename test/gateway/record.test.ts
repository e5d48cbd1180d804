import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'
import { DONE, finish, role, textDeltas, usage } from '../support/stream-parts.ts'

const provider = await startRawServer()
t.teardown(() => provider.close())

interface Event {
  readonly event_type: string
  readonly request_id?: string
  readonly [field: string]: unknown
}

const events = (records: Buffer): Event[] =>
  records
    .toString('latin1')
    .split('\n')
    .filter(line => line.startsWith('{"'))
    .map(line => JSON.parse(line) as Event)

t.test('an attempt: on the record before its first byte leaves, and after its last', async t => {
  const gateway = await startGateway({ providers: [localProvider(provider.port, ['m-*'])] })
  t.teardown(() => gateway.stop())
  let before: Event[] = []
  provider.script = (_request, reply) => {
    before = events(gateway.records())
    return reply.stream([
      Buffer.from(role() + textDeltas('Hallo', 5).join('') + finish('stop') + usage() + DONE)
    ])
  }
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'm-secret-name',
      stream: true,
      messages: [{ role: 'user', content: 'Mail anna.weber@beispielfirma.de' }]
    })
  })
  await response.text()
  const id = response.headers.get('x-schleuse-request-id')
  t.match(
    before.filter(event => event.request_id === id),
    [
      {
        event_type: 'ai.request.admitted',
        attempt: 1,
        app_id: 'local',
        api: 'openai.chat_completions',
        model: { requested: 'm-*' },
        provider: { id: 'openai-compatible', trains_on_data: 'unknown' },
        deployment: { id: 'sim' },
        decision: { id: response.headers.get('x-schleuse-decision-id') },
        location: { processing: ['self'] },
        findings: [{ class: 'EMAIL', count: 1, action: 'pseudonymised' }],
        transfer: { decision: 'allow', payload_state: 'pseudonymised', third_country: false },
        policy: { id: 'default', hash: /^sha256:/, rules: ['declared'] }
      }
    ]
  )
  await gateway.stop()
})

t.test('after the stop every attempt has its end, every refusal its reason', async t => {
  const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
  const ask = (body: object) =>
    fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
  const user = [{ role: 'user', content: 'x' }]
  provider.script = (_request, reply) =>
    reply.json({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } })
  await ask({ model: 'm', messages: user })
  provider.script = (_request, reply) => reply.json({ error: { message: 'no' } }, 400)
  await ask({ model: 'm', messages: user })
  provider.script = (_request, reply) => reply.reset()
  await ask({ model: 'm', messages: user })
  await ask({ model: 'other', messages: user })
  const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
  t.match(metrics, /schleuse_requests_total\{/)
  const records = gateway.recordsAtStop()
  const all = events(await records)
  const count = (type: string) => all.filter(event => event.event_type === type).length
  t.equal(count('ai.request.admitted'), 3)
  t.equal(count('ai.request.completed') + count('ai.request.failed'), 3)
  t.match(
    all.find(event => event.event_type === 'ai.request.completed'),
    { outcome: 'ok', http_status: 200, usage: { input_tokens: 3, output_tokens: 4 } }
  )
  t.match(
    all.find(event => event.event_type === 'ai.request.failed'),
    { outcome: 'provider_error', error_code: 'SCHLEUSE_UPSTREAM_BROKEN' }
  )
  t.match(
    all.find(event => event.event_type === 'ai.request.blocked'),
    { error_code: 'SCHLEUSE_MODEL_NOT_FOUND', http_status: 404 }
  )
  t.match(all.at(-1), { event_type: 'gateway.stopped' })
})
