import { createHash } from 'node:crypto'
import http from 'node:http'
import { once } from 'node:events'
import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
const json = { 'content-type': 'application/json' }

async function statusWithHost(origin: string, host: string, path = '/v1/models'): Promise<number> {
  const request = http.get(origin + path, { headers: { host } })
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  response.resume()
  return response.statusCode ?? 0
}

t.test('without apps: this machine only, whatever name a web page gives it', async t => {
  const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
  t.teardown(() => gateway.stop())
  for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:8080'])
    t.equal(await statusWithHost(gateway.origin, host), 200, host)
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
    t.equal(await statusWithHost(gateway.origin, host), 403, host)
    t.equal(await statusWithHost(gateway.origin, host, '/metrics'), 403, host)
  }
  t.equal(await statusWithHost(gateway.origin, 'evil.example', '/health'), 200, 'health says nothing')
})

t.test('with apps: their keys, and never upstream', async t => {
  const purpose = {
    id: 'replies',
    version: 3,
    controller: { name: 'Muster AG', codeType: 'LEI', code: '529900T8BM49AURSDO55' },
    function: { id: 'F12', critical: true },
    legalBasis: '6_1_b',
    retention: 'fin_5y',
    ropa: 'vvt-017',
    useCase: { id: 'uc-3', role: 'deployer', riskClass: 'minimal' }
  }
  const hash = (key: string) => `sha256:${createHash('sha256').update(key).digest('hex')}`
  const gateway = await startGateway({
    providers: [{ ...localProvider(provider.port, ['m']), credential: 'passthrough' }],
    settings: {
      apps: [
        { id: 'crm', keys: [hash('old-key'), hash('new-key')], purpose },
        { id: 'chat', keys: [hash('chat-key')] }
      ]
    }
  })
  t.teardown(() => gateway.stop())
  const ask = async (headers: Record<string, string>) =>
    (
      await fetch(`${gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { ...json, authorization: 'Bearer sk-mine', ...headers },
        body
      })
    ).status
  provider.forget()
  t.equal(await ask({}), 401)
  t.equal(await ask({ 'x-schleuse-key': 'wrong' }), 401)
  t.equal(await ask({ 'x-schleuse-key': '' }), 401)
  t.equal(provider.bytes().length, 0)
  for (const key of ['old-key', 'new-key', 'chat-key'])
    t.equal(await ask({ 'x-schleuse-key': key }), 200, key)
  t.notMatch(provider.bytes().toString(), /old-key|new-key|chat-key/)
  const records = gateway.records().toString()
  t.match(records, '"app_id":"crm"')
  t.match(records, '"app_id":"chat"')
  const admitted =
    records.split('\n').find(line => line.includes('admitted') && line.includes('"crm"')) ?? '{}'
  t.ok(
    records
      .split('\n')
      .every(
        line =>
          line.includes('"crm"') === line.includes('"retention_class":"fin_5y"') || line.includes('"log.')
      ),
    'all records of the purpose stand in the log of its class, and no others'
  )
  t.match(JSON.parse(admitted), {
    retention_class: 'fin_5y',
    credential_id: 'config-1',
    auth_method: 'api_key',
    purpose: { id: 'replies', version: 3 },
    legal_entity: { code: '529900T8BM49AURSDO55', code_type: 'LEI' },
    function: { id: 'F12', critical: true },
    legal_basis: '6_1_b',
    ropa_id: 'vvt-017',
    ai: { use_case_id: 'uc-3', role: 'deployer', risk_class: 'minimal' },
    purpose_gaps: ['special_basis', 'data_subjects', 'dpia']
  })
  t.notMatch(records + gateway.output(), /old-key|new-key|chat-key|sk-mine/)
})

t.test('an app key is taken wherever an SDK puts it, and reaches no provider from there', async t => {
  const hash = (key: string) => `sha256:${createHash('sha256').update(key).digest('hex')}`
  const gateway = await startGateway({
    providers: [
      localProvider(provider.port, ['m']),
      { ...localProvider(provider.port, ['keyed'], 'keyed'), credential: 'passthrough' }
    ],
    settings: {
      apps: [
        {
          id: 'crm',
          keys: [hash('canary-one'), { id: 'old', hash: hash('canary-old'), expires: '2020-01-01' }]
        },
        { id: 'chat', keys: [hash('canary-two')], models: ['m', 'other'] }
      ]
    }
  })
  t.teardown(() => gateway.stop())
  const ask = async (headers: Record<string, string>, query = '', model = 'm') => {
    const response = await fetch(`${gateway.baseUrl}/chat/completions${query}`, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: body.replace('"m"', JSON.stringify(model))
    })
    const answer = (await response.json()) as { error?: { code: string } }
    return response.ok ? 200 : (answer.error?.code ?? '')
  }
  provider.forget()
  const places: [Record<string, string>, string][] = [
    [{ authorization: 'Bearer canary-one' }, ''],
    [{ authorization: 'bearer canary-one' }, ''],
    [{ 'x-api-key': 'canary-one' }, ''],
    [{ 'api-key': 'canary-one' }, ''],
    [{ 'x-goog-api-key': 'canary-one' }, ''],
    [{ 'x-schleuse-key': 'canary-one' }, ''],
    [{}, '?key=canary-one'],
    [{}, '?alt=sse&key=canary-one']
  ]
  for (const [headers, query] of places)
    t.equal(await ask(headers, query), 200, JSON.stringify(headers) + query)
  t.equal(provider.requests.length, places.length)
  t.equal(await ask({}, '?monkey=canary-one'), 'SCHLEUSE_APP_KEY_INVALID')
  t.equal(await ask({ authorization: 'Basic canary-one' }), 'SCHLEUSE_APP_KEY_INVALID')

  const expired = 'SCHLEUSE_APP_KEY_EXPIRED'
  t.equal(await ask({ authorization: 'Bearer canary-old' }), expired)
  t.equal(
    await ask({ authorization: 'Bearer canary-old', 'x-api-key': 'canary-one' }),
    200,
    'the valid one counts'
  )
  const wrong = await ask({ 'x-schleuse-key': 'wrong', authorization: 'Bearer canary-one' })
  t.equal(wrong, 'SCHLEUSE_APP_KEY_INVALID', 'who uses our own header means that key')

  const keyed = (headers: Record<string, string>) => ask(headers, '', 'keyed')
  const missing = 'SCHLEUSE_CREDENTIAL_MISSING'
  t.equal(await keyed({ authorization: 'Bearer canary-one' }), missing, 'a key of ours is no provider key')
  t.equal(await keyed({ 'x-schleuse-key': 'canary-one', authorization: 'Bearer canary-two' }), missing)
  t.equal(await keyed({ 'x-schleuse-key': 'canary-one', authorization: 'Bearer canary-old' }), missing)
  const removed = 'Bearer schleuse_00000000_canary-removed'
  t.equal(await keyed({ 'x-schleuse-key': 'canary-one', authorization: removed }), missing)
  t.equal(await keyed({ 'x-schleuse-key': 'canary-one', authorization: 'Bearer sk-mine' }), 200)

  const asChat = { authorization: 'Bearer canary-two' }
  t.equal(await ask(asChat, '', 'keyed'), 'SCHLEUSE_MODEL_NOT_ALLOWED')
  const models = await fetch(`${gateway.baseUrl}/models`, { headers: asChat })
  t.same(
    ((await models.json()) as { data: { id: string }[] }).data.map(({ id }) => id),
    ['m'],
    'of the models that are served, those the app may use'
  )
  t.notMatch(provider.bytes().toString(), /canary/)
  t.notMatch(gateway.records().toString() + gateway.output(), /canary|sk-mine/)
})

t.test('models, coverage and metrics', async t => {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m', 'org/name', 'family-*'])]
  })
  t.teardown(() => gateway.stop())
  const get = async (path: string) => (await fetch(gateway.origin + path)).json()
  t.match(await get('/v1/models'), {
    object: 'list',
    data: [{ id: 'm', object: 'model', owned_by: 'sim' }, { id: 'org/name' }]
  })
  t.match(await get('/v1/models/org/name'), { id: 'org/name' })
  t.match(await get('/v1/models/none'), { error: { code: 'SCHLEUSE_MODEL_NOT_FOUND' } })
  const { endpoints } = (await get('/v1/coverage')) as {
    endpoints: { endpoint: string; covered: boolean; request: { field: string; treatment: string }[] }[]
  }
  const chat = endpoints.find(({ endpoint }) => endpoint === 'POST /v1/chat/completions')
  const treatment = (field: string) => chat?.request.find(entry => entry.field === field)?.treatment
  t.equal(treatment('messages[].content'), 'scanned')
  t.equal(treatment('messages[].content[].image_url'), 'opaque')
  t.equal(treatment('web_search_options'), 'by policy')
  t.equal(treatment('tools[].function.name'), 'scanned, never altered')
  t.ok(endpoints.some(({ endpoint, covered }) => endpoint === 'POST /v1/fine_tuning/jobs' && !covered))
})
