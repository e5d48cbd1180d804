import OpenAI from 'openai'
import OpenAI6 from 'openai6'
import t from 'tap'
import { canaries } from '../support/canaries.ts'
import { cutEvery } from '../support/cuts.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { startRawServer } from '../support/raw-server.ts'
import { recordedStreams } from '../support/recorded-streams.ts'
import { joinChatStream, joinChunks } from '../support/stream-oracle.ts'
import { startWiretap } from '../support/wiretap.ts'

/**
 * Every recorded stream through the official SDKs. The provider writes what stands for the planted values in the
 * request it got, so a direct call shows the values themselves, and a call through the gateway must show the same.
 */

const planted = canaries(4711, { kinds: ['email', 'iban de', 'phone de'] })
const values = planted.map(canary => canary.value)
const prompt = `Bitte an ##${values.join('|')}## schreiben.`

let codes: readonly string[] = []
const server = await startRawServer(async (request, reply) => {
  const { model } = JSON.parse(request.text) as { model: string }
  codes = /##(.*?)##/.exec(request.text)?.[1]?.split('|') ?? []
  const bytes = recordedStreams[Number(model.slice('recorded-'.length))]?.build(codes) ?? Buffer.alloc(0)
  await reply.stream(cutEvery(bytes, 61))
})
t.teardown(() => server.close())
const tap = await startWiretap(server.port)
t.teardown(() => tap.close())
const gateway = await startGateway({ providers: [localProvider(tap.port, ['recorded-*'])] })
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

async function drain(client: OpenAI, model: string): Promise<Outcome> {
  const chunks: object[] = []
  let error: string | undefined
  try {
    const messages = [{ role: 'user', content: prompt }] as const
    for await (const chunk of await client.chat.completions.create({
      model,
      messages: [...messages],
      stream: true
    })) {
      chunks.push(chunk)
    }
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown)
  }
  const { text, finish } = joinChunks(chunks)
  return { text: byKey(text), finish: [...finish], error }
}

for (const [client, create] of Object.entries(clients)) {
  t.test(client, async t => {
    const direct = create(server.baseUrl)
    const through = create(gateway.baseUrl)
    for (const [i, stream] of recordedStreams.entries()) {
      const seen = await drain(through, `recorded-${i}`)
      const wanted = joinChatStream(stream.build(stream.truncatesCode ? codes : values))
      const text = byKey(wanted.text).filter(([key]) => !key.startsWith('error.'))
      t.strictSame(seen.text, text, `${stream.name}: text`)
      t.strictSame(seen.finish, [...wanted.finish], `${stream.name}: finish`)
      if (stream.complete) {
        t.equal(seen.error, undefined, `${stream.name}: no error`)
        const plain = await drain(direct, `recorded-${i}`)
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
}

t.test('no planted value left the gateway in any other way', async t => {
  t.ok(tap.bytes().length > 0)
  t.strictSame(findLeaks(planted, { provider: tap.bytes(), ...(await gateway.places()) }), [])
})
