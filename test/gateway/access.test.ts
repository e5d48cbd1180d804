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
  const hash = (key: string) => `sha256:${createHash('sha256').update(key).digest('hex')}`
  const gateway = await startGateway({
    providers: [{ ...localProvider(provider.port, ['m']), credential: 'passthrough' }],
    settings: {
      apps: [
        { id: 'crm', keys: [hash('old-key'), hash('new-key')] },
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
  t.notMatch(records + gateway.output(), /old-key|new-key|chat-key|sk-mine/)
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
  t.ok(endpoints.some(({ endpoint, covered }) => endpoint === 'POST /v1/responses' && !covered))
})
