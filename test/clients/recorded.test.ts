import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import OpenAI from 'openai'
import OpenAI6 from 'openai6'
import t from 'tap'
import { request } from 'undici'
import { canaries } from '../support/canaries.ts'
import { cutEvery } from '../support/cuts.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { startRawServer } from '../support/raw-server.ts'
import { recordedAnswers } from '../support/recorded-answers.ts'
import { recordedStreams } from '../support/recorded-streams.ts'
import { joinChatStream, joinChunks } from '../support/stream-oracle.ts'
import { startWiretap } from '../support/wiretap.ts'

/**
 * Every recorded stream and answer through the official SDKs. The provider writes what stands for the planted values
 * in the request it got, so a direct call shows the values themselves, and a call through the gateway must show the
 * same.
 */

const planted = canaries(4711, { kinds: ['email', 'iban de', 'phone de'] })
const values = planted.map(canary => canary.value)
const prompt = `Bitte an ##${values.join('|')}## schreiben.`
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: prompt }]

/** What stood for the values in the last request. */
let codes: readonly string[] = []
const server = await startRawServer(async (incoming, reply) => {
  const { model } = JSON.parse(incoming.text) as { model: string }
  codes = /##(.*?)##/.exec(incoming.text)?.[1]?.split('|') ?? []
  const [kind, number, packed] = model.split('-')
  if (kind === 'stream') {
    const bytes = recordedStreams[Number(number)]?.build(codes) ?? Buffer.alloc(0)
    await reply.stream(cutEvery(bytes, 61))
  } else {
    const text = recordedAnswers[Number(number)]?.build(codes) ?? ''
    await (packed ? reply.gzip(text) : reply.json(text))
  }
})
t.teardown(() => server.close())
const tap = await startWiretap(server.port)
t.teardown(() => tap.close())
const gateway = await startGateway({ providers: [localProvider(tap.port, ['stream-*', 'answer-*'])] })
t.teardown(() => gateway.stop())

const clients = {
  'openai 7': (baseURL: string) => new OpenAI({ baseURL, apiKey: 'unused', maxRetries: 0 }),
  'openai 6': (baseURL: string) =>
    new OpenAI6({ baseURL, apiKey: 'unused', maxRetries: 0 }) as unknown as OpenAI
}

interface Outcome {
  readonly text: [string, string][]
  readonly finish: [number, string][]
  readonly error: string | undefined
}

const byKey = (text: ReadonlyMap<string, string>): [string, string][] =>
  [...text].sort(([a], [b]) => (a < b ? -1 : 1))
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function drain(client: OpenAI, model: string): Promise<Outcome> {
  const chunks: object[] = []
  let error: string | undefined
  try {
    const stream = await client.chat.completions.create({ model, messages, stream: true })
    for await (const chunk of stream) chunks.push(chunk)
  } catch (thrown) {
    error = messageOf(thrown)
  }
  const { text, finish } = joinChunks(chunks)
  return { text: byKey(text), finish: [...finish], error }
}

/** Fields of which the SDK keeps the last delta only, so they depend on how deltas are cut; and token lists. */
const NOT_JOINED = new Set(['reasoning', 'reasoning_content', 'x_trace', 'logprobs'])

/** Accumulates with the SDK's own helper, which is strict about what a stream is. */
async function accumulate(client: OpenAI, model: string): Promise<unknown> {
  try {
    const final = await client.chat.completions.stream({ model, messages }).finalChatCompletion()
    return JSON.parse(
      JSON.stringify(final, (key, value: unknown) => (NOT_JOINED.has(key) ? undefined : value))
    )
  } catch (thrown) {
    return messageOf(thrown).split('\n')[0]
  }
}

/** The ai SDK knows one choice and function tools only. */
const BEYOND_AI_SDK = new Set(['three choices interleaved', 'custom tool input'])

/** Reads a stream with the ai SDK, which checks the shape of every chunk. */
async function read(baseURL: string, model: string): Promise<unknown> {
  const provider = createOpenAICompatible({ name: 'schleuse', baseURL })
  const result = streamText({ model: provider(model), prompt, maxRetries: 0, onError: () => {} })
  const text = new Map<string, string>()
  const others: unknown[] = []
  for await (const part of result.stream) {
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      text.set(part.type, (text.get(part.type) ?? '') + part.text)
    } else if (part.type === 'tool-input-delta') {
      text.set(part.id, (text.get(part.id) ?? '') + part.delta)
    } else if (part.type === 'error') others.push(messageOf(part.error))
    else if (part.type === 'finish') others.push(part.finishReason, part.totalUsage)
  }
  return { text: [...text], others }
}

for (const [name, create] of Object.entries(clients)) {
  const direct = create(server.baseUrl)
  const through = create(gateway.baseUrl)

  t.test(`${name}: streams`, async t => {
    for (const [i, stream] of recordedStreams.entries()) {
      const seen = await drain(through, `stream-${i}`)
      const wanted = joinChatStream(stream.build(stream.truncatesCode ? codes : values))
      const text = byKey(wanted.text).filter(([key]) => !key.startsWith('error.'))
      t.strictSame(seen.text, text, `${stream.name}: text`)
      t.strictSame(seen.finish, [...wanted.finish], `${stream.name}: finish`)
      if (stream.complete) {
        t.equal(seen.error, undefined, `${stream.name}: no error`)
        const plain = await drain(direct, `stream-${i}`)
        if (!stream.truncatesCode) t.strictSame(seen, plain, `${stream.name}: as in a direct call`)
      } else if (wanted.text.has('error.message')) {
        t.match(
          seen.error,
          wanted.text.get('error.message') ?? '',
          `${stream.name}: the provider's error, restored`
        )
      } else if (wanted.finish.size === 0) {
        t.ok(seen.error, `${stream.name}: a broken answer does not look like a whole one`)
      }
    }
  })

  t.test(`${name}: streams, accumulated`, async t => {
    for (const [i, stream] of recordedStreams.entries()) {
      if (!stream.complete || stream.truncatesCode) continue
      t.strictSame(
        await accumulate(through, `stream-${i}`),
        await accumulate(direct, `stream-${i}`),
        stream.name
      )
    }
  })

  t.test(`${name}: answers`, async t => {
    for (const [i, answer] of recordedAnswers.entries()) {
      for (const model of [`answer-${i}`, `answer-${i}-gzip`]) {
        const wanted = await direct.chat.completions.create({ model, messages })
        t.strictSame(
          await through.chat.completions.create({ model, messages }),
          wanted,
          `${answer.name}: ${model}`
        )
      }
    }
  })
}

t.test('ai SDK: streams', async t => {
  for (const [i, stream] of recordedStreams.entries()) {
    if (!stream.complete || stream.truncatesCode || BEYOND_AI_SDK.has(stream.name)) continue
    t.strictSame(
      await read(gateway.baseUrl, `stream-${i}`),
      await read(server.baseUrl, `stream-${i}`),
      stream.name
    )
  }
})

t.test('bytes of an answer are the provider’s but for the restored values', async t => {
  for (const [i, answer] of recordedAnswers.entries()) {
    const { body, headers } = await request(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: `answer-${i}`, messages })
    })
    t.equal(await body.text(), answer.build(values), answer.name)
    t.match(headers['content-type'], 'application/json')
  }
})

t.test('no planted value left the gateway in any other way', async t => {
  t.ok(tap.bytes().length > 0)
  t.strictSame(findLeaks(planted, { provider: tap.bytes(), ...(await gateway.places()) }), [])
})
