import OpenAI6 from 'openai6'
import OpenAI from 'openai'
import t from 'tap'
import { createProvider } from '../../src/providers/index.ts'
import type { UpstreamCall } from '../../src/providers/provider.ts'
import { deploymentConfig } from './deployments.ts'
import { Recorder } from './raw-server.ts'

/** The demo reads neither. */
const unread = { model: '', credential: {} }

const clock = { now: () => 1_800_000_000_999, monotonic: () => 0 }
const timeouts = { connectMs: 1, headersMs: 1, idleMs: 1 }
const config = deploymentConfig({
  id: 'demo',
  kind: 'demo',
  places: ['self'],
  models: ['demo/echo', 'demo/assistant']
})
const provider = createProvider(config, { clock, timeouts })
t.teardown(() => provider.close())

const german =
  'Bitte schreibe an PERSON_K7Q2MX4A (EMAIL_9B3DA1ZZ), Steuernummer DE_TAX_ID_0123ABCD, EMAIL_SERVER bleibt.'
const english = 'Please write to PERSON_K7Q2MX4A and PERSON_7M2KQ9XA at EMAIL_9B3DA1ZZ about the 😀 contract.'
const user = (content: unknown) => ({ role: 'user', content })

interface Answer {
  choices: {
    index: number
    message: {
      content: string | null
      tool_calls?: { id: string; function: { name: string; arguments: string } }[]
    }
    finish_reason: string
  }[]
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
  error: { message: string; param: string | null; code: string | null }
}

async function post(body: unknown, path = '/chat/completions'): Promise<Recorder> {
  const recorder = new Recorder()
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  provider.send(
    { ...unread, path, method: 'POST', headers: {}, body: Buffer.from(text), stream: false },
    recorder
  )
  await recorder.done.promise
  return recorder
}

async function ask(body: object): Promise<Answer> {
  const recorder = await post({ model: 'demo/assistant', ...body })
  t.same([recorder.status, recorder.events.at(-1)], [200, 'end'])
  return JSON.parse(recorder.body) as Answer
}

t.test('the deployment', async t => {
  t.match(provider.deployment, { id: 'demo', kind: 'demo', host: 'in-process', credential: 'none' })
})

t.test('echo shows what it received and what comes back', async t => {
  const answer = await ask({ model: 'demo/echo', messages: [user('x'), user(german), { role: 'assistant' }] })
  t.equal(
    answer.choices[0]?.message.content,
    `Das hat der Anbieter bekommen:\n${german.replaceAll(/(PERSON|EMAIL|DE_TAX_ID)_(?=[K90])/g, '$1·')}\n\nDas hat er geantwortet, so wie Sie es sehen:\n${german}`
  )
  const parts = [
    { type: 'text', text: 'Hello' },
    { type: 'image_url', image_url: { url: 'x' } },
    { type: 'text', text: 'A_1234567' }
  ]
  const other = await ask({ model: 'demo/echo', messages: [user(parts)] })
  const text = 'Hello\nA_1234567'
  t.equal(
    other.choices[0]?.message.content,
    `What the provider received:\n${text}\n\nWhat it answered, as you see it:\n${text}`
  )
})

t.test('code-like words are found in time linear in the text', async t => {
  for (const text of [
    'A_'.repeat(50_000),
    'A'.repeat(100_000),
    `${'AB_'.repeat(30_000)}K7Q2MX4A`,
    '_A1'.repeat(30_000)
  ]) {
    t.match((await ask({ model: 'demo/echo', messages: [user(text)] })).choices[0]?.message.content, text)
  }
})

t.test('the assistant greets, names and quotes', async t => {
  const answer = await ask({ messages: [user(english)] })
  t.equal(
    answer.choices[0]?.message.content,
    `Hello PERSON_K7Q2MX4A! You wrote about PERSON_K7Q2MX4A, PERSON_7M2KQ9XA, EMAIL_9B3DA1ZZ. You wrote: “${english}”`
  )
  t.match(
    (await ask({ messages: [user(german)] })).choices[0]?.message.content,
    /^Guten Tag PERSON_K7Q2MX4A! Es geht um /
  )
  t.match(
    (await ask({ messages: [user('Grüße von mir')] })).choices[0]?.message.content,
    'Guten Tag! Sie schrieben: „Grüße'
  )
  t.equal((await ask({ messages: [{ role: 'system' }] })).choices[0]?.message.content, 'Hello! You wrote: “”')
  const long = await ask({ messages: [user(`${'word '.repeat(39)}PERSON_K7Q2MX4A and more`)] })
  t.notMatch(long.choices[0]?.message.content?.split('“')[1], 'PERSON', 'a code is not halved')
})

t.test('equal requests get equal answers', async t => {
  const body = { messages: [user(english)], n: 2 }
  t.same(await ask(body), await ask(body))
})

t.test('n, stop and the token limit', async t => {
  const many = await ask({ messages: [user('Hi there')], n: 3 })
  t.same(
    many.choices.map(choice => [choice.index, choice.message.content?.slice(-4)]),
    [
      [0, 'ere”'],
      [1, ' (2)'],
      [2, ' (3)']
    ]
  )
  for (const stop of ['there', ['zzz', 'there', '']]) {
    const stopped = (await ask({ messages: [user('Hi there')], stop })).choices[0]
    t.same([stopped?.message.content, stopped?.finish_reason], ['Hello! You wrote: “Hi ', 'stop'])
  }
  const cut = (await ask({ messages: [user('Hi')], max_tokens: 2 })).choices[0]
  t.same([cut?.message.content, cut?.finish_reason], ['Hello! Y', 'length'])
  const face = (await ask({ messages: [user('1😀')], max_completion_tokens: 5 })).choices[0]
  t.equal(face?.message.content, 'Hello! You wrote: “1')
})

const schema = {
  type: 'object',
  properties: {
    note: { type: 'string', maxLength: 6 },
    email: { type: 'string', format: 'email' },
    who: { type: 'string' },
    whom: { $ref: '#/$defs/person' },
    size: { enum: ['small', 'large'] },
    fixed: { const: 7 },
    count: { type: 'integer', minimum: 3 },
    share: { type: 'number', exclusiveMinimum: 0, maximum: 0.5 },
    day: { type: ['null', 'string'], format: 'date' },
    ok: { type: 'boolean' },
    none: { type: 'null' },
    tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
    any: { type: 'array' },
    pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] },
    either: { anyOf: [{ type: 'null' }, { type: 'boolean' }] },
    both: { allOf: [{ type: 'object' }, { properties: { a: { type: 'integer' } } }] },
    elsewhere: { $ref: '#/$defs/missing' }
  },
  required: ['who', 'constructor'],
  $defs: {
    person: {
      type: 'object',
      properties: { name: { type: 'string' }, boss: { $ref: '#/$defs/person' } },
      required: ['name']
    }
  }
}

t.test('tools are called with arguments of their schema', async t => {
  const tools = [
    { type: 'custom', custom: { name: 'c' } },
    { type: 'function', function: { name: 'first', parameters: schema } },
    { type: 'function', function: { name: 'second' } },
    { type: 'function', function: { name: 'third', parameters: { properties: { email: {}, name: {} } } } }
  ]
  const names = async (over: object): Promise<(string | undefined)[] | undefined> =>
    (await ask({ messages: [user(english)], tools, ...over })).choices[0]?.message.tool_calls?.map(
      call => call.function.name
    )

  const answer = await ask({ messages: [user(english)], tools, n: 2 })
  t.equal(answer.choices[1]?.finish_reason, 'tool_calls')
  t.equal(answer.choices[1]?.message.content, null)
  const calls = answer.choices.flatMap(choice => choice.message.tool_calls ?? [])
  t.equal(new Set(calls.map(call => call.id)).size, 4)
  for (const call of calls) t.match(call.id, /^call_[0-9a-f]{24}$/)
  const args = JSON.parse(calls[0]?.function.arguments ?? '') as Record<string, unknown>
  t.equal(Object.keys(args)[0], 'who')
  t.match(args, {
    who: 'PERSON_K7Q2MX4A',
    constructor: 'PERSON_7M2KQ9XA',
    note: 'EMAIL_',
    email: 'EMAIL_9B3DA1ZZ',
    whom: { name: 'PERSON_K7Q2MX4A' },
    size: 'small',
    fixed: 7,
    count: 3,
    share: 0.5,
    day: '2026-01-31',
    ok: true,
    none: null,
    tags: ['PERSON_K7Q2MX4A', 'PERSON_7M2KQ9XA'],
    any: ['EMAIL_9B3DA1ZZ'],
    pair: ['PERSON_K7Q2MX4A', 1],
    either: true,
    both: { a: 1 },
    elsewhere: null
  })
  t.equal(calls[1]?.function.arguments, '{}')

  t.same(await names({}), ['first', 'second'])
  t.same(await names({ parallel_tool_calls: false }), ['first'])
  t.same(await names({ tool_choice: 'required' }), ['first', 'second'])
  t.same(await names({ tool_choice: { type: 'function', function: { name: 'third' } } }), ['third'])
  t.same(await names({ tool_choice: 'none' }), undefined)
})

t.test('schemas made to be endless are cut off', async t => {
  const wide = { type: 'array', minItems: 1e9, items: { $ref: '#' } }
  const required = { type: 'object', required: ['a'], properties: { a: { $ref: '#' } } }
  const loop = { $ref: '#' }
  for (const parameters of [wide, required, loop]) {
    const tools = [{ type: 'function', function: { name: 'f', parameters } }]
    const answer = await ask({ messages: [user('x')], tools })
    t.ok((answer.choices[0]?.message.tool_calls?.[0]?.function.arguments.length ?? 1e9) < 100_000)
  }
})

t.test('tool results are quoted', async t => {
  const tool = (content: unknown) => ({ role: 'tool', tool_call_id: 'x', content })
  const tools = [{ type: 'function', function: { name: 'f' } }]
  const messages = [
    user(english),
    { role: 'assistant', content: null },
    tool('sent to PERSON_K7Q2MX4A'),
    tool('2')
  ]
  const answer = await ask({ messages, tools })
  t.equal(answer.choices[0]?.message.content, 'The tool answered: sent to PERSON_K7Q2MX4A; 2')
  const deutsch = await ask({ messages: [user(german), tool('1')] })
  t.equal(deutsch.choices[0]?.message.content, 'Das Werkzeug hat geantwortet: 1')
})

t.test('answers in JSON when asked to', async t => {
  const json = async (response_format: object): Promise<unknown> =>
    JSON.parse((await ask({ messages: [user(english)], response_format })).choices[0]?.message.content ?? '')
  const person = { type: 'object', properties: { person: { type: 'string' } } }
  t.same(await json({ type: 'json_schema', json_schema: { name: 'x', schema: person } }), {
    person: 'PERSON_K7Q2MX4A'
  })
  const free = { answer: english, mentioned: ['PERSON_K7Q2MX4A', 'PERSON_7M2KQ9XA', 'EMAIL_9B3DA1ZZ'] }
  t.same(await json({ type: 'json_object' }), free)
  t.same(await json({ type: 'json_schema', json_schema: { name: 'x' } }), free)
  t.match(
    (await ask({ messages: [user('x')], response_format: { type: 'text' } })).choices[0]?.message.content,
    'Hello'
  )
})

t.test('what is wrong is refused in the shape of OpenAI, quoting nothing', async t => {
  const cases: [body: unknown, status: number, param: string | null, code: string | null][] = [
    ['{"secret', 400, null, null],
    ['[]', 400, null, null],
    [{ model: 'demo/echo' }, 400, 'messages', null],
    [{ model: 'demo/echo', messages: 'secret' }, 400, 'messages', null],
    [{ model: 'demo/echo', messages: [] }, 400, 'messages', null],
    [{ model: 'demo/echo', messages: [user('x'), { role: 1 }] }, 400, 'messages[1].role', null],
    [{ model: 'demo/echo', messages: [user('x')], n: 9 }, 400, 'n', null],
    [{ model: 'demo/echo', messages: [user('x')], max_tokens: 0 }, 400, 'max_tokens', null],
    [{ messages: [user('x')] }, 400, 'model', null],
    [{ model: 'secret', messages: [user('x')] }, 404, 'model', 'model_not_found']
  ]
  for (const [body, status, param, code] of cases) {
    const recorder = await post(body)
    t.same([recorder.status, recorder.headers.get('content-type')], [status, 'application/json'])
    const { error } = JSON.parse(recorder.body) as Answer
    t.match(error, { type: 'invalid_request_error', param, code })
    t.notMatch(error.message, 'secret')
  }
  t.equal((await post({}, '/embeddings')).status, 404)
  const empty = new Recorder()
  provider.send(
    { ...unread, path: '/chat/completions', method: 'POST', headers: {}, body: null, stream: false },
    empty
  )
  await empty.done.promise
  t.equal(empty.status, 400)
})

t.test('a stream says the same as the whole answer', async t => {
  const tools = [
    { type: 'function', function: { name: 'a', parameters: schema } },
    { type: 'function', function: { name: 'b', parameters: schema } }
  ]
  for (const over of [{}, { n: 2, stop: 'about' }, { tools }, { max_tokens: 3 }]) {
    const body = { model: 'demo/assistant', messages: [user(`${english} 😀😀😀😀😀😀😀`)], ...over }
    const whole = await ask(body)
    const recorder = await post({ ...body, stream: true, stream_options: { include_usage: true } })
    t.equal(recorder.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    const events = recorder.body.split('\n\n')
    t.same(events.slice(-2), ['data: [DONE]', ''])
    t.equal(recorder.chunks.length, events.length - 1, 'one event per chunk')
    const contents = whole.choices.map(() => '')
    const args = whole.choices.map(choice => (choice.message.tool_calls ?? []).map(() => ''))
    const reasons: unknown[] = []
    const first = new Set<number>()
    let order = ''
    for (const text of events.slice(0, -3)) {
      const { choices, usage } = JSON.parse(text.slice(6)) as { choices: Delta[]; usage: unknown }
      t.equal(usage, null)
      for (const { index, delta, finish_reason } of choices) {
        if (!first.has(index)) t.equal(delta.role, 'assistant')
        first.add(index)
        contents[index] += delta.content ?? ''
        for (const call of delta.tool_calls ?? []) {
          const texts = args[index]
          if (texts) texts[call.index] += call.function.arguments
          order += call.index
        }
        if (finish_reason !== null) reasons[index] = finish_reason
      }
    }
    t.same(
      contents,
      whole.choices.map(choice => choice.message.content ?? '')
    )
    t.same(
      args,
      whole.choices.map(choice => (choice.message.tool_calls ?? []).map(call => call.function.arguments))
    )
    t.same(
      reasons,
      whole.choices.map(choice => choice.finish_reason)
    )
    if ('tools' in over) t.match(order, '010101', 'calls interleave')
    t.match(JSON.parse(events.at(-3)?.slice(6) ?? ''), { choices: [], usage: whole.usage })
  }
  const plain = await post({ model: 'demo/echo', messages: [user('x'.repeat(50_000))], stream: true })
  t.notMatch(plain.body, '"usage"')
  t.ok(plain.chunks.length < 2200, 'long texts are cut into larger pieces')
})

interface Delta {
  index: number
  delta: {
    role?: string
    content?: string | null
    tool_calls?: { index: number; function: { arguments: string } }[]
  }
  finish_reason: string | null
}

const streamed = { model: 'demo/echo', messages: [user(english)], stream: true }
const request = {
  path: '/chat/completions',
  method: 'POST',
  headers: {},
  body: JSON.stringify(streamed),
  stream: true
} as const
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(resolve => setImmediate(resolve))
}

t.test('pauses and goes on', async t => {
  const recorder = new Recorder()
  recorder.accept = () => false
  const call = provider.send({ ...unread, ...request }, recorder)
  t.same(recorder.events, [])
  await recorder.data.promise
  await turns(5)
  t.same(recorder.events, ['head', 'data'])
  recorder.accept = () => true
  call.resume()
  call.resume()
  t.same(recorder.events, ['head', 'data'])
  await recorder.done.promise
  t.ok(recorder.body.endsWith('data: [DONE]\n\n'))
  call.resume()
  call.abort()
  await turns(2)
  t.equal(recorder.events.filter(event => event === 'end').length, 1)
})

t.test('abort silences it, before and while it answers', async t => {
  const early = new Recorder()
  provider.send({ ...unread, ...request }, early).abort()
  const late = new Recorder()
  let call: UpstreamCall | null = null
  late.accept = () => {
    call?.abort()
    return true
  }
  call = provider.send({ ...unread, ...request }, late)
  await late.data.promise
  await turns(5)
  t.same([early.events, late.events], [[], ['head', 'data']])
})

t.test('a callback that throws ends the call, and after abort nothing is told', async t => {
  for (const at of ['onHead', 'onData', 'onEnd'] as const) {
    const recorder = new Recorder()
    recorder[at] = () => {
      throw new Error('x')
    }
    provider.send({ ...unread, ...request }, recorder)
    await recorder.done.promise
    t.equal(recorder.error?.code, 'SCHLEUSE_INTERNAL')
  }
  const recorder = new Recorder()
  recorder.accept = () => {
    call.abort()
    throw new Error('x')
  }
  const call = provider.send({ ...unread, ...request }, recorder)
  await recorder.data.promise
  await turns(3)
  t.same(recorder.events, ['head', 'data'])
})

/** Runs a call of an SDK against the provider without a socket. */
async function viaProvider(_: unknown, init?: { body?: unknown }): Promise<Response> {
  const recorder = new Recorder()
  provider.send({ ...unread, ...request, body: String(init?.body) }, recorder)
  await recorder.done.promise
  return new Response(recorder.body, { status: recorder.status, headers: [...recorder.headers] })
}

for (const [name, SDK] of [
  ['openai 7', OpenAI],
  ['openai 6', OpenAI6 as unknown as typeof OpenAI]
] as const) {
  t.test(`${name} accepts it: streams, tool loops, parsed answers, errors`, async t => {
    const client = new SDK({
      apiKey: 'none',
      baseURL: 'http://demo.invalid/v1',
      fetch: viaProvider,
      maxRetries: 0
    })
    const messages = [{ role: 'user' as const, content: english }]
    const stream = client.chat.completions.stream({ model: 'demo/assistant', messages, n: 2 })
    t.match((await stream.finalChatCompletion()).choices[1]?.message.content, /\(2\)$/)

    const seen: unknown[] = []
    const runner = client.chat.completions.runTools({
      model: 'demo/assistant',
      stream: true,
      messages,
      tools: [
        {
          type: 'function',
          function: {
            name: 'send',
            description: 'sends',
            parameters: { type: 'object', properties: { person: { type: 'string' } } },
            parse: JSON.parse,
            function: (args: unknown) => {
              seen.push(args)
              return 'sent to PERSON_K7Q2MX4A'
            }
          }
        }
      ]
    })
    t.equal(await runner.finalContent(), 'The tool answered: sent to PERSON_K7Q2MX4A')
    t.same(seen, [{ person: 'PERSON_K7Q2MX4A' }])

    const parsed = await client.chat.completions.parse({
      model: 'demo/assistant',
      messages,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'x', strict: true, schema: { type: 'object', properties: { email: {} } } }
      }
    })
    t.equal(parsed.choices[0]?.message.content, '{"email":"EMAIL_9B3DA1ZZ"}')
    await t.rejects(client.chat.completions.create({ model: 'demo/none', messages }), {
      status: 404,
      code: 'model_not_found'
    })
  })
}
