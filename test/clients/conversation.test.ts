import OpenAI from 'openai'
import t from 'tap'
import { canaries, mailWith } from '../support/canaries.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Clients send the whole conversation again with each turn, and prompt caches match what stands at its beginning. */

const planted = canaries(31)
const first = mailWith(planted.slice(0, 9))
const second = mailWith(planted.slice(9))

const server = await startRawServer((request, reply) => {
  const { messages } = JSON.parse(request.text) as { messages: { content: string }[] }
  // the model repeats what it was told last
  const message = { role: 'assistant', content: `Verstanden: ${messages.at(-1)?.content}` }
  return reply.json({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }]
  })
})
t.teardown(() => server.close())
const gateway = await startGateway({ providers: [localProvider(server.port, ['local-model'])] })
t.teardown(() => gateway.stop())
const client = new OpenAI({ baseURL: gateway.baseUrl, apiKey: 'unused', maxRetries: 0 })

t.test('every turn repeats the turns before it byte for byte', async t => {
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: 'Du beantwortest Mails.' }
  ]
  for (const said of [first, second, first, 'Danke!']) {
    messages.push({ role: 'user', content: said })
    const { choices } = await client.chat.completions.create({ model: 'local-model', messages })
    const answer = choices[0]?.message.content
    t.equal(answer, `Verstanden: ${said}`, 'the answer is restored')
    messages.push({ role: 'assistant', content: answer ?? '' })
  }
  const turns = server.requests.map(({ text }) =>
    text.slice(text.indexOf('"messages"'), text.lastIndexOf(']'))
  )
  t.equal(turns.length, 4)
  for (const [i, turn] of turns.slice(1).entries()) {
    const before = turns[i] ?? ''
    t.equal(turn.slice(0, before.length), before, `turn ${i + 2} begins with turn ${i + 1}`)
  }
})

t.test('another conversation gets other codes for the same values', async t => {
  const codes: Set<string>[] = []
  for (const opening of ['Erster Vorgang.', 'Zweiter Vorgang.']) {
    const next = server.next()
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'system', content: opening },
      { role: 'user', content: first }
    ]
    await client.chat.completions.create({ model: 'local-model', messages })
    codes.push(new Set((await next).text.match(/\b[A-Z]+(?:_[A-Z]+)*_[0-9A-Z]{8}\b/g)))
  }
  const [one = new Set(), other = new Set()] = codes
  t.ok(one.size >= 9)
  t.equal(other.size, one.size)
  t.notOk([...one].some(code => other.has(code)))
})

t.test('no planted value left the gateway', async t => {
  t.strictSame(findLeaks(planted, { provider: server.bytes(), ...(await gateway.places()) }), [])
})
