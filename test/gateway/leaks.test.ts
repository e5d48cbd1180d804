import t from 'tap'
import { type Canary, canaries } from '../support/canaries.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { assistant, type Body, chatFields, user } from '../support/planted-fields.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Planted values in every field, header and error: none may reach the provider, a log, a record or a metric. */

const provider = await startRawServer((request, reply) => {
  const echo = JSON.stringify({
    choices: [{ index: 0, message: { role: 'assistant', content: request.text } }]
  })
  return reply.json(echo, Number(request.headers.get('x-none') ?? 200))
})
t.teardown(() => provider.close())
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
t.teardown(() => gateway.stop())

const planted = canaries(4711)

async function post(body: Body, headers: Record<string, string> = {}, query = ''): Promise<number> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'm', ...body })
  })
  await response.arrayBuffer()
  return response.status
}

async function leaksOf(values: readonly Canary[]): Promise<unknown[]> {
  return findLeaks(values, { provider: provider.bytes(), ...(await gateway.places()) })
}

/** Values that are known by their own form, without words around them. */
const structured = planted.filter(({ kind }) => /email|iban|card|phone|tax|token|api key/.test(kind))
const bare = new Set([
  'tool name',
  'pattern of a schema',
  'name of a participant',
  'user and safety identifier'
])

for (const [name, build] of Object.entries(chatFields)) {
  t.test(`${name}: no planted value leaves`, async t => {
    provider.forget()
    let accepted = 0
    const values = bare.has(name) ? structured : planted
    for (const canary of values) {
      if ((await post(build(canary.sentence, canary.value))) === 200) accepted++
    }
    t.same(await leaksOf(values), [], `${accepted} of ${values.length} were sent on`)
  })
}

t.test('keys of free-form JSON', async t => {
  provider.forget()
  for (const { value } of structured) {
    await post({ ...user('x'), metadata: { [value]: 'a' } })
    await post(
      assistant({
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: JSON.stringify({ [value]: 1 }) } }
        ]
      })
    )
    await post({ ...user('x'), [value]: 1 })
  }
  t.ok(structured.length > 5)
  t.same(await leaksOf(structured), [])
})

t.test('headers and query strings', async t => {
  provider.forget()
  for (const { value } of planted) {
    const safe = encodeURIComponent(value)
    await post(
      user('x'),
      {
        baggage: safe,
        'x-title': safe,
        'idempotency-key': safe,
        'openai-beta': safe,
        'x-schleuse-conversation': safe,
        'user-agent': safe,
        authorization: `Bearer ${safe}`
      },
      `?note=${safe}`
    )
  }
  t.same(await leaksOf(planted), [])
})

t.test('bodies that are refused', async t => {
  provider.forget()
  for (const { sentence } of planted) {
    const text = JSON.stringify(sentence)
    for (const body of [
      `{"model":"m","a":${text}`,
      `{"model":"m","a":1,"a":${text}}`,
      `{"model":${text}}`,
      `[${text}]`,
      text
    ]) {
      await fetch(`${gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body
      })
    }
  }
  t.same(await leaksOf(planted), [])
})
