import OpenAI from 'openai'
import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'
import { startRedis } from '../support/services/redis.ts'

/** Limits of apps, with real requests, SDKs and two gateways on one Redis. */

const usage = { prompt_tokens: 30, completion_tokens: 20, total_tokens: 50 }
const provider = await startRawServer((_request, reply) => reply.json({ choices: [], usage }))
t.teardown(() => provider.close())

async function start(limits: object, settings: object = {}): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    settings: { apps: [{ id: 'crm', keys: [keyHash('one'), keyHash('two')], limits }], ...settings }
  })
  t.teardown(() => gateway.stop())
  return gateway
}

async function ask(gateway: Gateway, key = 'one', more: object = {}): Promise<Response> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }], ...more })
  })
  await response.arrayBuffer()
  return response
}

t.test('per app and per key; the SDK sees when to come back', async t => {
  const gateway = await start({ requestsPerMinute: 5, requestsPerMinutePerKey: 3 })
  const statuses: number[] = []
  for (const key of ['one', 'one', 'one', 'one', 'two', 'two', 'two'])
    statuses.push((await ask(gateway, key)).status)
  t.same(statuses, [200, 200, 200, 429, 200, 200, 429], 'the key, then the app')
  const { headers } = await ask(gateway)
  t.match(headers.get('x-ratelimit-limit-requests'), '3')
  t.match(headers.get('x-ratelimit-remaining-requests'), '0')
  t.match(headers.get('x-ratelimit-reset-requests'), /^(1m0s|\d\ds)$/)
  t.ok(Number(headers.get('retry-after')) <= 60 && Number(headers.get('retry-after-ms')) <= 60_000)
  const client = new OpenAI({ baseURL: gateway.baseUrl, apiKey: 'one', maxRetries: 0 })
  const failed = client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
  await t.rejects(failed, { status: 429, code: 'SCHLEUSE_RATE_EXCEEDED', type: 'rate_limit_error' })
  const bytes = (await gateway.recordsAtStop()).toString()
  t.match(bytes, /"app_id":"crm","count":4,[^}]*"event_type":"limit.refused"/)
})

t.test('budgets and streams', async t => {
  const gateway = await start({ tokensPerDay: 4100, concurrentStreams: 1 })
  for (let at = 0; at < 3; at++) t.equal((await ask(gateway)).status, 200, 'what was set aside is corrected')
  t.equal(
    (await ask(gateway, 'one', { messages: [{ role: 'user', content: 'x'.repeat(16_000) }] })).status,
    429
  )
  let finish = (): void => {}
  const held = new Promise<void>(resolve => (finish = resolve))
  async function* pieces(): AsyncGenerator<Buffer> {
    yield Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n')
    await held
    yield Buffer.from('data: [DONE]\n\n')
  }
  provider.script = (_request, reply) => reply.stream(pieces())
  const first = fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer one' },
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] })
  })
  const streaming = await first
  t.match((await ask(gateway, 'two', { stream: true })).headers.get('x-should-retry'), 'true')
  finish()
  await streaming.arrayBuffer()
  provider.script = (_request, reply) => reply.json({ choices: [], usage })
  t.equal((await ask(gateway, 'two', { stream: true })).status, 200)
  t.match((await gateway.recordsAtStop()).toString(), '"outcome":"limited"')
})

t.test('money: by the price of the deployment that answered, on its day, and on the record', async t => {
  const other = await startRawServer((_request, reply) => reply.json({ error: { message: 'no' } }, 500))
  t.teardown(() => other.close())
  const price = (deployment: string, from: string, input: number, cachedInput: number) => ({
    deployment,
    models: ['m', 'real'],
    from,
    currency: 'EUR',
    input,
    cachedInput,
    output: 2
  })
  const gateway = await startGateway({
    providers: [
      localProvider(other.port, ['m'], 'failing'),
      localProvider(provider.port, ['m', 'real'], 'sim')
    ],
    settings: {
      apps: [{ id: 'crm', keys: [keyHash('one')], limits: { costPerDay: 1 } }],
      aliases: [{ name: 'chat', targets: [{ deployment: 'sim', model: 'real' }] }],
      prices: [
        price('failing', '2026-01-01', 100, 100),
        price('sim', '2025-01-01', 50, 50),
        price('sim', '2026-01-01', 10, 1),
        price('sim', '2999-01-01', 99, 99)
      ]
    }
  })
  t.teardown(() => gateway.stop())
  const cached = { prompt_tokens_details: { cached_tokens: 10 } }
  provider.script = (_request, reply) => reply.json({ choices: [], usage: { ...usage, ...cached } })
  t.equal((await ask(gateway)).status, 200, 'the second answered')
  t.equal(
    (await ask(gateway, 'one', { model: 'chat' })).status,
    200,
    'an alias is priced as what it stands for'
  )
  provider.script = (_request, reply) => reply.json({ choices: [] })
  t.equal((await ask(gateway)).status, 200)
  provider.script = (_request, reply) => reply.json({ choices: [], usage })
  const ended = (await gateway.recordsAtStop())
    .toString()
    .split('\n')
    .filter(line => line.includes('"ai.request.completed"'))
    .map(line => JSON.parse(line) as { deployment: { id: string }; cost?: object })
  // 20 tokens at 10, 10 cached at 1, 20 of the answer at 2, in millionths
  const cost = { currency: 'EUR', micro: 250, pricelist_version: '2026-01-01' }
  t.same(
    ended.map(({ deployment, cost }) => [deployment.id, cost]),
    [
      ['failing', undefined],
      ['sim', cost],
      ['sim', cost],
      ['failing', undefined],
      ['sim', undefined]
    ],
    'none where nobody said what was used'
  )
})

t.test('two gateways on one Redis hold a limit together; when it is gone', async t => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const quotas = { store: 'redis', url: redis.url }
  const limits = { requestsPerMinute: 200, tokensPerMonth: 1_000_000 }
  const gateways = [await start(limits, { quotas }), await start(limits, { quotas })] as const
  const statuses: number[] = []
  const send = async (gateway: Gateway): Promise<void> => {
    for (let at = 0; at < 30; at++) statuses.push((await ask(gateway)).status)
  }
  await Promise.all([0, 1, 0, 1, 0, 1, 0, 1, 0, 1].map(at => send(gateways[at] ?? gateways[0])))
  const passed = statuses.filter(status => status === 200).length
  t.equal(statuses.length, 300)
  t.ok(Math.abs(passed - 200) <= 4, `${passed} of 200 passed: within 2 %`)
  t.same(new Set(statuses), new Set([200, 429]))

  const lenient = await start(
    { requestsPerMinute: 3 },
    { quotas: { ...quotas, whenRedisFails: 'local', prefix: 'other:' } }
  )
  await redis.kill()
  const gone = await ask(gateways[0])
  t.equal(gone.status, 503)
  t.equal(gone.headers.get('retry-after'), '1')
  const alone: number[] = []
  for (let at = 0; at < 4; at++) alone.push((await ask(lenient)).status)
  t.same(alone, [200, 200, 200, 429], 'each gateway counts alone')
  await redis.restart()
  while ((await ask(gateways[0])).status === 503);
  t.pass('comes back with Redis')
})
