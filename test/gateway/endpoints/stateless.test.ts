import t from 'tap'
import { canaries, mailWith } from '../../support/canaries.ts'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { findLeaks } from '../../support/leaks.ts'
import { type Script, startRawServer } from '../../support/raw-server.ts'

/** Endpoints that keep nothing: completions, embeddings, moderations. */

const provider = await startRawServer()
t.teardown(() => provider.close())
const gateway = await startGateway({
  providers: [localProvider(provider.port, ['m', 'omni-moderation-latest'])]
})
t.teardown(() => gateway.stop())

const planted = canaries(81)
const first = mailWith(planted.slice(0, 9))
const second = mailWith(planted.slice(9))
const iban = planted.find(({ kind }) => kind === 'iban de')?.value ?? ''
const email = planted.find(({ kind }) => kind === 'email')?.value ?? ''

async function post(path: string, body: object, script: Script): Promise<Response> {
  provider.script = script
  provider.forget()
  return fetch(`${gateway.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', ...body })
  })
}

const sent = () => JSON.parse(provider.requests[0]?.text ?? '{}') as Record<string, unknown>
const leaks = async () => findLeaks(planted, { provider: provider.bytes(), ...(await gateway.places()) })

t.test('completions: every text field leaves as pseudonyms, every choice comes back restored', async t => {
  const response = await post(
    '/completions',
    { prompt: [first, second], suffix: `Gruß an ${email}`, stop: [`Ende ${email}`], user: email, echo: true },
    (request, reply) => {
      const { prompt, suffix, stop } = JSON.parse(request.text) as {
        prompt: string[]
        suffix: string
        stop: string[]
      }
      return reply.json({
        id: 'cmpl-1',
        object: 'text_completion',
        created: 1,
        model: 'm',
        choices: [...prompt, suffix, stop[0]].map((text, index) => ({
          index,
          text,
          logprobs: { tokens: ['x'], text_offset: [0], top_logprobs: [{ x: -1 }] },
          finish_reason: 'stop'
        })),
        usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 }
      })
    }
  )
  const { choices } = (await response.json()) as { choices: { text: string }[] }
  t.strictSame(
    choices.map(choice => choice.text),
    [first, second, `Gruß an ${email}`, `Ende ${email}`]
  )
  t.match(sent(), { model: 'm', echo: true, user: /^EMAIL_[0-9A-Z]{8}$/ })
  t.strictSame(await leaks(), [])
})

t.test(
  'completions stream: choices do not wait for each other, held text leaves before the finish',
  async t => {
    for (const size of [1, 2, 3, 7]) {
      const response = await post('/completions', { prompt: first, n: 2, stream: true }, (request, reply) => {
        const { prompt } = JSON.parse(request.text) as { prompt: string }
        const chunk = (index: number, text: string, finish: string | null = null) =>
          `data: ${JSON.stringify({ id: 'c', object: 'text_completion', created: 1, model: 'm', choices: [{ index, text, logprobs: null, finish_reason: finish }] })}\n\n`
        const pieces: Buffer[] = []
        for (let at = 0; at < prompt.length; at += size)
          for (const index of [0, 1]) pieces.push(Buffer.from(chunk(index, prompt.slice(at, at + size))))
        pieces.push(Buffer.from(chunk(0, '', 'stop') + chunk(1, ' EMAIL_', 'length') + 'data: [DONE]\n\n'))
        return reply.stream(pieces)
      })
      const texts = ['', '']
      const finished = [false, false]
      for (const [, data] of (await response.text()).matchAll(/^data: (\{.*)$/gm)) {
        const { choices } = JSON.parse(data ?? '') as {
          choices: { index: number; text: string; finish_reason: string | null }[]
        }
        for (const { index, text, finish_reason } of choices) {
          t.notOk(finished[index], 'nothing after the finish')
          texts[index] += text
          finished[index] = finish_reason !== null
        }
      }
      t.strictSame(texts, [first, `${first} EMAIL_`], `pieces of ${size}`)
    }
    t.strictSame(await leaks(), [])
  }
)

t.test('embeddings: one pseudonym per value in the whole app, ten characters long', async t => {
  const vector =
    '{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25,-1.0e-3]}],"model":"m","usage":{"prompt_tokens":5,"total_tokens":5}}'
  const script: Script = (_request, reply) => reply.send(200, { 'content-type': 'application/json' }, vector)
  const response = await post('/embeddings', { input: [first, second], user: email }, script)
  t.equal(await response.text(), vector, 'vectors pass byte for byte')
  const { input } = sent() as { input: string[] }
  const codes = (text: string): readonly string[] => text.match(/[A-Z_]+_[0-9A-HJKMNP-TV-Z]{10}\b/g) ?? []
  t.ok(codes(input[0] ?? '').length >= 8)
  t.strictSame(await leaks(), [])
  await post('/embeddings', { input: `Frage zu IBAN ${iban}?` }, script)
  const [query] = codes((sent() as { input: string }).input)
  t.ok(codes((input[0] ?? '') + (input[1] ?? '')).includes(query ?? ''), 'index and query agree')
  await post('/embeddings', { input: 'Sehr geehrte Frau Dr. Anna Holbrunstedt' }, script)
  const alone = codes((sent() as { input: string }).input)[0]?.slice(0, -1)
  await post(
    '/embeddings',
    { input: ['Sehr geehrte Frau Erika Holbrunstedt', 'Liebe Anna Holbrunstedt,'] },
    script
  )
  const [, after] = (sent() as { input: string[] }).input
  t.equal(codes(after ?? '')[0]?.slice(0, -1), alone, 'whatever stands before it')
})

t.test('moderations: texts and parts, with and without a model', async t => {
  const verdict = { id: 'modr-1', model: 'm', results: [{ flagged: false, categories: { hate: false } }] }
  const input = [first, { type: 'text', text: second }]
  await post('/moderations', { model: undefined, input }, (_request, reply) => reply.json(verdict))
  t.notOk('model' in sent())
  t.strictSame(await leaks(), [])
  const response = await post('/moderations', { input: first }, (_request, reply) => reply.json(verdict))
  t.strictSame(await response.json(), verdict)
  t.strictSame(await leaks(), [])
})

t.test('token ids and pictures are refused by default', async t => {
  const script: Script = (_request, reply) => reply.json({})
  for (const [path, body] of [
    ['/completions', { prompt: [1, 2, 3] }],
    ['/completions', { prompt: [[1, 2], [3]] }],
    ['/completions', { prompt: ['a', [3]] }],
    ['/embeddings', { input: [15496, 995] }],
    ['/embeddings', { input: [[15496], [995]] }],
    ['/moderations', { input: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] }]
  ] as const) {
    const response = await post(path, body, script)
    t.equal(response.status, 422, JSON.stringify(body))
    t.match(await response.json(), { error: { code: 'SCHLEUSE_OPAQUE_REFUSED' } })
    t.equal(provider.requests.length, 0)
  }
})

t.test("a provider's error that quotes the request is restored", async t => {
  const response = await post('/completions', { prompt: `An ${email}` }, (request, reply) =>
    reply.json({ error: { message: `bad prompt: ${request.text}`, type: 'x', param: null, code: null } }, 400)
  )
  t.equal(response.status, 400)
  t.match(await response.text(), email)
})

t.test('fields no map knows are scanned', async t => {
  for (const path of ['/completions', '/embeddings', '/moderations']) {
    await post(path, { prompt: 'x', input: 'x', fresh: { deep: [first] } }, (_request, reply) =>
      reply.json({ data: [], choices: [] })
    )
    t.strictSame(await leaks(), [], path)
  }
})
