import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Rules of a policy for some fields, endpoints and directions, with real requests. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const answer = `Schreiben Sie an ${mail}, IBAN ${iban}.`
const provider = await startRawServer((request, reply) => {
  if (!request.text.includes('"stream":true'))
    return reply.json({
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: answer
          },
          finish_reason: 'stop'
        }
      ]
    })
  const event = (delta: object, finish: string | null = null) =>
    Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`)
  const deltas = answer.match(/.{1,7}/g) ?? []
  return reply.stream([
    ...deltas.map(content => event({ content })),
    event({}, 'stop'),
    Buffer.from('data: [DONE]\n\n')
  ])
})
t.teardown(() => provider.close())

const gateway = await startGateway({
  providers: [localProvider(provider.port, ['m'])],
  policy: {
    id: 'fields',
    version: 1,
    operators: { default: 'pseudonymize', EMAIL: 'mask' },
    fields: [
      { fields: ['messages[].tool_calls'], operators: { EMAIL: 'keep' } },
      { fields: ['metadata'], operators: { EMAIL: 'block' }, thresholds: { EMAIL: 0 } },
      {
        endpoints: ['openai.chat_completions'],
        direction: 'answer',
        kinds: ['text'],
        operators: { EMAIL: 'mask' }
      }
    ]
  }
})
t.teardown(() => gateway.stop())

async function ask(more: object): Promise<{ status: number; text: string }> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }], ...more })
  })
  return { status: response.status, text: await response.text() }
}

t.test('a type is treated as its field asks', async t => {
  const { status } = await ask({
    messages: [
      { role: 'user', content: `an ${mail}, ${iban}` },
      {
        role: 'assistant',
        tool_calls: [
          { id: 'c', type: 'function', function: { name: 'f', arguments: JSON.stringify({ to: mail }) } }
        ]
      }
    ]
  })
  t.equal(status, 200)
  const sent = provider.requests.at(-1)?.text ?? ''
  t.match(sent, /an \*+\.\*+@[*.]+/)
  t.match(sent, /IBAN_[0-9A-Z]{8}/)
  t.match(sent, `\\"to\\":\\"${mail}\\"`, 'kept in tool arguments')
  const before = provider.requests.length
  t.match(await ask({ metadata: { contact: mail } }), { status: 403, text: /SCHLEUSE_POLICY_BLOCKED/ })
  t.equal(provider.requests.length, before)
})

t.test('answers: by type, whole and streamed, and recorded so', async t => {
  const { text } = await ask({})
  const { message } = (JSON.parse(text) as { choices: { message: { content: string } }[] }).choices[0] ?? {}
  t.match(message?.content, /an \*+\.\*+@[*.a-z]+, IBAN DE89 3704/, 'EMAIL masked, IBAN kept')
  const streamed = await ask({ stream: true })
  const content = [...streamed.text.matchAll(/"content":"([^"]*)"/g)].map(found => found[1]).join('')
  t.equal(content, message?.content)
  const findings = (await gateway.recordsAtStop())
    .toString()
    .split('\n')
    .filter(line => line.includes('ai.request.completed'))
    .map(line => (JSON.parse(line) as { findings: object[] }).findings)
    .filter(found => found.length > 0)
  const both = [
    { class: 'EMAIL', action: 'masked', count: 1 },
    { class: 'IBAN', action: 'kept', count: 1 }
  ]
  t.match(findings.slice(-2), [both, both])
})
