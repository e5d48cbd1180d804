import t from 'tap'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { startRawServer } from '../../support/raw-server.ts'

/** Lines of a batch: each under the rules of its own endpoint, with the names its deployment knows models by. */

const provider = await startRawServer((_request, reply) =>
  reply.json({ id: 'file-1', object: 'file', filename: 'x.jsonl', purpose: 'batch' })
)
t.teardown(() => provider.close())
const gateway = await startGateway({
  providers: [{ ...localProvider(provider.port, ['m', 'n']), upstreamModels: { m: 'azure-m-1' } }],
  settings: { aliases: [{ name: 'schnell', targets: [{ deployment: 'sim', model: 'm' }] }] },
  policy: {
    id: 'p',
    version: 1,
    instruction: true,
    fields: [
      {
        direction: 'request',
        endpoints: ['openai.embeddings'],
        fields: ['input'],
        operators: { EMAIL: 'mask' }
      }
    ]
  }
})
t.teardown(() => gateway.stop())

const mail = 'anna.weber@kanzlei-weber.de'
const chat = (content: string, more: object = {}) => ({
  custom_id: 'c',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'm', messages: [{ role: 'user', content }], ...more }
})
const embedding = (input: string, model = 'n') => ({
  custom_id: 'e',
  method: 'POST',
  url: '/v1/embeddings',
  body: { model, input }
})

async function upload(lines: readonly object[]) {
  provider.forget()
  const form = new FormData()
  form.set('file', new Blob([lines.map(line => `${JSON.stringify(line)}\n`).join('')]), 'x.jsonl')
  form.set('purpose', 'batch')
  const response = await fetch(`${gateway.baseUrl}/files`, { method: 'POST', body: form })
  const { error } = (await response.json()) as { error?: { code: string } }
  const [request] = provider.requests
  t.equal(request?.headers.get('content-length'), request && String(request.body.length))
  const sent = (request?.text ?? '').split('\n').filter(line => line.startsWith('{"custom_id"'))
  return { code: error?.code, sent: sent.map(line => JSON.parse(line) as Line) }
}

interface Line {
  readonly body: {
    readonly model: string
    readonly input?: string
    readonly messages?: readonly { content: string }[]
  }
}

t.test('each model by the name that the deployment knows', async t => {
  const { sent } = await upload([
    chat('a'),
    { ...chat('b'), body: { ...chat('b').body, model: 'schnell' } },
    embedding('c'),
    embedding('d', 'fremd')
  ])
  t.strictSame(
    sent.map(({ body }) => body.model),
    ['azure-m-1', 'azure-m-1', 'n', 'fremd']
  )
})

t.test('rules of the policy for an endpoint and its fields hold in its lines', async t => {
  const { sent } = await upload([chat(`An ${mail}`), embedding(`An ${mail}`)])
  t.match(sent[0]?.body.messages?.[0]?.content, /^An EMAIL_[0-9A-Z]{10}\n\n\(Codes such as EMAIL_/)
  t.notMatch(sent[1]?.body.input, /EMAIL_|kanzlei/)
  t.match(sent[1]?.body.input, /^An /)
})

t.test('a stop string must not stand in a code of its own line', async t => {
  const stop = { stop: ['EMAIL'] }
  t.equal((await upload([chat('nichts', stop), chat(`An ${mail}`)])).code, undefined)
  t.equal((await upload([chat('nichts'), chat(`An ${mail}`, stop)])).code, 'SCHLEUSE_STOP_COLLIDES')
  t.equal(provider.bytes().length, 0)
})

t.test('what an endpoint refuses, a line of it is refused for', async t => {
  const line = (body: object) => ({ ...chat('a'), body })
  for (const [lines, code] of [
    [[chat('a'), line({ messages: [] })], 'SCHLEUSE_FIELD_MISSING'],
    [[line({ model: 'a b', messages: [] })], 'SCHLEUSE_MODEL_MALFORMED'],
    [[{ ...embedding('x'), body: { model: 'n', input: [1, 2, 3] } }], 'SCHLEUSE_OPAQUE_REFUSED'],
    [[{ ...chat('a'), body: [] }], 'SCHLEUSE_LINE_NOT_REQUEST']
  ] as const)
    t.equal((await upload(lines)).code, code)
  t.equal(provider.bytes().length, 0)
})
