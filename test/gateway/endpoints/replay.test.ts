import { hash, randomBytes } from 'node:crypto'
import t from 'tap'
import { canaries, type Canary, mailWith } from '../../support/canaries.ts'
import { type Gateway, localProvider, startGateway } from '../../support/gateway.ts'
import { findLeaks } from '../../support/leaks.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { startRedis } from '../../support/services/redis.ts'

/**
 * A conversation of 50 turns with tools, sent again each turn, through gateways that share Redis and come and go. What the
 * provider sees of a turn must begin with all it saw before: prompt caches and signed thinking depend on that.
 */

const TURNS = 50
const redis = await startRedis()
t.teardown(() => redis.stop())
process.env['SCHLEUSE_PSEUDONYM_KEY'] = randomBytes(32).toString('hex')
process.env['SCHLEUSE_VAULT_KEYS'] = randomBytes(32).toString('hex')

const code = /\b[A-Z]+(?:_[A-Z]+)*_[0-9A-HJKMNP-TV-Z]{8}\b/g
const names = ['Ahlerskamp', 'Bredenbeck', 'Clausnitzer', 'Dorfmeister', 'Eggersdorf', 'Falkenrath']

/** How models treat pseudonyms: as they are, in lower case, bold, with a space, with a genitive s. */
const habits = [
  (one: string) => one,
  (one: string) => one.toLowerCase(),
  (one: string) => `**${one}**`,
  (one: string) => one.replace('_', ' '),
  (one: string) => `${one}s`
]

interface Message {
  readonly role: string
  readonly content: string | null
  readonly thinking_blocks?: readonly { readonly thinking: string; readonly signature: string }[]
  readonly tool_calls?: readonly { readonly id: string; readonly type?: string; readonly function?: object }[]
}

/** A prompt cache, as providers have one: what it saw of a conversation is not computed again. Counts turns. */
class PromptCache {
  asked = 0
  hits = 0
  #seen: readonly string[] = []

  see(messages: readonly string[]): void {
    const changed = messages.findIndex((one, at) => one !== this.#seen[at])
    this.asked += messages.length
    this.hits += changed < 0 ? messages.length : changed
    this.#seen = messages
  }
}

let cache = new PromptCache()

/** A provider's signature under what a model thought, and all that it had been told then. */
const signatureOf = (before: readonly string[], thinking: string): string =>
  hash('sha256', [...before, thinking].join('\n'))

let turn = 0
const provider = await startRawServer((request, reply) => {
  const { messages, stream } = JSON.parse(request.text) as { messages: Message[]; stream?: boolean }
  const told = messages.map(one => JSON.stringify(one))
  const isChanged = messages.some(
    ({ thinking_blocks: [block] = [] }, at) =>
      block !== undefined && block.signature !== signatureOf(told.slice(0, at), block.thinking)
  )
  if (isChanged) return reply.json({ error: { message: 'thinking blocks cannot be modified' } }, 400)
  cache.see(told)
  const last = messages.at(-1)
  const seen = [
    ...new Set(
      messages
        .map(one => one.content ?? '')
        .join(' ')
        .match(code)
    )
  ]
  const habit = habits[turn % habits.length] ?? String
  const some = seen.slice(turn % 5, (turn % 5) + 3).map(habit)
  const said = `Sehr geehrter Herr ${names[turn % names.length]}, zu ${some.join(' und ')}: ERFUNDEN_1 PERSON_ZZZZZZ${turn % 10}Z.`
  const call = {
    id: `call_${turn}`,
    type: 'function',
    function: { name: 'lookup', arguments: JSON.stringify({ who: some[0] ?? 'x', note: said }) }
  }
  const message =
    last?.role === 'user' && turn % 3 === 0
      ? { role: 'assistant', content: null, tool_calls: [call] }
      : { role: 'assistant', content: said }
  if (stream !== true) {
    const thinking = `They ask for ${said}`
    const block = { type: 'thinking', thinking, signature: signatureOf(told, thinking) }
    const choice = { index: 0, message: { ...message, thinking_blocks: [block] }, finish_reason: 'stop' }
    return reply.json({ id: 'c', object: 'chat.completion', choices: [choice] })
  }
  const pieces = (text: string): string[] => text.match(/[^]{1,7}/g) ?? []
  const deltas: object[] =
    message.tool_calls === undefined
      ? pieces(said).map(content => ({ content }))
      : [
          { tool_calls: [{ index: 0, ...call, function: { name: 'lookup', arguments: '' } }] },
          ...pieces(call.function.arguments).map(text => ({
            tool_calls: [{ index: 0, function: { arguments: text } }]
          }))
        ]
  const event = (delta: object, finish: string | null = null) =>
    Buffer.from(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    )
  return reply.stream([
    ...deltas.map(delta => event(delta)),
    event({}, 'stop'),
    Buffer.from('data: [DONE]\n\n')
  ])
})
t.teardown(() => provider.close())

const start = (): Promise<Gateway> =>
  startGateway({
    providers: [localProvider(provider.port, ['m'])],
    settings: { vault: { store: 'redis', redis: { url: redis.url } } }
  })

interface Delta {
  readonly content?: string
  readonly tool_calls?: readonly { readonly id?: string; readonly function: { readonly arguments: string } }[]
}

/** Asks for the next answer, as a client that joins deltas would. */
async function ask(
  gateway: Pick<Gateway, 'baseUrl'>,
  messages: readonly object[],
  stream: boolean
): Promise<Message> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages, stream })
  })
  t.equal(response.status, 200)
  const text = await response.text()
  if (!stream)
    return (
      (JSON.parse(text) as { choices: { message: Message }[] }).choices[0]?.message ?? {
        role: '',
        content: ''
      }
    )
  let content = ''
  let id = ''
  let args = ''
  for (const [, data] of text.matchAll(/^data: (\{.*)$/gm)) {
    const { delta } = (JSON.parse(data ?? '') as { choices: { delta: Delta }[] }).choices[0] ?? { delta: {} }
    content += delta.content ?? ''
    id += delta.tool_calls?.[0]?.id ?? ''
    args += delta.tool_calls?.[0]?.function.arguments ?? ''
  }
  if (id === '') return { role: 'assistant', content }
  return {
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name: 'lookup', arguments: args } }]
  }
}

/** 50 turns. @param gatewayAt who is asked in a turn. @param check what is seen of each */
async function converse(
  planted: readonly Canary[],
  gatewayAt: () => Promise<Pick<Gateway, 'baseUrl'>>,
  check: () => void
): Promise<void> {
  const messages: object[] = [
    { role: 'system', content: 'Du hilfst dem Kundendienst.' },
    { role: 'user', content: mailWith(planted.slice(0, 8)) }
  ]
  cache = new PromptCache()
  for (turn = 0; turn < TURNS; turn++) {
    const gateway = await gatewayAt()
    provider.forget()
    const answer = await ask(gateway, messages, turn % 2 === 0)
    check()
    messages.push(answer)
    const call = answer.tool_calls?.[0]
    if (call === undefined)
      messages.push({
        role: 'user',
        content: turn === 10 ? mailWith(planted.slice(8)) : `Weiter, Schritt ${turn}.`
      })
    else
      messages.push({
        role: 'tool',
        tool_call_id: call.id,
        content: JSON.stringify({ found: planted[turn % 8]?.value, step: turn })
      })
  }
}

t.test('each turn extends the one before, byte for byte', async t => {
  const planted = canaries(7)
  const first = await start()
  const second = await start()
  let gateways = [first, second]
  const leaks: unknown[] = []
  let before = ''
  const gatewayAt = async (): Promise<Gateway> => {
    if (turn === 20 || turn === 35) {
      // one goes, another takes its place: nothing is known to it but what the vault holds
      await gateways[0]?.stop()
      gateways = [...gateways.slice(1), await start()]
    }
    return gateways[turn % gateways.length] ?? first
  }
  await converse(planted, gatewayAt, () => {
    const body = provider.requests[0]?.text ?? ''
    leaks.push(...findLeaks(planted, { provider: provider.bytes() }))
    const sent = body.slice(body.indexOf('"messages"'), body.lastIndexOf('],"stream"'))
    t.equal(sent.slice(0, before.length), before, `turn ${turn + 1}`)
    before = sent
  })
  t.strictSame(leaks, [])
  t.ok(before.length > 10_000)
  for (const gateway of gateways) await gateway.stop()

  // every answer came: no changed thinking was refused; and the provider computed as little anew as without a gateway
  const { asked, hits } = cache
  await converse(
    planted,
    () => Promise.resolve(provider),
    () => undefined
  )
  t.strictSame({ asked, hits }, { asked: cache.asked, hits: cache.hits })
  t.ok(hits / asked > 0.9)
})

t.test('with Redis gone conversations go on, and what needs the vault is refused', async t => {
  const gateway = await start()
  t.teardown(() => gateway.stop())
  await redis.kill()
  turn = 5
  const messages = [
    { role: 'user', content: 'Mail an anna.weber@beispielfirma.de' },
    { role: 'assistant', content: 'Sehr geehrter Herr Ahlerskamp' },
    { role: 'user', content: 'weiter' }
  ]
  t.match((await ask(gateway, messages, false)).content, 'anna.weber@beispielfirma.de')
  const response = await fetch(`${gateway.baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', input: 'x' })
  })
  t.equal(response.status, 503)
  t.ok(Number(response.headers.get('retry-after')) > 0)
  t.match(await response.json(), { error: { code: 'SCHLEUSE_VAULT_UNAVAILABLE' } })
  await redis.restart()
})
