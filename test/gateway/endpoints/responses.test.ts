import t from 'tap'
import { canaries, mailWith } from '../../support/canaries.ts'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { findLeaks } from '../../support/leaks.ts'
import { type Script, startRawServer } from '../../support/raw-server.ts'

/** Responses and Conversations end to end: state lies at the provider, the codes in it are known to the vault. */

const provider = await startRawServer()
t.teardown(() => provider.close())
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
t.teardown(() => gateway.stop())

const planted = canaries(91)
const first = mailWith(planted.slice(0, 9))
const second = mailWith(planted.slice(9))
const email = 'anna.weber@beispielfirma.de'

interface Sent {
  readonly input: string
  readonly [field: string]: unknown
}

async function call(method: string, path: string, body: object | null, script: Script): Promise<Response> {
  provider.script = script
  provider.forget()
  return fetch(`${gateway.baseUrl}${path}`, {
    method,
    headers: body === null ? {} : { 'content-type': 'application/json' },
    ...(body === null ? {} : { body: JSON.stringify(body) })
  })
}

const post = (body: object, script: Script) => call('POST', '/responses', { model: 'm', ...body }, script)
const sent = () => JSON.parse(provider.requests.at(-1)?.text ?? '{}') as Sent
const codesIn = (text: string): string[] => [
  ...new Set(text.match(/\b[A-Z]+(?:_[A-Z]+)*_[0-9A-HJKMNP-TV-Z]{8}\b/g))
]
const leaks = async () => findLeaks(planted, { provider: provider.bytes(), ...(await gateway.places()) })

const message = (text: string, more: object = {}) => ({
  type: 'message',
  id: 'msg_1',
  status: 'completed',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [], ...more }]
})
const response = (id: string, text: string, more: object = {}) => ({
  id,
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: 'm',
  output: [message(text)],
  usage: { input_tokens: 5, output_tokens: 6, input_tokens_details: { cached_tokens: 1 } },
  ...more
})
const say =
  (id: string, text: (sent: Sent) => string, more: (sent: Sent) => object = () => ({})): Script =>
  (request, reply) => {
    const body = JSON.parse(request.text || '{}') as Sent
    return reply.json(response(id, text(body), more(body)))
  }
const textOf = async (answer: Response) =>
  ((await answer.json()) as { output: { content: { text: string }[] }[] }).output[0]?.content[0]?.text

t.test('an answer and the echo of the request come back restored', async t => {
  const answer = await post(
    { input: first, instructions: second, metadata: { contact: email }, user: email, store: false },
    say(
      'resp_echo',
      ({ input }) => input,
      ({ instructions, metadata, user }) => ({ instructions, metadata, user })
    )
  )
  t.match(await answer.json(), {
    instructions: second,
    metadata: { contact: email },
    user: email,
    output: [message(first)]
  })
  t.strictSame(await leaks(), [])
})

t.test('previous_response_id: codes of earlier turns are restored, values keep their codes', async t => {
  await post(
    { input: `${first}\nBitte an ${email}` },
    say('resp_a', () => 'ok')
  )
  const before = codesIn(sent().input)
  const answer = await post(
    { input: `Nochmal: ${email}?`, previous_response_id: 'resp_a' },
    say('resp_b', ({ input }) => `${before.join(' ')} | ${input}`)
  )
  const said = (await textOf(answer)) ?? ''
  for (const { value } of planted.slice(0, 4)) t.ok(said.includes(value), 'restored from the turn before')
  const again = codesIn(sent().input)
  t.equal(again.length, 1)
  t.ok(before.includes(again[0] ?? ''), 'one value, one code over all turns')
  const third = await post(
    { input: 'Und?', previous_response_id: 'resp_b' },
    say('resp_c', () => before.join(' '))
  )
  t.notMatch(await textOf(third), /EMAIL_/, 'also two turns later')
  t.strictSame(await leaks(), [])
})

t.test('a person of an earlier turn is found again by the surname alone', async t => {
  await post(
    { input: 'Sehr geehrte Frau Erika Holbrunstedt, danke.' },
    say('resp_p', () => 'ok')
  )
  const [code = ''] = codesIn(sent().input)
  await post(
    { input: 'Was schreibt Holbrunstedt?', previous_response_id: 'resp_p' },
    say('resp_q', () => 'ok')
  )
  const [later = ''] = codesIn(sent().input)
  t.equal(later.slice(0, -1), code.slice(0, -1), 'the same person')
})

t.test('retrieve, list, cancel, delete: restored; deleted and unknown objects are unknown', async t => {
  await post(
    { input: `An ${email}`, background: true },
    say('resp_d', () => '')
  )
  const [code = ''] = codesIn(sent().input)
  const retrieved = await call(
    'GET',
    '/responses/resp_d?include[]=reasoning.encrypted_content',
    null,
    say('resp_d', () => `an ${code}`)
  )
  t.equal(await textOf(retrieved), `an ${email}`)
  t.equal(provider.requests[0]?.target, '/v1/responses/resp_d?include%5B%5D=reasoning.encrypted_content')
  const listed = await call(
    'GET',
    '/responses/resp_d/input_items?limit=5&order=asc',
    null,
    (_request, reply) =>
      reply.json({
        object: 'list',
        data: [{ ...message(''), content: [{ type: 'input_text', text: `An ${code}` }] }],
        has_more: false
      })
  )
  t.match(await listed.json(), { data: [{ content: [{ text: `An ${email}` }] }] })
  const cancelled = await call(
    'POST',
    '/responses/resp_d/cancel',
    null,
    say('resp_d', () => code)
  )
  t.equal(await textOf(cancelled), email)
  t.equal(provider.requests[0]?.method, 'POST')
  const gone = await call('DELETE', '/responses/resp_d', null, (_request, reply) =>
    reply.json({ id: 'resp_d', deleted: true })
  )
  t.equal(gone.status, 200)
  for (const id of ['resp_d', 'resp_never']) {
    const unknown = await call(
      'GET',
      `/responses/${id}`,
      null,
      say('x', () => '')
    )
    t.equal(unknown.status, 404)
    t.match(await unknown.json(), { error: { code: 'SCHLEUSE_STATE_UNKNOWN' } })
    t.equal(provider.requests.length, 0)
  }
})

t.test('queries and ids of another form never leave', async t => {
  await post(
    { input: 'x' },
    say('resp_f', () => '')
  )
  for (const path of [
    'resp_f?note=anna',
    'resp_f?after=x',
    'resp_f?include=a%20b',
    'anna%40weber',
    'a'.repeat(200)
  ]) {
    const answer = await call(
      'GET',
      `/responses/${path}`,
      null,
      say('x', () => '')
    )
    t.equal(answer.status, 400, path)
    t.equal(provider.requests.length, 0)
  }
})

t.test('store: false needs no vault and makes nothing that can be named', async t => {
  await post(
    { input: `An ${email}`, store: false },
    say('resp_u', () => 'ok')
  )
  const answer = await call(
    'GET',
    '/responses/resp_u',
    null,
    say('resp_u', () => '')
  )
  t.equal(answer.status, 404)
})

t.test('conversations: created, used, listed, deleted', async t => {
  const items = [{ type: 'message', role: 'user', content: first }]
  const created = await call(
    'POST',
    '/conversations',
    { items, metadata: { contact: email } },
    (request, reply) => {
      const { metadata } = JSON.parse(request.text) as { metadata: object }
      return reply.json({ id: 'conv_1', object: 'conversation', created_at: 1, metadata })
    }
  )
  t.match(await created.json(), { id: 'conv_1', metadata: { contact: email } })
  t.strictSame(await leaks(), [])
  const before = codesIn(JSON.stringify(sent()))
  const answer = await post(
    { input: second, conversation: { id: 'conv_1' } },
    say(
      'resp_g',
      () => before.join(' '),
      () => ({ conversation: { id: 'conv_1' } })
    )
  )
  t.notMatch(await textOf(answer), /\b[A-Z]+_[0-9A-Z]{8}\b/)
  const listed = await call('GET', '/conversations/conv_1/items?limit=100', null, (_request, reply) =>
    reply.json({
      object: 'list',
      data: [message(before[0] ?? '')],
      first_id: 'msg_1',
      last_id: 'msg_1',
      has_more: false
    })
  )
  t.notMatch(await listed.text(), before[0])
  const added = await call(
    'POST',
    '/conversations/conv_1/items',
    { items: [{ type: 'message', role: 'user', content: `Neu: ${email}` }] },
    (request, reply) =>
      reply.json({ object: 'list', data: (JSON.parse(request.text) as { items: object[] }).items })
  )
  t.match(await added.json(), { data: [{ content: `Neu: ${email}` }] })
  const one = await call('GET', '/conversations/conv_1/items/msg_1', null, (_request, reply) =>
    reply.json(message(before[0] ?? ''))
  )
  t.notMatch(await one.text(), before[0])
  t.equal(
    (
      await call('POST', '/conversations/conv_1', { metadata: { contact: email } }, (_request, reply) =>
        reply.json({ id: 'conv_1' })
      )
    ).status,
    200
  )
  await call('DELETE', '/conversations/conv_1', null, (_request, reply) =>
    reply.json({ id: 'conv_1', deleted: true })
  )
  t.equal(
    (
      await call(
        'GET',
        '/conversations/conv_1',
        null,
        say('x', () => '')
      )
    ).status,
    404
  )
  t.equal(
    (
      await post(
        { input: 'x', conversation: 'conv_1' },
        say('x', () => '')
      )
    ).status,
    404
  )
  t.strictSame(await leaks(), [])
})

t.test('tools that the provider runs are refused, those of the client are not', async t => {
  const ok = say('resp_t', () => 'ok')
  for (const type of [
    'web_search',
    'web_search_preview',
    'file_search',
    'code_interpreter',
    'mcp',
    'image_generation',
    'brand_new'
  ]) {
    const answer = await post({ input: 'x', tools: [{ type }] }, ok)
    t.equal(answer.status, 403, type)
    t.equal(provider.requests.length, 0)
  }
  t.equal(
    (await post({ input: 'x', tools: [{ type: 'shell', environment: { type: 'container_auto' } }] }, ok))
      .status,
    403
  )
  const local = [
    { type: 'function', name: 'f', parameters: {} },
    { type: 'shell', environment: { type: 'local' } },
    { type: 'apply_patch' }
  ]
  t.equal((await post({ input: 'x', tools: local }, ok)).status, 200)
})

t.test('untouchable things pass byte for byte, in both directions', async t => {
  const opaque = 'gAAAAABo-anna.weber@beispielfirma.de-EMAIL_K7Q2MX4A'
  const reasoning = { type: 'reasoning', id: 'rs_EMAIL_K7Q2MX4A', summary: [], encrypted_content: opaque }
  const program = { type: 'program', id: 'p', call_id: 'c', code: 'x()', fingerprint: opaque }
  const answer = await post(
    { input: [{ type: 'message', role: 'user', content: `An ${email}` }, reasoning, program], store: false },
    (request, reply) => {
      const [code = ''] = codesIn(request.text.replaceAll(opaque, '').replaceAll('rs_EMAIL_K7Q2MX4A', ''))
      return reply.json({
        id: 'resp_o',
        output: [{ ...reasoning, encrypted_content: `${opaque}${code}` }, program]
      })
    }
  )
  t.match(sent(), { input: [{}, reasoning, program] })
  const [item] = ((await answer.json()) as { output: { encrypted_content: string }[] }).output
  t.match(
    item?.encrypted_content,
    /EMAIL_[0-9A-Z]{8}$/,
    'not restored: the provider must get it back as it was'
  )
})

t.test('the WebSocket form is refused', async t => {
  const answer = await fetch(`${gateway.baseUrl}/responses`)
  t.equal(answer.status, 501)
})
