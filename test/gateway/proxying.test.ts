import { once } from 'node:events'
import http from 'node:http'
import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { gate } from '../support/cuts.ts'
import { startRawServer } from '../support/raw-server.ts'
import { DONE, finish, role, textDeltas } from '../support/stream-parts.ts'

const provider = await startRawServer()
t.teardown(() => provider.close())
const gateway = await startGateway({
  providers: [
    localProvider(provider.port, ['m']),
    { ...localProvider(provider.port, ['keyed'], 'keyed'), credential: 'passthrough' }
  ],
  settings: {
    timeouts: { keepAliveCommentMs: 20, idleMs: 700, headersMs: 700 },
    limits: { maxBodyBytes: 200_000, maxAnswerBytes: 100_000, maxBufferedBytes: 300_000 }
  }
})
t.teardown(() => gateway.stop())

const ask = (content: string, more: object = {}, init: RequestInit = {}) =>
  fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }], ...more })
  })

t.test('a request without findings passes byte for byte, and so does its answer', async t => {
  const body =
    '{ "model" : "m", "seed": 12345678901234567890, "top_p": 1.0, "messages":[ {"role":"user","content":"Gr\\u00fc\\u00dfe \\/ \\ud83d\\udc9a"} ], "x": {"2":1,"1":2} }'
  const answer =
    '{ "id":"x", "choices" : [ {"index":0,"message":{"role":"assistant","content":"Gr\\u00fc\\u00dfe"},"p":1.0} ], "n":12345678901234567890 }\n'
  provider.script = (_request, reply) => reply.send(200, { 'content-type': 'application/json' }, answer)
  provider.forget()
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body
  })
  t.equal(await response.text(), answer)
  t.equal(provider.requests[0]?.text, body)
})

t.test('with findings only the replaced spans differ', async t => {
  const body =
    '{"model":"m",  "messages":[{"role":"user","content":"Mail: anna.weber@beispielfirma.de \\u00fc"}],"seed":1.0}'
  provider.script = (request, reply) =>
    reply.json({ choices: [{ index: 0, message: { content: /EMAIL_\w{8}/.exec(request.text)?.[0] } }] })
  provider.forget()
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body
  })
  t.match(await response.json(), { choices: [{ message: { content: 'anna.weber@beispielfirma.de' } }] })
  t.equal(provider.requests[0]?.text.replace(/EMAIL_[0-9A-Z]{8}/, 'anna.weber@beispielfirma.de'), body)
})

t.test('headers pass by allow-list in both directions', async t => {
  provider.script = (_request, reply) =>
    reply.json({ choices: [] }, 200, {
      'x-request-id': 'req_1',
      'openai-processing-ms': '5',
      'x-ratelimit-limit-requests': '9',
      'set-cookie': 'a=b',
      server: 'moon',
      'x-secret': 's'
    })
  provider.forget()
  const response = await ask(
    'x',
    { model: 'm' },
    {
      headers: {
        authorization: 'Bearer app-secret',
        cookie: 'c=1',
        baggage: 'user=max',
        'x-forwarded-for': '10.1.2.3',
        'x-stainless-os': 'Linux',
        'user-agent': 'max@example.com'
      }
    }
  )
  const seen = provider.requests[0]?.head.toString() ?? ''
  for (const text of ['app-secret', 'c=1', 'baggage', '10.1.2.3', 'stainless', 'max@example'])
    t.notMatch(seen, text)
  t.equal(response.headers.get('x-request-id'), 'req_1')
  t.equal(response.headers.get('openai-processing-ms'), '5')
  t.equal(response.headers.get('x-ratelimit-limit-requests'), '9')
  for (const name of ['set-cookie', 'server', 'x-secret']) t.equal(response.headers.get(name), null, name)
  t.match(response.headers.get('x-schleuse-request-id'), /^[0-9a-f-]{36}$/)
})

t.test('an idempotency key goes out as a keyed hash that repeats with it', async t => {
  provider.script = (_request, reply) => reply.json({ choices: [] })
  provider.forget()
  for (const key of ['order of anna', 'order of anna', 'another'])
    await ask('x', {}, { headers: { 'idempotency-key': key } })
  const [first, second, third] = provider.requests.map(request => request.headers.get('idempotency-key'))
  t.match(first, /^[0-9a-f]{64}$/)
  t.equal(second, first)
  t.not(third, first)
})

t.test("passthrough: the caller's credential goes to that provider and no other", async t => {
  provider.script = (_request, reply) => reply.json({ choices: [] })
  provider.forget()
  await ask(
    'x',
    { model: 'keyed' },
    { headers: { authorization: 'Bearer sk-mine', 'openai-organization': 'org-1' } }
  )
  await ask(
    'x',
    { model: 'm' },
    { headers: { authorization: 'Bearer sk-mine', 'openai-organization': 'org-1' } }
  )
  t.equal(provider.requests[0]?.headers.get('authorization'), 'Bearer sk-mine')
  t.equal(provider.requests[0]?.headers.get('openai-organization'), 'org-1')
  t.equal(provider.requests[1]?.headers.get('authorization'), undefined)
})

t.test('a client that leaves mid-stream cancels the provider at once', async t => {
  const left = gate()
  provider.script = async (_request, reply) => {
    const pieces = [role(), ...textDeltas('Guten Tag', 3)].map(part => Buffer.from(part))
    void reply.closed.then(() => left.open())
    await reply.stream(pieces, { ending: 'hang' })
  }
  const controller = new AbortController()
  const response = await ask('x', { stream: true }, { signal: controller.signal })
  const reader = response.body?.getReader()
  await reader?.read()
  controller.abort()
  await left.opened
  t.pass('the provider saw the connection go')
})

t.test('a client that leaves before the answer begins cancels the provider too', async t => {
  const left = gate()
  const asked = provider.next()
  provider.script = async (_request, reply) => {
    await reply.closed
    left.open()
  }
  const controller = new AbortController()
  const pending = ask('x', {}, { signal: controller.signal }).catch(() => 'aborted')
  await asked
  controller.abort()
  t.equal(await pending, 'aborted')
  await left.opened
})

t.test('a silent stream gets comments between events; clients see the same events', async t => {
  const go = gate()
  provider.script = (_request, reply) =>
    reply.stream(
      (async function* () {
        yield Buffer.from(role())
        await go.opened
        yield Buffer.from(textDeltas('Hallo', 9).join('') + finish('stop') + DONE)
      })()
    )
  const response = await ask('x', { stream: true })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes(': keep-alive\n\n')) go.open()
  }
  t.ok(text.endsWith(DONE))
  t.equal(
    text.replaceAll(': keep-alive\n\n', ''),
    role() + textDeltas('Hallo', 9).join('') + finish('stop') + DONE
  )
})

for (const [name, ending] of [
  ['a reset', 'reset'],
  ['an early end', 'cut'],
  ['a stall', 'hang']
] as const) {
  t.test(`${name} in mid-stream is told as an error event, never a silent cut`, async t => {
    provider.script = (_request, reply) =>
      reply.stream(
        [Buffer.from(role() + textDeltas('Hallo Welt', 20).join('')), Buffer.from('data: {"choi')],
        { ending }
      )
    const response = await ask('x', { stream: true })
    const text = (await response.text()).replaceAll(': keep-alive\n\n', '')
    const last = text.trimEnd().split('\n\n').at(-1) ?? ''
    t.match(JSON.parse(last.slice(6)), { error: { code: /^SCHLEUSE_UPSTREAM_/, message: String } })
    t.notMatch(text, 'data: {"choi\n')
    t.match(text, 'Hallo Welt')
  })
}

t.test('upstream faults before the answer are typed', async t => {
  const faults: readonly (readonly [string, Parameters<typeof startRawServer>[0], number, string])[] = [
    ['reset', (_request, reply) => reply.reset(), 502, 'SCHLEUSE_UPSTREAM_BROKEN'],
    [
      'redirect',
      (_request, reply) => reply.send(307, { location: 'http://127.0.0.1:1/' }, ''),
      502,
      'SCHLEUSE_UPSTREAM_REDIRECT'
    ],
    [
      'no JSON',
      (_request, reply) => reply.send(200, { 'content-type': 'application/json' }, '<html>'),
      502,
      'SCHLEUSE_UPSTREAM_NOT_JSON'
    ],
    [
      'too large',
      (_request, reply) => reply.json({ x: 'y'.repeat(120_000) }),
      502,
      'SCHLEUSE_UPSTREAM_TOO_LARGE'
    ],
    ['silence', async (_request, reply) => reply.closed, 504, 'SCHLEUSE_UPSTREAM_TIMEOUT']
  ]
  for (const [name, script, status, code] of faults) {
    if (script !== undefined) provider.script = script
    const response = await ask('x')
    t.equal(response.status, status, name)
    t.match(await response.json(), { error: { code } }, name)
  }
})

t.test('error bodies that quote the request are restored, with their status and retry headers', async t => {
  provider.script = (request, reply) =>
    reply.json(
      {
        error: {
          message: `bad address ${/EMAIL_\w{8}/.exec(request.text)?.[0]}`,
          type: 'invalid_request_error',
          param: null,
          code: null
        }
      },
      429,
      { 'retry-after': '7' }
    )
  const response = await ask('an anna.weber@beispielfirma.de')
  t.equal(response.status, 429)
  t.equal(response.headers.get('retry-after'), '7')
  t.match(await response.json(), { error: { message: 'bad address anna.weber@beispielfirma.de' } })
  t.notMatch(gateway.output(), 'anna.weber')
})

t.test('an error page that is no JSON keeps its status and is restored', async t => {
  provider.script = (request, reply) =>
    reply.send(503, { 'content-type': 'text/html' }, `<p>${/EMAIL_\w{8}/.exec(request.text)?.[0]}</p>`)
  const response = await ask('an anna.weber@beispielfirma.de')
  t.equal(response.status, 503)
  t.equal(await response.text(), '<p>anna.weber@beispielfirma.de</p>')
})

t.test('compressed answers are read', async t => {
  provider.script = (request, reply) =>
    reply.gzip(
      JSON.stringify({ choices: [{ index: 0, message: { content: /EMAIL_\w{8}/.exec(request.text)?.[0] } }] })
    )
  t.match(await (await ask('an anna.weber@beispielfirma.de')).json(), {
    choices: [{ message: { content: 'anna.weber@beispielfirma.de' } }]
  })
})

t.test('a slow client slows the provider: nothing is buffered without bound', async t => {
  const piece = Buffer.from(textDeltas('x'.repeat(60_000), 60_000).join(''))
  let sent = 0
  provider.script = (_request, reply) =>
    reply.stream(
      (function* () {
        for (; sent < 2000; sent++) yield piece
      })()
    )
  const request = http.request(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' }
  })
  request.end(JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] }))
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  response.pause()
  for (let still = 0, last = -1; still < 20; still = sent === last ? still + 1 : 0) {
    last = sent
    await fetch(`${gateway.origin}/health`)
  }
  t.ok(sent < 1000, `${sent} of 2000 pieces were taken while the reader stood still`)
  response.destroy()
})

t.test('a client that takes nothing for long is cut, and the provider with it', async t => {
  const piece = Buffer.from(textDeltas('x'.repeat(60_000), 60_000).join(''))
  const left = gate()
  provider.script = async (_request, reply) => {
    void reply.closed.then(() => left.open())
    await reply.stream(
      (function* () {
        for (let sent = 0; sent < 2000; sent++) yield piece
      })()
    )
  }
  const request = http.request(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' }
  })
  request.end(JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] }))
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  response.on('error', () => {})
  response.pause()
  await left.opened
  t.pass('the provider saw the connection go')
  response.destroy()
})

t.test('an event that never ends counts in the budget and is cut', async t => {
  provider.script = (_request, reply) =>
    reply.stream(
      (function* () {
        yield Buffer.from(`${role()}data: {"x":"`)
        for (let sent = 0; sent < 40; sent++) yield Buffer.alloc(10_000, 'y')
      })(),
      { ending: 'hang' }
    )
  const text = await (await ask('x', { stream: true })).text()
  t.match(text, 'SCHLEUSE_OVERLOADED')
})

t.test('beyond the budget of buffered bytes: 503 with retry-after', async t => {
  const free = gate()
  provider.forget()
  provider.script = async (_request, reply) => {
    await free.opened
    await reply.json({ choices: [] })
  }
  const first = [ask('x'.repeat(140_000)), ask('y'.repeat(140_000))]
  while (provider.requests.length < 2) await provider.next()
  const refused = await ask('z'.repeat(140_000))
  t.equal(refused.status, 503)
  t.equal(refused.headers.get('retry-after'), '1')
  t.match(await refused.json(), { error: { code: 'SCHLEUSE_OVERLOADED' } })
  free.open()
  for (const response of await Promise.all(first)) t.equal(response.status, 200)
  t.equal((await ask('w'.repeat(140_000))).status, 200, 'what was held is free again')
})
