import OpenAI, { toFile } from 'openai'
import OpenAI6 from 'openai6'
import t from 'tap'
import { canaries, mailWith } from '../support/canaries.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { type RecordedRequest, type Script, startRawServer } from '../support/raw-server.ts'

/**
 * Both generations of the SDK over endpoints that keep something, or that are neither chats nor responses: what an app gave
 * comes back through the SDK as it was, while the provider got pseudonyms only.
 */

/** What the provider was told last, as it read it: the longest text of a request. */
let said = ''
let file = Buffer.alloc(0)
let number = 0
let lastFile = ''

const script: Script = (request, reply) => {
  const path = request.target.replace(/^\/v1|\?.*$/g, '')
  const { method } = request
  if (method === 'POST') said = toldIn(request)
  const id = (kind: string) => `${kind}_${number++}`
  const list = (data: readonly object[]) => reply.json({ object: 'list', data, has_more: false })
  const message = { type: 'message', id: id('msg'), role: 'assistant', status: 'completed' }
  const output = [{ ...message, content: [{ type: 'output_text', text: said, annotations: [] }] }]
  const metadata = { zu: said }
  const answers: readonly [pattern: RegExp, answer: () => unknown][] = [
    [/^POST \/responses$/, () => reply.json({ id: id('resp'), object: 'response', output, metadata })],
    [
      /^GET \/responses\/\w+$/,
      () => reply.json({ id: path.split('/')[2], object: 'response', output, metadata })
    ],
    [
      /^GET \/responses\/\w+\/input_items$/,
      () => list([{ ...message, content: [{ type: 'input_text', text: said }] }])
    ],
    [/^POST \/conversations$/, () => reply.json({ id: id('conv'), object: 'conversation', metadata })],
    [
      /\/conversations\/\w+\/items$/,
      () => list([{ ...message, content: [{ type: 'input_text', text: said }] }])
    ],
    [
      /^GET \/conversations\/\w+$/,
      () => reply.json({ id: path.split('/')[2], object: 'conversation', metadata })
    ],
    [
      /^POST \/files$/,
      () => reply.json({ id: (lastFile = id('file')), object: 'file', filename: said, purpose: 'user_data' })
    ],
    [
      /^GET \/files\/\w+\/content$/,
      () => reply.send(200, { 'content-type': 'application/octet-stream' }, file)
    ],
    [/^GET \/files\/\w+$/, () => reply.json({ id: path.split('/')[2], object: 'file', filename: said })],
    [/^GET \/files$/, () => list([{ id: lastFile, object: 'file', filename: said }])],
    [/^POST \/uploads$/, () => reply.json({ id: id('upload'), object: 'upload', filename: said })],
    [/^POST \/batches$/, () => reply.json({ id: id('batch'), object: 'batch', metadata })],
    [
      /^POST \/vector_stores$/,
      () => reply.json({ id: id('vs'), object: 'vector_store', name: said, metadata })
    ],
    [
      /\/search$/,
      () =>
        reply.json({ object: 'x', search_query: [said], data: [{ content: [{ type: 'text', text: said }] }] })
    ],
    [
      /^POST \/images\/generations$/,
      () => reply.json({ created: 1, data: [{ revised_prompt: said, b64_json: 'AA==' }] })
    ],
    [/^POST \/audio\/transcriptions$/, () => reply.json({ text: said })],
    [
      /^POST \/assistants$/,
      () => reply.json({ id: id('asst'), object: 'assistant', instructions: said, metadata })
    ],
    [/^POST \/threads$/, () => reply.json({ id: id('thread'), object: 'thread', metadata })],
    [
      /\/messages$/,
      () =>
        reply.json({
          id: id('msg'),
          object: 'thread.message',
          content: [{ type: 'text', text: { value: said, annotations: [] } }]
        })
    ],
    [
      /\/runs$/,
      () => reply.json({ id: id('run'), object: 'thread.run', status: 'completed', instructions: said })
    ],
    [
      /^POST \/moderations$/,
      () => reply.json({ id: 'modr_1', results: [{ flagged: false, categories: {} }] })
    ],
    [/^POST \/embeddings$/, () => list([{ object: 'embedding', index: 0, embedding: [0.5] }])],
    [
      /^POST \/completions$/,
      () =>
        reply.json({
          id: 'cmpl_1',
          object: 'text_completion',
          choices: [{ index: 0, text: said, finish_reason: 'stop' }]
        })
    ]
  ]
  const [, answer] = answers.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? []
  return answer === undefined
    ? reply.json({ error: { message: `${method} ${path}` } }, 404)
    : (answer() as undefined)
}

/** The longest string of a body, which is where the mail stands. */
function toldIn({ text, body, headers }: RecordedRequest): string {
  if (/multipart/.test(headers.get('content-type') ?? '')) {
    const start = body.indexOf('\r\n\r\n', Math.max(0, body.indexOf('filename='))) + 4
    if (body.includes('name="file"; filename'))
      file = Buffer.from(body.subarray(start, body.indexOf('\r\n--', start)))
    const parts = text.split(/\r\n--|\r\n\r\n/).filter(part => !/Content-Disposition|^schleuse-/.test(part))
    return /filename="([^"]*EMAIL[^"]*)"/.exec(text)?.[1] ?? longest(parts)
  }
  const found: string[] = []
  JSON.parse(text || '{}', (_key, value: unknown) => {
    if (typeof value === 'string') found.push(value)
    return value
  })
  return longest(found)
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, one) => (one.length > best.length ? one : best), '')
}

const provider = await startRawServer(script)
t.teardown(() => provider.close())
const gateway: Gateway = await startGateway({
  providers: [localProvider(provider.port, ['*'])],
  policy: { id: 'p', version: 1, opaque: { audio: 'allow' } }
})
t.teardown(() => gateway.stop())
const planted = canaries(917)
const mail = mailWith(planted.slice(0, 14))
const address = planted.find(({ kind }) => kind === 'email')?.value ?? ''
const metadata = { zu: address }

type Step = (client: OpenAI) => Promise<unknown>
const json = (value: unknown): string => JSON.stringify(value)

/** What an app does, and what it must see of what it gave. */
const steps: readonly [name: string, wanted: string, step: Step][] = [
  [
    'responses',
    mail,
    async ai => (await ai.responses.create({ model: 'm', input: mail, metadata })).output_text
  ],
  [
    'responses, asked for again',
    mail,
    async ai => {
      const { id } = await ai.responses.create({ model: 'm', input: mail })
      const items = await ai.responses.inputItems.list(id)
      const [first] = items.data as { content: { text: string }[] }[]
      return (
        [(await ai.responses.retrieve(id)).output_text, first?.content[0]?.text].join('') === mail + mail &&
        mail
      )
    }
  ],
  [
    'conversations',
    mail,
    async ai => {
      const items = [{ type: 'message', role: 'user', content: mail } as const]
      const { id } = await ai.conversations.create({ items, metadata })
      const { data } = await ai.conversations.items.list(id)
      return (data[0] as { content: { text: string }[] } | undefined)?.content[0]?.text
    }
  ],
  [
    'files',
    mail,
    async ai => {
      const name = `${address}.txt`
      const made = await ai.files.create({
        file: await toFile(Buffer.from(mail), name),
        purpose: 'user_data'
      })
      const again = await ai.files.retrieve(made.id)
      const listed = (await ai.files.list()).data.map(({ filename }) => filename)
      const text = await (await ai.files.content(made.id)).text()
      return made.filename === name && again.filename === name && listed[0] === name && text
    }
  ],
  [
    'uploads',
    `${address}.txt`,
    async ai =>
      (
        await ai.uploads.create({
          filename: `${address}.txt`,
          bytes: 5,
          mime_type: 'text/plain',
          purpose: 'user_data'
        })
      ).filename
  ],
  [
    'batches',
    address,
    async ai => {
      const line = { custom_id: 'a', method: 'POST', url: '/v1/responses', body: { model: 'm', input: mail } }
      const input = await ai.files.create({
        file: await toFile(Buffer.from(json(line)), 'x.jsonl'),
        purpose: 'batch'
      })
      const given = {
        input_file_id: input.id,
        endpoint: '/v1/responses',
        completion_window: '24h',
        metadata
      } as const
      return (await ai.batches.create(given)).metadata?.['zu']
    }
  ],
  [
    'vector stores',
    address,
    async ai => {
      const { id, name } = await ai.vectorStores.create({ name: address, metadata })
      const found = await ai.vectorStores.search(id, { query: address })
      return name === address && found.data[0]?.content[0]?.text
    }
  ],
  [
    'images',
    mail,
    async ai => (await ai.images.generate({ model: 'm', prompt: mail })).data?.[0]?.revised_prompt
  ],
  [
    'transcripts',
    address,
    async ai => {
      const file = await toFile(Buffer.from([0xff, 0xfb, 0x90, 0]), 'a.mp3', { type: 'audio/mpeg' })
      return (await ai.audio.transcriptions.create({ model: 'm', file, prompt: address })).text
    }
  ],
  [
    'assistants',
    mail,
    async ai => (await ai.beta.assistants.create({ model: 'm', instructions: mail })).instructions
  ],
  [
    'threads and runs',
    mail,
    async ai => {
      const { id } = await ai.beta.threads.create({ metadata })
      const made = await ai.beta.threads.messages.create(id, { role: 'user', content: mail })
      const [part] = made.content as { text: { value: string } }[]
      const run = await ai.beta.threads.runs.create(id, { assistant_id: 'asst_x', instructions: mail })
      return run.instructions === mail && part?.text.value
    }
  ],
  [
    'moderations',
    'false',
    async ai => String((await ai.moderations.create({ input: mail })).results[0]?.flagged)
  ],
  [
    'embeddings',
    '0.5',
    async ai =>
      String(
        (await ai.embeddings.create({ model: 'm', input: mail, encoding_format: 'float' })).data[0]
          ?.embedding[0]
      )
  ],
  [
    'completions',
    mail,
    async ai => (await ai.completions.create({ model: 'm', prompt: mail })).choices[0]?.text
  ]
]

const settings = { baseURL: gateway.baseUrl, apiKey: 'unused', maxRetries: 0 }
for (const [version, client] of [
  ['openai 7', new OpenAI(settings)],
  ['openai 6', new OpenAI6(settings) as unknown as OpenAI]
] as const)
  for (const [name, wanted, step] of steps)
    t.test(`${version}: ${name}`, async t => {
      provider.forget()
      t.equal(await step(client), wanted)
      t.ok(provider.requests.length > 0)
      t.strictSame(findLeaks(planted, { provider: provider.bytes() }), [])
    })

t.test('nothing is left in logs, records and files', async t => {
  t.strictSame(findLeaks(planted, await gateway.places()), [])
})
