import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** What the gateway refuses, with which error, and that nothing of it reached the provider. */

const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())
const policy = {
  id: 'test',
  version: 1,
  operators: { default: 'pseudonymize', PRIVATE_KEY: 'block', IP: 'keep' },
  places: { allowed: ['self', 'EEA'] }
}
const gateway = await startGateway({
  providers: [
    localProvider(provider.port, ['m', 'family-*']),
    { ...localProvider(provider.port, ['abroad'], 'abroad'), places: ['US'] },
    { ...localProvider(provider.port, ['keyed'], 'keyed'), credential: 'passthrough' }
  ],
  policy,
  settings: { limits: { maxBodyBytes: 20_000, maxJsonDepth: 20, maxJsonLeaves: 200 } }
})
t.teardown(() => gateway.stop())

interface Answer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly retry: string | null
}

async function post(
  body: string | object,
  headers: Record<string, string> = {},
  path = '/v1/chat/completions'
): Promise<Answer> {
  const response = await fetch(gateway.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
  const { error } = (await response.json()) as { error?: { code: string; message: string } }
  return {
    status: response.status,
    code: error?.code ?? '',
    message: error?.message ?? '',
    retry: response.headers.get('x-should-retry')
  }
}

const user = (content: unknown, more: object = {}) => ({
  model: 'm',
  messages: [{ role: 'user', content }],
  ...more
})
const key =
  '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu\n-----END PRIVATE KEY-----'
const mail = 'anna.weber@beispielfirma.de'

const refusals: readonly (readonly [
  name: string,
  request: () => Promise<Answer>,
  status: number,
  code: string
])[] = [
  ['no JSON', () => post('{"model":"m",'), 400, 'SCHLEUSE_BODY_NOT_JSON'],
  ['an empty body', () => post(''), 400, 'SCHLEUSE_BODY_NOT_JSON'],
  ['an array', () => post('[]'), 400, 'SCHLEUSE_BODY_NOT_OBJECT'],
  [
    'the same key twice',
    () => post('{"model":"m","messages":[],"messages":[]}'),
    400,
    'SCHLEUSE_DUPLICATE_KEY'
  ],
  [
    'too deep',
    () => post(`{"model":"m","x":${'['.repeat(30)}${']'.repeat(30)}}`),
    400,
    'SCHLEUSE_JSON_TOO_DEEP'
  ],
  ['too many leaves', () => post(user(Array(300).fill('x'))), 400, 'SCHLEUSE_JSON_TOO_MANY_LEAVES'],
  ['too large', () => post(user('x'.repeat(30_000))), 413, 'SCHLEUSE_BODY_TOO_LARGE'],
  [
    'another media type',
    () => post(user('x'), { 'content-type': 'text/plain' }),
    415,
    'SCHLEUSE_BODY_MEDIA_TYPE'
  ],
  ['a compressed body', () => post(user('x'), { 'content-encoding': 'gzip' }), 415, 'SCHLEUSE_BODY_ENCODED'],
  ['no model', () => post({ messages: [] }), 400, 'SCHLEUSE_FIELD_MISSING'],
  [
    'a model name that is text',
    () => post({ ...user('x'), model: `an ${mail}` }),
    400,
    'SCHLEUSE_MODEL_MALFORMED'
  ],
  ['an unknown model', () => post({ ...user('x'), model: 'other' }), 404, 'SCHLEUSE_MODEL_NOT_FOUND'],
  [
    'a place that is not allowed',
    () => post({ ...user('x'), model: 'abroad' }),
    403,
    'SCHLEUSE_PLACE_REFUSED'
  ],
  [
    'no credential where one is needed',
    () => post({ ...user('x'), model: 'keyed' }),
    401,
    'SCHLEUSE_CREDENTIAL_MISSING'
  ],
  ['a type that policy blocks', () => post(user(key)), 403, 'SCHLEUSE_POLICY_BLOCKED'],
  [
    'personal data in a tool name',
    () => post(user('x', { tools: [{ type: 'function', function: { name: mail } }] })),
    422,
    'SCHLEUSE_FIXED_FIELD_FINDING'
  ],
  [
    'personal data in a model name',
    () => post({ ...user('x'), model: `family-${mail}` }),
    422,
    'SCHLEUSE_FIXED_FIELD_FINDING'
  ],
  [
    'personal data in a number of a schema',
    () =>
      post(
        user('x', {
          tools: [{ type: 'function', function: { name: 'f', parameters: { const: 4111111111111111 } } }]
        })
      ),
    422,
    'SCHLEUSE_FIXED_FIELD_FINDING'
  ],
  [
    'an image',
    () => post(user([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }])),
    422,
    'SCHLEUSE_OPAQUE_REFUSED'
  ],
  [
    'a linked image',
    () => post(user([{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }])),
    422,
    'SCHLEUSE_OPAQUE_REFUSED'
  ],
  [
    'audio',
    () => post(user([{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }])),
    422,
    'SCHLEUSE_OPAQUE_REFUSED'
  ],
  [
    'a file',
    () => post(user([{ type: 'file', file: { file_id: 'file-1' } }])),
    422,
    'SCHLEUSE_OPAQUE_REFUSED'
  ],
  [
    'spoken answers',
    () => post(user('x', { modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'wav' } })),
    422,
    'SCHLEUSE_OPAQUE_REFUSED'
  ],
  [
    'web search by the provider',
    () => post(user('x', { web_search_options: {} })),
    403,
    'SCHLEUSE_PROVIDER_TOOLS_REFUSED'
  ],
  [
    'a stop string that fires in pseudonyms',
    () => post(user(mail, { stop: ['EMAIL_'] })),
    422,
    'SCHLEUSE_STOP_COLLIDES'
  ],
  [
    'an endpoint that is not covered',
    () => post({}, {}, '/v1/fine_tuning/jobs'),
    501,
    'SCHLEUSE_ENDPOINT_NOT_COVERED'
  ],
  ['an unknown path', () => post({}, {}, '/v1/moon/phases'), 501, 'SCHLEUSE_ENDPOINT_NOT_COVERED'],
  [
    'a path that only looks like a covered one',
    () => post(user('x'), {}, '/v1/chat/completions/'),
    501,
    'SCHLEUSE_ENDPOINT_NOT_COVERED'
  ]
]

for (const [name, request, status, code] of refusals) {
  t.test(`${name}: ${status} ${code}, and nothing is sent on`, async t => {
    provider.forget()
    const answer = await request()
    t.same([answer.status, answer.code], [status, code])
    t.equal(answer.retry, 'false', 'SDKs do not try again')
    t.notMatch(answer.message, 'weber', 'no text of the request')
    t.equal(provider.bytes().length, 0)
  })
}

t.test('a body that is no UTF-8', async t => {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])
  })
  t.equal(response.status, 400)
  t.match(await response.json(), { error: { code: 'SCHLEUSE_BODY_NOT_UTF8' } })
})

t.test(
  'keep lets a type pass; a stop string that can not fire passes; a stop string is pseudonymised like the text',
  async t => {
    provider.forget()
    await post(user(`Server 10.20.30.40 an ${mail}`, { stop: ['\n', mail] }))
    const sent = provider.requests[0]?.text ?? ''
    t.match(sent, '10.20.30.40')
    const codes = [...sent.matchAll(/EMAIL_[0-9A-Z]{8}/g)].map(match => match[0])
    t.equal(codes.length, 2)
    t.equal(codes[0], codes[1])
  }
)
