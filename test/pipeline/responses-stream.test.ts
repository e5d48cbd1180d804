import t, { type Test } from 'tap'
import { loadConfig } from '../../src/config.ts'
import { responses } from '../../src/dialects/openai/responses/endpoints.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { Issued } from '../../src/filters/issued.ts'
import { AnswerRestorer } from '../../src/pipeline/answer-restorer.ts'
import { AnswerStream } from '../../src/pipeline/answer-stream.ts'
import { createPolicy } from '../../src/policy.ts'
import { cutAt, cutEvery } from '../support/cuts.ts'

/** Every event type that carries text, cut at every byte. */

const [create] = responses
const analyzer = buildAnalyzer()
const policy = createPolicy(loadConfig({}).policies[0].policy)
const person = 'PERSON_K7Q2MX4A'
const mail = 'EMAIL_3BCD5FGH'
const values = new Map([
  [person, 'Zoë "Zed" O\\Neil\n💚 $&'],
  [mail, 'zoe@example.com']
])

function issued(): Issued {
  const table = new Issued(['PERSON', 'EMAIL'])
  for (const [code, value] of values) table.add(code, value)
  return table
}

function run(chunks: readonly Uint8Array[], startingAfter?: number) {
  if (create === undefined) throw new Error('no endpoint')
  const stream = new AnswerStream({
    rules: create.stream,
    usage: walk => create.usage(walk),
    restorer: new AnswerRestorer({
      issued: issued(),
      rules: policy.answer('openai.responses'),
      lookBackChars: policy.answerLookBackChars,
      analyzer
    }),
    limits: { maxJsonDepth: 64, maxJsonLeaves: 10_000, maxEventBytes: 1 << 20 },
    startingAfter
  })
  const out = chunks.map(chunk => stream.push(Buffer.from(chunk)))
  const { bytes, whole } = stream.end()
  return { bytes: Buffer.concat([...out, bytes]).toString(), whole, usage: stream.usage }
}

type Event = Readonly<Record<string, unknown>> & { readonly type: string; readonly sequence_number: number }

/** Events with their `event:` names; anything that is not both is a fault. */
function eventsOf(bytes: string): Event[] {
  return bytes
    .split('\n\n')
    .filter(block => block !== '')
    .map(block => {
      const [, name = '', data = ''] = /^event: (\S+)\ndata: (.*)$/.exec(block) ?? []
      const event = JSON.parse(data) as Event
      t.equal(event.type, name)
      return event
    })
}

/** Builds a stream, numbering its events. */
function script(events: readonly object[]): Buffer {
  return Buffer.from(
    events
      .map((event, at) => {
        const { type } = event as { type: string }
        return `event: ${type}\ndata: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`
      })
      .join('')
  )
}

const pieces = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
const said = `Hallo ${person}, ${mail}! Ende ${mail}`
const restored = `Hallo ${values.get(person)}, ${values.get(mail)}! Ende ${values.get(mail)}`
const json = JSON.stringify({ to: mail, note: `"${person}"`, [mail]: 1 })
const restoredJson = { to: values.get(mail), note: `"${values.get(person)}"`, [values.get(mail) ?? '']: 1 }

interface Kind {
  readonly what: string
  /** Fields that say which text it is. */
  readonly at: object
  readonly source: string
  /** Field of the `.done` event with the whole text. */
  readonly whole: string
  readonly delta?: (text: string) => unknown
  readonly done?: (text: string) => unknown
}

const message = { item_id: 'msg_1', output_index: 0 }
const kinds: readonly Kind[] = [
  { what: 'response.output_text', at: { ...message, content_index: 0 }, source: said, whole: 'text' },
  { what: 'response.refusal', at: { ...message, content_index: 1 }, source: said, whole: 'refusal' },
  {
    what: 'response.reasoning_text',
    at: { item_id: 'rs_1', output_index: 1, content_index: 0 },
    source: said,
    whole: 'text'
  },
  {
    what: 'response.reasoning_summary_text',
    at: { item_id: 'rs_1', output_index: 1, summary_index: 0 },
    source: said,
    whole: 'text'
  },
  {
    what: 'response.function_call_arguments',
    at: { item_id: 'fc_1', output_index: 2 },
    source: json,
    whole: 'arguments'
  },
  {
    what: 'response.mcp_call_arguments',
    at: { item_id: 'mcp_1', output_index: 3 },
    source: json,
    whole: 'arguments'
  },
  {
    what: 'response.custom_tool_call_input',
    at: { item_id: 'ct_1', output_index: 4 },
    source: said,
    whole: 'input'
  },
  {
    what: 'response.code_interpreter_call_code',
    at: { item_id: 'ci_1', output_index: 5 },
    source: said,
    whole: 'code'
  },
  {
    what: 'response.shell_call_command',
    at: { item_id: 'sh_1', output_index: 6, command_index: 0 },
    source: said,
    whole: 'command'
  },
  {
    what: 'response.shell_call_output_content',
    at: { item_id: 'sh_2', output_index: 7, command_index: 0 },
    source: said,
    whole: 'output',
    delta: text => ({ stdout: text }),
    done: text => [{ stdout: text, stderr: '' }]
  },
  { what: 'response.audio.transcript', at: {}, source: said, whole: '' }
]

/** All kinds at once, their deltas interleaved. */
function everything(size: number): Buffer {
  const lists = kinds.map(({ what, at, source, delta = (text: string) => text }) =>
    pieces(source, size).map(text => ({
      type: `${what}.delta`,
      ...at,
      delta: delta(text),
      ...(what === 'response.output_text' ? { logprobs: [], obfuscation: 'abcdefgh' } : {})
    }))
  )
  const longest = Math.max(...lists.map(list => list.length))
  const deltas = Array.from({ length: longest }, (_, at) => lists.flatMap(list => list[at] ?? [])).flat()
  const dones = kinds.map(({ what, at, source, whole, done = (text: string) => text }) => ({
    type: `${what}.done`,
    ...at,
    ...(whole === '' ? {} : { [whole]: done(source) })
  }))
  const start = said.indexOf(mail)
  const annotation = {
    type: 'url_citation',
    url: `https://x.de/${mail}`,
    title: mail,
    start_index: start,
    end_index: start + mail.length
  }
  const item = {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: said, annotations: [annotation], logprobs: [] }]
  }
  const snapshot = {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    model: 'm',
    instructions: `An ${mail}`,
    output: [item],
    usage: { input_tokens: 3, output_tokens: 4 }
  }
  return script([
    { type: 'response.created', response: { ...snapshot, output: [] } },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
    {
      type: 'response.content_part.added',
      ...message,
      content_index: 0,
      part: { type: 'output_text', text: '', annotations: [] }
    },
    ...deltas,
    {
      type: 'response.output_text.annotation.added',
      ...message,
      content_index: 0,
      annotation_index: 0,
      annotation
    },
    ...dones,
    { type: 'response.content_part.done', ...message, content_index: 0, part: item.content[0] },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: snapshot }
  ])
}

function joined(events: readonly Event[], { what, at }: Kind): string {
  return events
    .filter(
      event =>
        event.type === `${what}.delta` && Object.entries(at).every(([name, value]) => event[name] === value)
    )
    .map(({ delta }) => (typeof delta === 'string' ? delta : (delta as { stdout: string }).stdout))
    .join('')
}

function check(t: Test, bytes: string): Event[] {
  const events = eventsOf(bytes)
  t.strictSame(
    events.map(event => event.sequence_number),
    events.map((_, at) => at),
    'numbered without gaps'
  )
  for (const kind of kinds) {
    const text = joined(events, kind)
    if (kind.whole === 'arguments') t.strictSame(JSON.parse(text), restoredJson, kind.what)
    else t.equal(text, restored, kind.what)
    const done = events.findIndex(
      event =>
        event.type === `${kind.what}.done` && event['output_index'] === (kind.at as Event)['output_index']
    )
    const last = events.findLastIndex(event => event.type === `${kind.what}.delta`)
    t.ok(last < done, `${kind.what} ends before it is done`)
    if (kind.whole !== '')
      t.match(JSON.stringify(events[done]?.[kind.whole]), JSON.stringify(text).slice(1, -1))
  }
  return events
}

for (const size of [1, 2, 5, 9, 40]) {
  t.test(`all kinds of text, in deltas of ${size}`, async t => {
    const source = everything(size)
    const { bytes, whole, usage } = run([source])
    t.ok(whole)
    t.match(usage, { inputTokens: 3, outputTokens: 4 })
    const events = check(t, bytes)
    const at = restored.indexOf(values.get(mail) ?? '')
    const shifted = { start_index: Array.from(restored.slice(0, at)).length, title: values.get(mail) }
    t.match(
      events.find(event => event.type.endsWith('annotation.added')),
      { annotation: shifted }
    )
    const snapshot = {
      instructions: `An ${values.get(mail)}`,
      output: [{ content: [{ text: restored, annotations: [shifted] }] }]
    }
    t.match(events.at(-1), { response: snapshot })
    t.match(events.at(-2), { item: snapshot.output[0] })
    t.notMatch(bytes, /PERSON_K7|EMAIL_3B/)
  })
}

t.test('the same bytes whatever way the network cuts them', async t => {
  const source = everything(3)
  const { bytes } = run([source])
  for (const size of [1, 2, 7, 64]) t.equal(run(cutEvery(source, size)).bytes, bytes, `chunks of ${size}`)
  const short = script([
    { type: 'response.output_text.delta', ...message, content_index: 0, delta: 'an EMAIL_3' },
    { type: 'response.output_text.delta', ...message, content_index: 0, delta: 'BCD5FGH 💚' },
    { type: 'response.output_text.done', ...message, content_index: 0, text: `an ${mail} 💚` },
    { type: 'response.completed', response: { id: 'r', output: [] } }
  ])
  const wanted = run([short]).bytes
  for (let at = 1; at < short.length; at++) {
    const got = run(cutAt(short, [at])).bytes
    if (got !== wanted) t.equal(got, wanted, `cut at ${at}`)
  }
  t.match(wanted, 'zoe@example.com')
})

t.test('resuming: what the client has is left out, numbers go on', async t => {
  const source = everything(4)
  const all = eventsOf(run([source]).bytes)
  for (let after = -1; after < all.length; after += 7) {
    const rest = eventsOf(run([source], after).bytes)
    t.strictSame(rest, all.slice(after + 1), `after ${after}`)
  }
})

t.test('held text at a stream that breaks off: it leaves, then the client is told', async t => {
  const cut = script([
    { type: 'response.output_text.delta', ...message, content_index: 0, delta: 'an EMAIL_3BC' }
  ])
  const { bytes, whole } = run([cut])
  t.notOk(whole)
  const events = eventsOf(bytes)
  t.equal(events.map(event => event['delta']).join(''), 'an EMAIL_3BC')
  t.strictSame(
    events.map(event => event.sequence_number),
    [0, 1]
  )
  const failure =
    create?.stream.failure({ code: 'SCHLEUSE_UPSTREAM_BROKEN', statusCode: 502, message: 'm' }, 2) ?? ''
  t.match(eventsOf(failure)[0], {
    type: 'error',
    sequence_number: 2,
    code: 'SCHLEUSE_UPSTREAM_BROKEN',
    error: { message: 'm' }
  })
})

t.test('error events and failed responses end the stream and are restored', async t => {
  for (const last of [
    { type: 'error', code: 'x', message: `bad ${mail}`, param: null },
    { type: 'response.failed', response: { id: 'r', error: { code: 'x', message: `bad ${mail}` } } }
  ]) {
    const { bytes, whole } = run([
      script([{ type: 'response.output_text.delta', ...message, content_index: 0, delta: 'EMAIL_' }, last])
    ])
    t.ok(whole)
    t.match(bytes, 'bad zoe@example.com')
    t.equal(eventsOf(bytes).length, 3, 'held text leaves before it')
  }
})

t.test('events no rule knows keep their text, restored', async t => {
  const { bytes } = run([
    script([
      { type: 'response.brand_new', output_index: 0, thing: { words: [`an ${mail}`] } },
      { type: 'response.other.delta', output_index: 9, delta: 'EMAIL_3BC' },
      { type: 'response.other.delta', output_index: 9, delta: 'D5FGH' },
      { type: 'response.completed', response: {} }
    ])
  ])
  t.match(bytes, 'an zoe@example.com')
  t.equal(
    eventsOf(bytes)
      .filter(event => event.type === 'response.other.delta')
      .map(event => event['delta'])
      .join(''),
    'zoe@example.com'
  )
})
