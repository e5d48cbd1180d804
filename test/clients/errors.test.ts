import OpenAI from 'openai'
import OpenAI6 from 'openai6'
import t from 'tap'
import { canaries } from '../support/canaries.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { gate } from '../support/cuts.ts'
import { startRawServer, type Script } from '../support/raw-server.ts'
import { role, textDeltas } from '../support/stream-parts.ts'
import { startWiretap } from '../support/wiretap.ts'

const MODEL = 'local-model'
const planted = canaries(8080, { kinds: ['email', 'iban de'] })
const [email = ''] = planted.map(canary => canary.value)
const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'user', content: `Bitte an ${email} schreiben.` }
]

const server = await startRawServer()
t.teardown(() => server.close())
const tap = await startWiretap(server.port)
t.teardown(() => tap.close())
const gateway = await startGateway({ providers: [localProvider(tap.port, [MODEL])] })
t.teardown(() => gateway.stop())

type Create = (baseURL: string, maxRetries: number) => OpenAI
const clients: Record<string, Create> = {
  'openai 7': (baseURL, maxRetries) => new OpenAI({ baseURL, apiKey: 'unused', maxRetries }),
  'openai 6': (baseURL, maxRetries) =>
    new OpenAI6({ baseURL, apiKey: 'unused', maxRetries }) as unknown as OpenAI
}

/** What stands where the e-mail address stood in the request that arrived. */
const quoted = (text: string): string => /an (\S+) schreiben/.exec(text)?.[1] ?? ''

/** Header names that tell a client what to do next. */
const KEPT = [
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-request-id',
  'x-ratelimit-remaining-requests'
]

interface Failure {
  readonly status: number | undefined
  readonly name: string
  readonly message: string
  readonly body: unknown
  readonly code: unknown
  readonly type: unknown
  readonly param: unknown
  readonly headers: Record<string, string | null>
}

async function failure(client: OpenAI, stream: boolean): Promise<Failure> {
  try {
    await client.chat.completions.create({ model: MODEL, messages, stream })
  } catch (error) {
    const api = error as InstanceType<typeof OpenAI.APIError>
    const headers = Object.fromEntries(KEPT.map(name => [name, api.headers?.get(name) ?? null]))
    const { status, message, code, type, param } = api
    return { status, name: api.constructor.name, message, body: api.error, code, type, param, headers }
  }
  throw new Error('the call succeeded')
}

const statuses = [
  [400, 'invalid_request_error', { 'x-request-id': 'req_1' }],
  [401, 'authentication_error', {}],
  [403, 'permission_error', {}],
  [404, 'not_found_error', {}],
  [409, 'conflict_error', { 'x-should-retry': 'false' }],
  [422, 'invalid_request_error', {}],
  [429, 'rate_limit_exceeded', { 'retry-after-ms': '1', 'x-ratelimit-remaining-requests': '0' }],
  [500, 'server_error', { 'retry-after': '1', 'retry-after-ms': '1' }],
  [503, 'overloaded', { 'retry-after-ms': '1' }]
] as const

const failing =
  (status: number, type: string, headers: object): Script =>
  (request, reply) => {
    const message = `Unknown contact '${quoted(request.text)}' in the request.`
    return reply.json({ error: { message, type, param: null, code: `code_${status}` } }, status, {
      ...headers
    })
  }

for (const [name, create] of Object.entries(clients)) {
  t.test(`${name}: the provider's errors arrive as in a direct call`, async t => {
    for (const [status, type, headers] of statuses) {
      server.script = failing(status, type, headers)
      for (const stream of [false, true]) {
        const seen = await failure(create(gateway.baseUrl, 0), stream)
        t.equal(seen.status, status)
        t.match(seen.message, email, 'the quoted value is restored')
        t.strictSame(
          seen,
          await failure(create(server.baseUrl, 0), stream),
          `${status}${stream ? ', stream' : ''}`
        )
      }
    }
  })

  t.test(`${name}: retries as often as in a direct call`, async t => {
    for (const [status, type, headers] of statuses) {
      server.script = failing(status, type, { 'retry-after-ms': '1', ...headers })
      const attempts: number[] = []
      for (const baseUrl of [server.baseUrl, gateway.baseUrl]) {
        const before = server.requests.length
        await t.rejects(create(baseUrl, 2).chat.completions.create({ model: MODEL, messages }))
        attempts.push(server.requests.length - before)
      }
      t.equal(attempts[1], attempts[0], `${status}: ${attempts[0]} attempts`)
    }
  })

  t.test(`${name}: an abort in mid-stream reaches the provider`, async t => {
    const left = gate()
    server.script = async (_request, reply) => {
      await reply.stream([Buffer.from(role() + textDeltas('Guten Tag', 3).join(''))], { ending: 'hang' })
      left.open()
    }
    const abort = new AbortController()
    const stream = await create(gateway.baseUrl, 0).chat.completions.create(
      { model: MODEL, messages, stream: true },
      { signal: abort.signal }
    )
    let said = ''
    for await (const chunk of stream) {
      said += chunk.choices[0]?.delta.content ?? ''
      if (said === 'Guten Tag') abort.abort()
    }
    await left.opened
    t.equal(said, 'Guten Tag', 'what had arrived was delivered')
  })

  t.test(`${name}: an abort before the answer reaches the provider`, async t => {
    const left = gate()
    const abort = new AbortController()
    server.script = async (_request, reply) => {
      abort.abort()
      await reply.closed
      left.open()
    }
    const options = { signal: abort.signal }
    await t.rejects(create(gateway.baseUrl, 0).chat.completions.create({ model: MODEL, messages }, options))
    await left.opened
  })

  t.test(`${name}: a reset is an error, before and after the first event`, async t => {
    server.script = (_request, reply) => reply.reset()
    t.match(await failure(create(gateway.baseUrl, 0), false), { status: 502 })
    server.script = (_request, reply) => reply.stream([Buffer.from(role())], { ending: 'reset' })
    const stream = await create(gateway.baseUrl, 0).chat.completions.create({
      model: MODEL,
      messages,
      stream: true
    })
    await t.rejects(async () => {
      for await (const chunk of stream) t.ok(chunk)
    })
  })

  t.test(`${name}: /models lists what the config has`, async t => {
    const models: string[] = []
    for await (const model of create(gateway.baseUrl, 0).models.list()) models.push(model.id)
    t.strictSame(models, [MODEL])
  })

  t.test(`${name}: an endpoint that is not covered is refused once`, async t => {
    const before = server.requests.length
    const job = create(gateway.baseUrl, 2).fineTuning.jobs.create({ model: MODEL, training_file: email })
    await t.rejects(job, { status: 501, code: 'SCHLEUSE_ENDPOINT_NOT_COVERED' })
    t.equal(server.requests.length, before)
  })
}

t.test('no planted value left the gateway in any other way', async t => {
  t.ok(tap.bytes().length > 0)
  t.strictSame(findLeaks(planted, { provider: tap.bytes(), ...(await gateway.places()) }), [])
})
