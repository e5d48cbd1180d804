import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'
import { DONE, event, finish, role, textDeltas, toolArguments, toolOpening } from '../support/stream-parts.ts'

/** Rules for fields of answers, named as in a whole answer: a stream is treated the same, deltas and repeats alike. */

const mail = 'anna.weber@beispielfirma.de'
const text = `Schreiben Sie an ${mail}, bitte.`
const args = JSON.stringify({ to: mail })

const chat = {
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: text,
        reasoning: text,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'send', arguments: args } }]
      },
      finish_reason: 'stop'
    }
  ]
}
const reasoning = event(
  JSON.stringify({ choices: [{ index: 0, delta: { reasoning: text }, finish_reason: null }] })
)
const chatStream = [
  role(),
  reasoning,
  ...textDeltas(text, 5),
  toolOpening(0, 'c', 'send'),
  ...toolArguments(0, args, 4),
  finish('stop'),
  DONE
]

const message = { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text }] }
const reasoned = { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text }] }
const called = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'send', arguments: args }
const response = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  output: [reasoned, message, called]
}
const responseEvents: readonly object[] = [
  { type: 'response.created', response: { ...response, output: [] } },
  {
    type: 'response.reasoning_summary_text.delta',
    item_id: 'rs_1',
    output_index: 0,
    summary_index: 0,
    delta: text
  },
  { type: 'response.reasoning_summary_text.done', item_id: 'rs_1', output_index: 0, summary_index: 0, text },
  {
    type: 'response.reasoning_summary_part.done',
    item_id: 'rs_1',
    output_index: 0,
    summary_index: 0,
    part: reasoned.summary[0]
  },
  { type: 'response.output_item.done', output_index: 0, item: reasoned },
  ...(text.match(/.{1,6}/g) ?? []).map(delta => ({
    type: 'response.output_text.delta',
    item_id: 'msg_1',
    output_index: 1,
    content_index: 0,
    delta
  })),
  { type: 'response.output_text.done', item_id: 'msg_1', output_index: 1, content_index: 0, text },
  {
    type: 'response.content_part.done',
    item_id: 'msg_1',
    output_index: 1,
    content_index: 0,
    part: message.content[0]
  },
  { type: 'response.output_item.done', output_index: 1, item: message },
  ...(args.match(/.{1,6}/g) ?? []).map(delta => ({
    type: 'response.function_call_arguments.delta',
    item_id: 'fc_1',
    output_index: 2,
    delta
  })),
  { type: 'response.function_call_arguments.done', item_id: 'fc_1', output_index: 2, arguments: args },
  { type: 'response.output_item.done', output_index: 2, item: called },
  { type: 'response.completed', response }
]
const responseStream = responseEvents.map((data, sequence_number) =>
  event(JSON.stringify({ ...data, sequence_number }))
)

const provider = await startRawServer((request, reply) => {
  const isChat = request.target.endsWith('/chat/completions')
  if (!request.text.includes('"stream":true')) return reply.json(isChat ? chat : response)
  return reply.stream((isChat ? chatStream : responseStream).map(piece => Buffer.from(piece)))
})
t.teardown(() => provider.close())

async function answer(fields: readonly object[], path: string, stream: boolean) {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: {
      id: 'fields',
      version: 1,
      answers: { operator: 'mask' },
      fields: fields.map(rule => ({ direction: 'answer', ...rule }))
    }
  })
  const input = path === 'responses' ? { input: 'x' } : { messages: [{ role: 'user', content: 'x' }] }
  const result = await fetch(`${gateway.baseUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', ...input, stream })
  })
  const body = await result.text()
  const records = (await gateway.recordsAtStop()).toString().split('\n')
  const ended = records.find(
    line => line.includes('"ai.request.completed"') || line.includes('"ai.request.failed"')
  )
  const { findings } = JSON.parse(ended ?? '{}') as {
    findings?: { class: string; action: string; count: number }[]
  }
  return { body, findings: findings?.map(one => `${one.class} ${one.action} ${one.count}`).sort() }
}

/** Deltas of a field put together. */
const joined = (body: string, pattern: RegExp): string =>
  [...body.matchAll(pattern)].map(found => JSON.parse(`"${found[1] ?? ''}"`) as string).join('')

const masked = /\*{4}\.\*{5}@[*.a-z]+/

t.test('chat completions: by field, whole and streamed', async t => {
  const fields = [
    { fields: ['choices[].message.tool_calls'], operators: { EMAIL: 'keep' } },
    { fields: ['choices[].message.reasoning'], thresholds: { EMAIL: 1 }, operators: { EMAIL: 'block' } }
  ]
  const whole = await answer(fields, 'chat/completions', false)
  const got = (JSON.parse(whole.body) as typeof chat).choices[0]?.message
  t.match(got?.content, masked)
  t.equal(got?.reasoning, text, 'below its threshold')
  t.equal(got?.tool_calls[0]?.function.arguments, args)
  const streamed = await answer(fields, 'chat/completions', true)
  t.equal(joined(streamed.body, /"content":"((?:[^"\\]|\\.)*)"/g), got?.content)
  t.equal(joined(streamed.body, /"reasoning":"((?:[^"\\]|\\.)*)"/g), text)
  t.equal(joined(streamed.body, /"arguments":"((?:[^"\\]|\\.)*)"/g), args)
  t.same(whole.findings, ['EMAIL kept 1', 'EMAIL masked 1'])
  t.same(streamed.findings, whole.findings)
})

t.test('responses: deltas, repeats and the whole are treated alike', async t => {
  const fields = [
    { endpoints: ['openai.responses'], fields: ['output[].summary'], operators: { EMAIL: 'keep' } },
    { endpoints: ['openai.responses'], fields: ['output[].arguments'], operators: { EMAIL: 'keep' } },
    { endpoints: ['openai.chat_completions'], operators: { EMAIL: 'keep' } }
  ]
  const whole = await answer(fields, 'responses', false)
  const { output } = JSON.parse(whole.body) as { output: [typeof reasoned, typeof message, typeof called] }
  t.equal(output[0].summary[0]?.text, text)
  t.match(output[1].content[0]?.text, masked)
  t.equal(output[2].arguments, args)
  const streamed = await answer(fields, 'responses', true)
  const events = streamed.body
    .split('\n')
    .filter(line => line.startsWith('data: {'))
    .map(
      line =>
        JSON.parse(line.slice(6)) as {
          type: string
          delta?: string
          response?: object
          item?: { type: string }
        }
    )
  const deltas = (type: string) =>
    events
      .filter(one => one.type === type)
      .map(({ delta }) => delta)
      .join('')
  t.equal(deltas('response.output_text.delta'), output[1].content[0]?.text)
  t.equal(deltas('response.reasoning_summary_text.delta'), text)
  t.equal(deltas('response.function_call_arguments.delta'), args)
  t.match(events.at(-1)?.response, { output })
  for (const one of events.slice(0, -1)) {
    const isText = one.type.includes('output_text') || one.type.includes('content_part')
    if (isText || one.item?.type === 'message') t.notMatch(JSON.stringify(one), mail, one.type)
  }
  t.same(streamed.findings, whole.findings)
})

t.test('a field that blocks ends the answer, another does not', async t => {
  const fields = [{ fields: ['choices[].message.tool_calls'], operators: { EMAIL: 'block' } }]
  for (const stream of [false, true]) {
    const { body } = await answer(fields, 'chat/completions', stream)
    t.match(body, 'SCHLEUSE_ANSWER_BLOCKED')
    t.notMatch(body, mail)
  }
  const elsewhere = [{ fields: ['choices[].message.audio'], operators: { EMAIL: 'block' } }]
  t.notMatch((await answer(elsewhere, 'chat/completions', true)).body, 'SCHLEUSE_ANSWER_BLOCKED')
})
