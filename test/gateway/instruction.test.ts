import t from 'tap'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** `instruction: true` tells the model, once and where the first code stands, to leave codes as they are. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

async function start(policy: object): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: { id: 'told', version: 1, ...policy }
  })
  t.teardown(() => gateway.stop())
  return gateway
}

const gateway = await start({ instruction: true })

async function sent(body: object, path = 'chat/completions', at = gateway): Promise<string> {
  const response = await fetch(`${at.baseUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', ...body })
  })
  t.equal(response.status, 200)
  await response.arrayBuffer()
  return provider.requests.at(-1)?.text ?? ''
}

const note = /\n\n\(Codes such as ([A-Z_]+_[0-9A-Z]{8}) stand for [^()]+\)$/
const system = { role: 'system', content: 'Antworte kurz.' }
const user = { role: 'user', content: `Schreibe an ${mail}.` }

interface Message {
  readonly role: string
  readonly content: string
}
const messagesOf = (text: string) => (JSON.parse(text) as { messages: Message[] }).messages

t.test('at the end of the text with the first code, named by that code', async t => {
  const [first, second, third] = messagesOf(
    await sent({ messages: [system, user, { role: 'user', content: `Und ${iban}` }] })
  )
  t.equal(first?.content, system.content)
  t.match(second?.content, note)
  t.equal(note.exec(second?.content ?? '')?.[1], /EMAIL_\w{8}/.exec(second?.content ?? '')?.[0])
  t.match(third?.content, /^Und IBAN_[0-9A-Z]{8}$/, 'once')
})

t.test('the next turn repeats all of it byte for byte', async t => {
  const before = await sent({ messages: [system, user] })
  const after = await sent({
    messages: [
      system,
      user,
      { role: 'assistant', content: 'Gern.' },
      { role: 'user', content: `Danke. ${iban}` }
    ]
  })
  t.ok(after.startsWith(before.slice(0, before.lastIndexOf(']'))))
  t.equal(after.split('Codes such as').length, 2)
})

t.test('never in what a tool or the model said: at the next text of the caller', async t => {
  const call = { id: 'c1', type: 'function', function: { name: 'find', arguments: '{}' } }
  const messages = [
    { role: 'user', content: 'Wer ist es?' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c1', content: `{"mail":"${mail}"}` }
  ]
  t.notMatch(await sent({ messages }), 'Codes such as')
  const told = messagesOf(await sent({ messages: [...messages, { role: 'user', content: 'Und nun?' }] }))
  t.match(told[2]?.content, /^\{"mail":"EMAIL_\w{8}"\}$/)
  t.match(told[3]?.content, /^Und nun\?\n\n\(Codes such as EMAIL_/)
})

t.test('in parts, in the Responses API, and escaped as its place asks', async t => {
  const parts = await sent({
    messages: [{ role: 'user', content: [{ type: 'text', text: `"${mail}"` }] }]
  })
  t.match(JSON.parse(parts), {
    messages: [{ content: [{ text: /^"EMAIL_\w{8}"\n\n\(Codes such as EMAIL_\w{8} / }] }]
  })
  t.match(JSON.parse(await sent({ input: `an ${mail}` }, 'responses')), { input: note })
  const items = await sent({ instructions: 'Kurz.', input: [{ role: 'user', content: mail }] }, 'responses')
  t.match(JSON.parse(items), { instructions: 'Kurz.', input: [{ content: note }] })
})

t.test('only where codes leave and somebody reads it', async t => {
  t.notMatch(await sent({ messages: [system] }), 'Codes such as')
  t.notMatch(await sent({ input: [mail] }, 'embeddings'), 'Codes such as')
  const policies = [
    {},
    { instruction: true, operators: { default: 'mask' } },
    { instruction: true, operators: { default: 'surrogate' } }
  ]
  for (const policy of policies) {
    const text = await sent({ messages: [user] }, 'chat/completions', await start(policy))
    t.notMatch(text, mail)
    t.notMatch(text, 'Codes such as')
  }
})
