import OpenAI, { toFile } from 'openai'
import OpenAI6 from 'openai6'
import t from 'tap'
import { dialects } from '../../src/dialects/index.ts'
import { canaries, mailWith } from '../support/canaries.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { type RecordedRequest, type Script, startRawServer } from '../support/raw-server.ts'

/**
 * A provider that keeps what it is given, under every endpoint that keeps something: made, asked for again, listed, changed
 * and taken away through both generations of the SDK, each object shows what the app gave, and no value of it left.
 */

type Kept = Record<string, unknown> & { id: string }

/** By path: `/threads`, `/threads/x/messages`. */
const collections = new Map<string, Kept[]>()
const asked = new Set<string>()
let number = 0

const collectionAt = (path: string): Kept[] => {
  const known = collections.get(path) ?? []
  collections.set(path, known)
  return known
}

const find = (path: string): Kept | undefined => {
  const cut = path.lastIndexOf('/')
  return collectionAt(path.slice(0, cut)).find(({ id }) => id === path.slice(cut + 1))
}

/** Words at the end of a path that do something with the object before them. */
const verbs = /\/(?:cancel|complete|submit_tool_outputs)$/
const singular = /\/(?:search|compact|input_tokens|speech|translations|edits|variations|generations)$/

/** What a request says, with the texts of a form. */
function givenIn({ text, headers }: RecordedRequest): Record<string, unknown> {
  if (!/multipart/.test(headers.get('content-type') ?? ''))
    return JSON.parse(text || '{}') as Record<string, unknown>
  const parts = [...text.matchAll(/name="([^"]+)"(?:; filename="([^"]+)")?[^]*?\r\n\r\n([^]*?)\r\n--/g)]
  return Object.fromEntries(
    parts.flatMap(([, name = '', filename, value = '']) =>
      filename === undefined
        ? [[name, value]]
        : [
            [name, value],
            ['filename', filename]
          ]
    )
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** As answers have it: messages in parts, text under `value`. */
function answerOf(path: string, kept: Kept): object {
  const { content } = kept
  if (!/^\/threads\/.*messages/.test(path) || typeof content !== 'string') return kept
  return { ...kept, content: [{ type: 'text', text: { value: content, annotations: [] } }] }
}

const script: Script = (request, reply) => {
  const path = request.target.replace(/^\/v1|\?.*$/g, '')
  const { method } = request
  const given = method === 'POST' ? givenIn(request) : {}
  const said = textOf(given['input'] ?? given['prompt'] ?? given['query'])
  if (path.endsWith('/content') && method === 'GET') {
    const kept = find(path.slice(0, -8))
    const text = textOf(kept?.['file'] ?? collectionAt('/files')[0]?.['file'])
    if (path.startsWith('/vector_stores'))
      return reply.json({ object: 'list', data: [{ type: 'text', text }] })
    return reply.send(200, { 'content-type': 'application/octet-stream' }, text)
  }
  if (path.endsWith('/speech'))
    return reply.send(200, { 'content-type': 'audio/mpeg' }, Buffer.from([255, 251]))
  if (singular.test(path))
    return reply.json({
      id: `one_${number++}`,
      object: 'x',
      text: said,
      search_query: [said],
      output: [
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          content: [{ type: 'output_text', text: said, annotations: [] }]
        }
      ],
      data: [{ revised_prompt: said, b64_json: 'AA==', content: [{ type: 'text', text: said }] }]
    })
  if (verbs.test(path)) {
    const kept = find(path.replace(verbs, ''))
    return reply.json({ ...kept, ...given, status: 'cancelled' }, kept === undefined ? 404 : 200)
  }
  const isObject = collections.has(path.slice(0, path.lastIndexOf('/'))) && find(path) !== undefined
  if (method === 'GET') {
    const kept = find(path)
    if (isObject && kept !== undefined) return reply.json(answerOf(path, kept))
    const own =
      /\/(?:input_items|files|steps|messages|runs|items)$/.test(path) || path.split('/').length === 2
    if (!own) return reply.json({ error: { message: `GET ${path}` } }, 404)
    const data = collectionAt(path).map(one => answerOf(path, one))
    return reply.json({ object: 'list', data, has_more: false })
  }
  if (method === 'DELETE') {
    const kept = find(path)
    return reply.json({ id: kept?.id, deleted: kept !== undefined })
  }
  if (isObject) return reply.json(answerOf(path, Object.assign(find(path) ?? { id: '' }, given)))
  return reply.json(made(path, given))
}

/** A new object; some make others with it. */
function made(path: string, given: Record<string, unknown>): object {
  const id = `obj_${number++}`
  const kept: Kept = { ...given, id, object: 'x', created_at: 1 }
  collectionAt(path).push(kept)
  if (path === '/responses') {
    const text = textOf(given['input'])
    kept['output'] = [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        content: [{ type: 'output_text', text, annotations: [] }]
      }
    ]
    collectionAt(`/responses/${id}/input_items`).push({
      id: `msg_${number++}`,
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text }]
    })
  }
  if (path === '/conversations' || path.endsWith('/items')) {
    const items = collectionAt(path === '/conversations' ? `/conversations/${id}/items` : path)
    const fresh = ((given['items'] ?? []) as object[]).map(item => ({ ...item, id: `msg_${number++}` }))
    if (path.endsWith('/items')) items.pop()
    items.push(...fresh)
    if (path.endsWith('/items')) return { object: 'list', data: fresh, has_more: false }
  }
  if (path === '/threads/runs') {
    const thread = (given['thread'] ?? {}) as { messages?: object[] }
    const run = { ...kept, thread_id: `thread_${number++}` }
    collectionAt('/threads').push({ id: run.thread_id, ...thread })
    collectionAt(`/threads/${run.thread_id}/runs`).push(run)
    return run
  }
  if (path.endsWith('/runs'))
    collectionAt(`${path}/${id}/steps`).push({
      id: `step_${number++}`,
      object: 'thread.run.step',
      step_details: {
        type: 'tool_calls',
        tool_calls: [
          {
            id: 'c',
            type: 'function',
            function: {
              name: 'f',
              arguments: JSON.stringify({ an: given['instructions'] }),
              output: given['instructions']
            }
          }
        ]
      }
    })
  return answerOf(path, kept)
}

const provider = await startRawServer((request, reply) => {
  asked.add(`${request.method} ${request.target.replace(/^\/v1|\?.*$/g, '')}`)
  return script(request, reply)
})
t.teardown(() => provider.close())
const gateway: Gateway = await startGateway({
  providers: [localProvider(provider.port, ['*'])],
  policy: { id: 'p', version: 1, opaque: { audio: 'allow', image: 'allow', file: 'allow' } }
})
t.teardown(() => gateway.stop())

const planted = canaries(2917)
const mail = mailWith(planted.slice(0, 10))
const address = planted.find(({ kind }) => kind === 'email')?.value ?? ''
const metadata = { zu: address }
const input = { role: 'user', content: mail, type: 'message' } as const
const image = () => toFile(Buffer.from('89504e470d0a1a0a', 'hex'), 'a.png', { type: 'image/png' })
const sound = () => toFile(Buffer.from([0xff, 0xfb, 0x90, 0]), 'a.mp3', { type: 'audio/mpeg' })

/** A value of an object as the app sees it. */
type See = (what: string, seen: unknown, wanted?: string) => void
type Step = (ai: OpenAI, see: See) => Promise<void>

const steps: Readonly<Record<string, Step>> = {
  responses: async (ai, see) => {
    const { id, ...rest } = await ai.responses.create({ model: 'm', input: mail, metadata, background: true })
    see('made', rest, mail)
    see('asked for', await ai.responses.retrieve(id), mail)
    see('items', (await ai.responses.inputItems.list(id)).data, mail)
    see('cancelled', await ai.responses.cancel(id), mail)
    see('compacted', await ai.responses.compact({ model: 'm', input: mail }), mail)
    await ai.responses.inputTokens.count({ model: 'm', input: mail })
    await ai.responses.delete(id)
  },
  conversations: async (ai, see) => {
    const { id } = await ai.conversations.create({ items: [input], metadata })
    see('asked for', await ai.conversations.retrieve(id), address)
    see('changed', await ai.conversations.update(id, { metadata: { neu: address } }), address)
    const { data } = await ai.conversations.items.create(id, {
      items: [{ ...input, content: `Nochmals: ${mail}` }]
    })
    see('items made', data, `Nochmals: ${mail}`)
    see('items', (await ai.conversations.items.list(id)).data, mail)
    const item = { conversation_id: id }
    see('item', await ai.conversations.items.retrieve(data[0]?.id ?? '', item), mail)
    await ai.conversations.items.delete(data[0]?.id ?? '', item)
    await ai.conversations.delete(id)
  },
  files: async (ai, see) => {
    const file = await toFile(Buffer.from(mail), `${address}.txt`)
    const { id, filename } = await ai.files.create({ file, purpose: 'user_data' })
    see('name', filename, address)
    see('asked for', await ai.files.retrieve(id), address)
    see('listed', (await ai.files.list()).data, address)
    see('content', await (await ai.files.content(id)).text(), mail)
    await ai.files.delete(id)
  },
  uploads: async (ai, see) => {
    const name = `${address}.txt`
    const given = { filename: name, bytes: 5, mime_type: 'text/plain', purpose: 'user_data' } as const
    const { id } = await ai.uploads.create(given)
    const part = await ai.uploads.parts.create(id, { data: await toFile(Buffer.from('12345'), 'p') })
    see('complete', await ai.uploads.complete(id, { part_ids: [part.id] }), name)
    see('cancelled', await ai.uploads.cancel((await ai.uploads.create(given)).id), name)
  },
  batches: async (ai, see) => {
    const line = { custom_id: 'a', method: 'POST', url: '/v1/responses', body: { model: 'm', input: mail } }
    const file = await toFile(Buffer.from(JSON.stringify(line)), 'x.jsonl')
    const { id: input_file_id } = await ai.files.create({ file, purpose: 'batch' })
    const { id } = await ai.batches.create({
      input_file_id,
      endpoint: '/v1/responses',
      completion_window: '24h',
      metadata
    })
    see('asked for', await ai.batches.retrieve(id), address)
    see('listed', (await ai.batches.list()).data, address)
    see('cancelled', await ai.batches.cancel(id), address)
  },
  'vector stores': async (ai, see) => {
    const file = await toFile(Buffer.from(mail), 'a.txt')
    const file_id = (await ai.files.create({ file, purpose: 'assistants' })).id
    const { id } = await ai.vectorStores.create({ name: address, metadata })
    const store = { vector_store_id: id }
    see('asked for', await ai.vectorStores.retrieve(id), address)
    see('listed', (await ai.vectorStores.list()).data, address)
    see('changed', await ai.vectorStores.update(id, { name: address }), address)
    see('found', await ai.vectorStores.search(id, { query: address }), address)
    const attributes = { von: address }
    const own = await ai.vectorStores.files.create(id, { file_id, attributes })
    see('file', own, address)
    see('file asked for', await ai.vectorStores.files.retrieve(own.id, store), address)
    see('file changed', await ai.vectorStores.files.update(own.id, { ...store, attributes }), address)
    see('files', (await ai.vectorStores.files.list(id)).data, address)
    see('content', (await ai.vectorStores.files.content(own.id, store)).data)
    await ai.vectorStores.files.delete(own.id, store)
    const batch = await ai.vectorStores.fileBatches.create(id, { file_ids: [file_id], attributes })
    see('batch', await ai.vectorStores.fileBatches.retrieve(batch.id, store), address)
    see('batch cancelled', await ai.vectorStores.fileBatches.cancel(batch.id, store), address)
    await ai.vectorStores.fileBatches.listFiles(batch.id, store)
    await ai.vectorStores.delete(id)
  },
  'images and audio': async (ai, see) => {
    see('made', await ai.images.generate({ model: 'm', prompt: mail }), mail)
    see('edited', await ai.images.edit({ model: 'm', image: await image(), prompt: address }), address)
    await ai.images.createVariation({ model: 'm', image: await image() })
    await ai.audio.speech.create({ model: 'm', voice: 'alloy', input: 'Guten Tag' })
    see(
      'translated',
      await ai.audio.translations.create({ model: 'm', file: await sound(), prompt: address }),
      address
    )
  },
  assistants: async (ai, see) => {
    const { id } = await ai.beta.assistants.create({
      model: 'm',
      name: address,
      instructions: mail,
      metadata
    })
    see('asked for', await ai.beta.assistants.retrieve(id), mail)
    see('listed', (await ai.beta.assistants.list()).data, address)
    see('changed', await ai.beta.assistants.update(id, { description: address }), address)
    await ai.beta.assistants.delete(id)
  },
  threads: async (ai, see) => {
    const { id } = await ai.beta.threads.create({ metadata })
    see('asked for', await ai.beta.threads.retrieve(id), address)
    see('changed', await ai.beta.threads.update(id, { metadata: { neu: address } }), address)
    const { messages } = ai.beta.threads
    const own = await messages.create(id, { role: 'user', content: mail, metadata })
    see('message', own, mail)
    const thread = { thread_id: id }
    see('message asked for', await messages.retrieve(own.id, thread), mail)
    see('messages', (await messages.list(id)).data, mail)
    see('message changed', await messages.update(own.id, { ...thread, metadata }), address)
    await messages.delete(own.id, thread)
    await ai.beta.threads.delete(id)
  },
  runs: async (ai, see) => {
    const { runs } = ai.beta.threads
    const { id } = await ai.beta.threads.create({})
    const thread = { thread_id: id }
    const own = await runs.create(id, { assistant_id: 'asst_x', instructions: mail, metadata })
    see('made', own, mail)
    see('asked for', await runs.retrieve(own.id, thread), mail)
    see('listed', (await runs.list(id)).data, mail)
    see('changed', await runs.update(own.id, { ...thread, metadata: { neu: address } }), address)
    const tool_outputs = [{ tool_call_id: 'c', output: address }]
    see('outputs', await runs.submitToolOutputs(own.id, { ...thread, tool_outputs }), mail)
    const [step] = (await runs.steps.list(own.id, thread)).data
    see('steps', step, mail)
    see('step', await runs.steps.retrieve(step?.id ?? '', { ...thread, run_id: own.id }), mail)
    see('cancelled', await runs.cancel(own.id, thread), mail)
    const given = { assistant_id: 'asst_x', instructions: mail, thread: { messages: [input] } }
    see(
      'made with its thread',
      await ai.beta.threads.createAndRun({
        ...given,
        thread: { messages: [{ role: 'user', content: mail }] }
      }),
      mail
    )
  }
}

const settings = { baseURL: gateway.baseUrl, apiKey: 'unused', maxRetries: 0 }
for (const [version, ai] of [
  ['openai 7', new OpenAI(settings)],
  ['openai 6', new OpenAI6(settings) as unknown as OpenAI]
] as const)
  for (const [name, step] of Object.entries(steps))
    t.test(`${version}: ${name}`, async t => {
      provider.forget()
      await step(ai, (what, seen, wanted) => {
        const text = JSON.stringify(seen)
        if (wanted !== undefined)
          t.ok(text.includes(JSON.stringify(wanted).slice(1, -1)), `${what}: ${text.slice(0, 300)}`)
        t.notMatch(text, /\b(?:EMAIL|PERSON|IBAN|PHONE|CARD)_[0-9A-Z]{8,10}\b/, what)
      })
      t.strictSame(findLeaks(planted, { provider: provider.bytes() }), [])
    })

t.test('every endpoint that keeps something was asked', async t => {
  const ways = [...asked].map(one => one.replace(/\/(?:obj|msg|step|thread)_\d+/g, '/:id'))
  const kept = dialects
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ path }) => !/chat|\/v1\/completions|embeddings|moderations|transcriptions/.test(path))
    .map(({ method, upstreamPath }) => `${method} ${upstreamPath.replace(/:\w+/g, ':id')}`)
  t.strictSame(
    kept.filter(one => !ways.includes(one)),
    []
  )
})

t.test('nothing is left in logs, records and files', async t => {
  t.strictSame(findLeaks(planted, await gateway.places()), [])
})
