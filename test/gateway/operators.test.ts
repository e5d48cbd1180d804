import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Surrogates and coarser values, with real requests; answers are masked, so that a surrogate must count as issued. */

const letter =
  'Frau Anna Weber ist 34 Jahre alt. E-Mail: anna.weber@kanzlei.de, IBAN DE89 3704 0044 0532 0130 00.'

const provider = await startRawServer((request, reply) => {
  const { messages, stream } = JSON.parse(request.text) as {
    messages: { content: string }[]
    stream?: boolean
  }
  const said = messages.at(-1)?.content ?? ''
  const card = /"card":(\d+)/.exec(request.text)?.[1] ?? '0'
  const args = `{"who": ${JSON.stringify(said)}, "card": ${card}}`
  const call = (text: string) => [
    { index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: text } }
  ]
  if (stream !== true)
    return reply.json({
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: `${said} Fremd: eva@fremd.de`, tool_calls: call(args) },
          finish_reason: 'stop'
        }
      ]
    })
  const event = (delta: object, finish: string | null = null) =>
    Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`)
  return reply.stream([
    ...(said.match(/.{1,3}/gs) ?? []).map(content => event({ content })),
    ...(args.match(/.{1,3}/gs) ?? []).map(text => event({ tool_calls: call(text) })),
    event({}, 'stop'),
    Buffer.from('data: [DONE]\n\n')
  ])
})
t.teardown(() => provider.close())

const gateway = await startGateway({
  providers: [localProvider(provider.port, ['m'])],
  policy: {
    id: 'forms',
    version: 1,
    operators: { default: 'surrogate', AGE: 'generalize' },
    answers: { operator: 'mask' }
  }
})
t.teardown(() => gateway.stop())

async function ask(body: object): Promise<string> {
  provider.forget()
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: letter }], ...body })
  })
  t.equal(response.status, 200)
  return response.text()
}

const tools = [
  { type: 'function', function: { name: 'f', parameters: { properties: { card: { default: 0 } } } } },
  { type: 'function', function: { name: 'g', parameters: { 'x-example': { card: 4929123412341232 } } } }
]
const sent = () => provider.requests[0]?.text ?? ''
const coarse = letter.replace('34', '30-39')

t.test('a whole answer', async t => {
  const text = await ask({ tools })
  for (const value of ['Weber', 'kanzlei', '0532', '4929', ' 34 ']) t.notMatch(sent(), value)
  t.match(sent(), /@example\.(?:com|net|org), IBAN DE\d\d 9\d{3} /)
  t.match(sent(), 'ist 30-39 Jahre alt')
  t.notMatch(sent(), /PERSON_|EMAIL_|IBAN_|CARD_/)
  const { choices } = JSON.parse(text) as {
    choices: { message: { content: string; tool_calls: { function: { arguments: string } }[] } }[]
  }
  const message = choices[0]?.message
  t.match(message?.content, coarse)
  t.notMatch(message?.content, 'eva@fremd.de', 'what the model made up is masked')
  t.same(JSON.parse(message?.tool_calls[0]?.function.arguments ?? ''), {
    who: coarse,
    card: 4929123412341232
  })
})

t.test('a stream', async t => {
  const text = await ask({ tools, stream: true })
  let content = ''
  let args = ''
  for (const [, data = ''] of text.matchAll(/^data: (\{.*)$/gm)) {
    const [choice] = (
      JSON.parse(data) as {
        choices: { delta: { content?: string; tool_calls?: { function: { arguments: string } }[] } }[]
      }
    ).choices
    content += choice?.delta.content ?? ''
    args += choice?.delta.tool_calls?.[0]?.function.arguments ?? ''
  }
  t.equal(content, coarse)
  t.same(JSON.parse(args), { who: coarse, card: 4929123412341232 })
})

t.test('the record says what was done', async t => {
  const actions = [
    ...gateway
      .records()
      .toString('utf8')
      .matchAll(/"class":"(\w+)"[^}]*?"action":"(\w+)"|"action":"(\w+)"[^}]*?"class":"(\w+)"/g)
  ].map(([, type, action, otherAction, otherType]) => `${type ?? otherType} ${action ?? otherAction}`)
  t.ok(actions.includes('PERSON pseudonymised'))
  t.ok(actions.includes('AGE generalised'))
})
