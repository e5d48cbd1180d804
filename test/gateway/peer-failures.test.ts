import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { type Script, startRawServer } from '../support/raw-server.ts'
import { DONE, finish, role, textDeltas } from '../support/stream-parts.ts'

/** Where comparable gateways were seen to break, end to end; the finer cases stand beside the parts they touch. */

const provider = await startRawServer()
t.teardown(() => provider.close())
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
t.teardown(() => gateway.stop())

interface Message {
  readonly role: string
  readonly content: unknown
  readonly [field: string]: unknown
}

async function ask(messages: readonly Message[], script: Script, more: object = {}): Promise<string> {
  provider.script = script
  provider.forget()
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages, ...more })
  })
  return response.text()
}

const user = (content: string): Message => ({ role: 'user', content })
const answer = (message: object) => ({
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }]
})
const codes = (text: string) =>
  [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)*_[0-9A-HJKMNP-TV-Z]{8}\b/g)].map(match => match[0])
const content = (text: string) =>
  (JSON.parse(text) as { choices: { message: { content: string } }[] }).choices[0]?.message.content
/** Says all codes of the request, in order, with what stands between them. */
const echo: Script = (request, reply) => reply.json(answer({ content: codes(request.text).join(' | ') }))

t.test('two messages, two people: never the same pseudonym, and each restored as itself', async t => {
  const text = await ask([user('Sehr geehrte Frau Anna Weber'), user('Sehr geehrter Herr Bruno Weber')], echo)
  const seen = codes(provider.requests[0]?.text ?? '')
  t.equal(new Set(seen).size, 2)
  t.equal(content(text), 'Anna Weber | Bruno Weber')
})

t.test('a pseudonym typed by someone else restores nothing', async t => {
  await ask([user('Mail an anna.weber@beispielfirma.de')], echo)
  const [theirs = ''] = codes(provider.requests[0]?.text ?? '')
  const text = await ask([user(`Was ist ${theirs}? Mail an bruno@beispielfirma.de`)], (_request, reply) =>
    reply.json(answer({ content: `Das ist ${theirs}.` }))
  )
  t.equal(content(text), `Das ist ${theirs}.`)
  const typed = await ask([user(`Was ist ${theirs}?`)], echo)
  t.equal(content(typed), theirs, 'what was typed comes back as it was typed')
})

t.test('a value that itself looks like a pseudonym is not expanded again', async t => {
  await ask([user('Mail an anna.weber@beispielfirma.de')], echo)
  const [code = ''] = codes(provider.requests[0]?.text ?? '')
  const text = await ask([user(`Mail an ${code}@beispielfirma.de und an anna.weber@beispielfirma.de`)], echo)
  t.match(content(text), `${code}@beispielfirma.de`)
})

t.test('a card number as a JSON number: replaced, and still valid JSON both ways', async t => {
  const call = {
    role: 'assistant',
    content: null,
    tool_calls: [
      {
        id: 'a',
        type: 'function',
        function: { name: 'pay', arguments: '{"card":4111111111111111,"amount":12.50}' }
      }
    ]
  }
  const result = { role: 'tool', tool_call_id: 'a', content: '{"card":4111111111111111,"ok":true}' }
  await ask([user('x'), call, result], (_request, reply) => reply.json(answer({ content: 'ok' })))
  const sent = JSON.parse(provider.requests[0]?.text ?? '') as {
    messages: { content: string; tool_calls?: { function: { arguments: string } }[] }[]
  }
  const args = JSON.parse(sent.messages[1]?.tool_calls?.[0]?.function.arguments ?? '') as {
    card: string
    amount: number
  }
  t.match(args, { card: /^CARD_[0-9A-Z]{8}$/, amount: 12.5 })
  t.equal((JSON.parse(sent.messages[2]?.content ?? '') as { card: string }).card, args.card)
  t.match(provider.requests[0]?.text, '\\"amount\\":12.50}', 'other numbers as they were written')
})

t.test('signed thinking passes byte for byte in both directions', async t => {
  const mail = 'anna.weber@beispielfirma.de'
  const block = (thinking: string) => ({ type: 'thinking', thinking, signature: 'EqQBCkYIBxgCKkA+/=' })
  const text = await ask([user(`Mail an ${mail}`)], (request, reply) => {
    const [code = ''] = codes(request.text)
    return reply.json(answer({ content: code, thinking_blocks: [block(`They want ${code}`)] }))
  })
  const message = (
    JSON.parse(text) as {
      choices: { message: { content: string; thinking_blocks: { thinking: string }[] } }[]
    }
  ).choices[0]?.message
  t.equal(message?.content, mail)
  t.match(message?.thinking_blocks[0]?.thinking, /^They want EMAIL_[0-9A-Z]{8}$/)
  const blocks = message?.thinking_blocks ?? []
  await ask(
    [user(`Mail an ${mail}`), { role: 'assistant', content: mail, thinking_blocks: blocks }, user('weiter')],
    echo
  )
  t.match(provider.requests[0]?.text, JSON.stringify(blocks))
})

t.test('values named like parts of an object', async t => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const text = await ask(
      [
        user(`Mail an ${name}@beispielfirma.de`),
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'a',
              type: 'function',
              function: { name: 'f', arguments: JSON.stringify({ [name]: `${name}@beispielfirma.de` }) }
            }
          ]
        }
      ],
      echo
    )
    t.match(content(text), `${name}@beispielfirma.de`)
  }
})

t.test('streams at the same time share nothing', async t => {
  provider.script = async (request, reply) => {
    const [code = ''] = codes(request.text)
    await reply.stream(
      [...textDeltas(`an ${code}.`, 2)]
        .map(part => Buffer.from(part))
        .concat(Buffer.from(finish('stop') + DONE)),
      {}
    )
  }
  const names = Array.from({ length: 20 }, (_, at) => `person${at}@beispielfirma.de`)
  const texts = await Promise.all(
    names.map(async name => {
      const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', stream: true, messages: [user(`Mail an ${name}`)] })
      })
      return [...(await response.text()).matchAll(/"content":"([^"]*)"/g)].map(match => match[1]).join('')
    })
  )
  t.same(
    texts,
    names.map(name => `an ${name}.`)
  )
})

t.test('the first restored text leaves while the provider is still writing', async t => {
  let more = () => {}
  const wait = new Promise<void>(resolve => (more = resolve))
  provider.script = (request, reply) =>
    reply.stream(
      (async function* () {
        yield Buffer.from(role() + textDeltas(`an ${codes(request.text)[0]}, und`, 3).join(''))
        await wait
        yield Buffer.from(textDeltas(' mehr', 5).join('') + finish('stop') + DONE)
      })()
    )
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'm',
      stream: true,
      messages: [user('Mail an anna.weber@beispielfirma.de')]
    })
  })
  let seen = ''
  for await (const chunk of response.body ?? []) {
    seen += Buffer.from(chunk).toString()
    if (seen.includes('anna.weber@beispielfirma.de')) more()
  }
  t.match(seen, 'mehr')
})

t.test('a client that aborts leaves a closed record', async t => {
  provider.script = (_request, reply) => reply.stream([Buffer.from(role())], { ending: 'hang' })
  const controller = new AbortController()
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', stream: true, messages: [user('x')] }),
    signal: controller.signal
  })
  await response.body?.getReader().read()
  controller.abort()
  const id = response.headers.get('x-schleuse-request-id') ?? ''
  const records = (await gateway.recordsAtStop()).toString()
  t.match(
    records.split('\n').find(line => line.includes(id) && line.includes('ai.request.failed')),
    '"outcome":"client_abort"'
  )
})
