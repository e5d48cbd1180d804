import * as fc from 'fast-check'
import t from 'tap'
import { loadConfig } from '../../src/config.ts'
import { chatCompletions } from '../../src/dialects/openai/chat.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { Issued } from '../../src/filters/issued.ts'
import { AnswerRestorer } from '../../src/pipeline/answer-restorer.ts'
import { AnswerStream } from '../../src/pipeline/answer-stream.ts'
import { createPolicy } from '../../src/policy.ts'

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

function stream(): AnswerStream {
  return new AnswerStream({
    rules: chatCompletions.stream,
    usage: walk => chatCompletions.usage(walk),
    restorer: new AnswerRestorer({
      issued: issued(),
      rules: policy.answer('openai.chat_completions'),
      lookBackChars: policy.answerLookBackChars,
      analyzer
    }),
    limits: { maxJsonDepth: 64, maxJsonLeaves: 1000, maxEventBytes: 1 << 20 }
  })
}

interface Run {
  readonly bytes: string
  readonly whole: boolean
}

function run(chunks: readonly Buffer[]): Run {
  const answer = stream()
  const out = chunks.map(chunk => answer.push(chunk))
  const { bytes, whole } = answer.end()
  return { bytes: Buffer.concat([...out, bytes]).toString(), whole }
}

const chunk = (choices: unknown, more: object = {}) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more })}\n\n`
const delta = (fields: object, index = 0, finish: string | null = null) =>
  chunk([{ index, delta: fields, finish_reason: finish }])
const done = 'data: [DONE]\n\n'

interface Delta {
  content?: string
  refusal?: string
  reasoning_content?: string
  tool_calls?: { index: number; function?: { arguments?: string } }[]
}

/** What a client that joins deltas by choice and tool call would see. */
function joined(bytes: string): Record<string, string> {
  const texts: Record<string, string> = {}
  const add = (key: string, text: string | undefined) => {
    if (text !== undefined && text !== null) texts[key] = (texts[key] ?? '') + text
  }
  for (const block of bytes.split('\n\n').filter(block => block.startsWith('data: {'))) {
    const event = JSON.parse(block.slice(6)) as {
      choices?: { index: number; delta: Delta; finish_reason: string | null }[]
    }
    for (const { index, delta, finish_reason } of event.choices ?? []) {
      if (texts[`${index} finished`] !== undefined) texts[`${index} late`] = 'yes'
      add(`${index} content`, delta.content)
      add(`${index} refusal`, delta.refusal)
      add(`${index} reasoning`, delta.reasoning_content)
      for (const call of delta.tool_calls ?? []) add(`${index} tool ${call.index}`, call.function?.arguments)
      if (finish_reason !== null) texts[`${index} finished`] = finish_reason
    }
  }
  return texts
}

/** The same words as deltas of one character each, and of any sizes. */
function spread(text: string, size: number): string {
  return (text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []).map(part => delta({ content: part })).join('')
}

for (const size of [1, 2, 3, 5, 8, 20]) {
  t.test(`pseudonym split over deltas of ${size}`, async t => {
    const { bytes, whole } = run([
      Buffer.from(
        delta({ role: 'assistant', content: '' }) +
          spread(`Hallo ${person}, ${mail}!`, size) +
          delta({}, 0, 'stop') +
          done
      )
    ])
    t.equal(joined(bytes)['0 content'], `Hallo ${values.get(person)}, ${values.get(mail)}!`)
    t.equal(joined(bytes)['0 late'], undefined, 'nothing after the finish event')
    t.ok(whole)
    t.ok(bytes.endsWith(done))
  })
}

t.test('n > 1: a held tail of one choice neither waits for nor mixes with another', async t => {
  const text =
    delta({ content: 'A PERSON_K7' }) +
    delta({ content: 'B EMAIL_3B' }, 1) +
    delta({ content: 'Q2MX4A.' }) +
    delta({ content: 'CD5FGH.' }, 1) +
    delta({}, 1, 'stop') +
    delta({}, 0, 'stop') +
    done
  t.match(joined(run([Buffer.from(text)]).bytes), {
    '0 content': `A ${values.get(person)}.`,
    '1 content': `B ${values.get(mail)}.`
  })
})

t.test('two tool calls whose argument deltas interleave', async t => {
  const call = (index: number, args: string) =>
    delta({ tool_calls: [{ index, function: { arguments: args } }] })
  const text =
    call(0, '{"to":"EMA') +
    call(1, '{"who":"PERS') +
    call(0, 'IL_3BCD5FGH"}') +
    call(1, 'ON_K7Q2MX4A"}') +
    delta({}, 0, 'tool_calls') +
    done
  const seen = joined(run([Buffer.from(text)]).bytes)
  t.same(JSON.parse(seen['0 tool 0'] ?? ''), { to: values.get(mail) })
  t.same(JSON.parse(seen['0 tool 1'] ?? ''), { who: values.get(person) })
})

for (const tail of ['SAP', 'HTTP', 'PERSON', 'EMAIL_', 'PERSON_K7Q2M', 'P', '[[', '{{x', '[', '<']) {
  t.test(`an answer that ends in "${tail}" loses nothing and ends before its finish event`, async t => {
    const seen = joined(run([Buffer.from(spread(`Siehe ${tail}`, 2) + delta({}, 0, 'length') + done)]).bytes)
    t.equal(seen['0 content'], `Siehe ${tail}`)
    t.equal(seen['0 finished'], 'length')
    t.equal(seen['0 late'], undefined)
  })
}

t.test('a whole pseudonym at the very end is restored before the finish event, or in it', async t => {
  t.equal(
    joined(run([Buffer.from(spread(`an ${mail}`, 4) + delta({}, 0, 'stop') + done)]).bytes)['0 content'],
    `an ${values.get(mail)}`
  )
  const within = run([
    Buffer.from(delta({ content: 'an EMAIL_' }) + delta({ content: '3BCD5FGH' }, 0, 'stop') + done)
  ]).bytes
  t.equal(joined(within)['0 content'], `an ${values.get(mail)}`)
  t.equal(within.split('\n\n').length, 4, 'no event was added')
})

t.test('without [DONE] and finish: what is held still leaves, and the end is known to be none', async t => {
  const { bytes, whole } = run([Buffer.from(delta({ content: 'an EMAIL_3BCD' }))])
  t.equal(joined(bytes)['0 content'], 'an EMAIL_3BCD')
  t.notOk(whole)
  t.ok(run([Buffer.from(delta({ content: 'x' }, 0, 'stop'))]).whole, 'a finish event ends it too')
  t.ok(
    run([Buffer.from(`${delta({ content: 'x' }, 0, 'stop')}data: [DONE]`)]).whole,
    'also when the last blank line is missing'
  )
  t.notOk(run([Buffer.from('data: {"choices":[{"index":0,"delta":{"con')]).whole)
})

t.test('reasoning is let out before content begins', async t => {
  const { bytes } = run([
    Buffer.from(
      delta({ reasoning_content: 'think EMAIL' }) + delta({ content: 'Hi' }) + delta({}, 0, 'stop') + done
    )
  ])
  const order = [...bytes.matchAll(/"(reasoning_content|content)":"([^"]*)"/g)].map(
    match => `${match[1]}=${match[2]}`
  )
  t.same(order, ['reasoning_content=think ', 'reasoning_content=EMAIL', 'content=Hi'])
})

t.test('every event leaves at once, with an empty delta when its text is held', async t => {
  const answer = stream()
  const out = ['PER', 'SON_', 'K7Q2', 'MX4A', ' ok'].map(part =>
    answer.push(Buffer.from(delta({ content: part }))).toString()
  )
  t.same(
    out.map(bytes => joined(bytes)['0 content']),
    ['', '', '', '', `${values.get(person)} ok`]
  )
})

const untouched: readonly (readonly [string, string])[] = [
  ['role-only first chunk', delta({ role: 'assistant' })],
  [
    'content "" together with tool_calls',
    delta({
      content: '',
      tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } }]
    })
  ],
  ['finish_reason in the same chunk as content', delta({ content: 'Guten Tag.' }, 0, 'stop')],
  [
    'usage chunk with empty choices',
    chunk([], { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } })
  ],
  ['unknown finish_reason', delta({}, 0, 'paused_by_moon')],
  ['reasoning_content', delta({ reasoning_content: 'Hm.' })],
  ['refusal', delta({ refusal: 'Nein.' })],
  [
    'logprobs',
    chunk([
      {
        index: 0,
        delta: { content: 'a' },
        logprobs: { content: [{ token: 'PERSON', bytes: [80], logprob: -1, top_logprobs: [] }] },
        finish_reason: null
      }
    ])
  ],
  [
    'unknown fields',
    chunk([{ index: 0, delta: { content: 'a', moon: { phase: 'new' } }, finish_reason: null }], {
      'x-extra': [1, 2.5, null]
    }).replace('null,2.5', '1e400,2.50')
  ],
  [
    'Azure first chunk',
    chunk([], {
      prompt_filter_results: [
        { prompt_index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }
      ]
    })
  ],
  [
    'numbers as written',
    'data: {"choices":[{"index":0,"delta":{"content":"x"},"p":1.0,"q":12345678901234567890}]}\n\n'
  ],
  ['CRLF and comments', ': ping\r\n\r\ndata: {"choices":[]}\r\n\r\n'],
  ['several data lines', 'data: {"choices":\ndata: []}\n\n'],
  ['no space after the colon', 'data:{"choices":[]}\n\n'],
  ['an event that is no JSON', 'data: moon\n\n'],
  ['surrogate halves in two deltas', delta({ content: 'k \ud83d' }) + delta({ content: '\ude00' })],
  ['text full of brackets', spread('[[ -f x ]] && [a](b) {{c}} <d> [[[', 1)]
]

for (const [name, bytes] of untouched) {
  t.test(`${name}: passes byte for byte`, async t => {
    t.equal(run([Buffer.from(bytes + done)]).bytes, bytes + done)
  })
}

t.test('offsets of annotations count characters of the restored text', async t => {
  const annotation = {
    type: 'url_citation',
    url_citation: { title: 'T', url: 'https://h', start_index: 27, end_index: 30 }
  }
  const text =
    delta({ content: `An 💚 ${person} siehe 123` }) +
    delta({ annotations: [annotation] }) +
    delta({}, 0, 'stop') +
    done
  const { bytes } = run([Buffer.from(text)])
  const [start, end] = [...bytes.matchAll(/_index":(\d+)/g)].map(match => Number(match[1]))
  const points = Array.from(joined(bytes)['0 content'] ?? '')
  t.equal(points.slice(start, end).join(''), '123')
})

t.test('padding against traffic analysis makes up for what restoring changed', async t => {
  const padded = (content: string, obfuscation: string) =>
    chunk([{ index: 0, delta: { content }, finish_reason: null }], { obfuscation })
  const before = padded(`${mail} x`, 'abcdefgh')
  const after = run([Buffer.from(before)]).bytes
  t.equal(after.length, before.length)
})

t.test('an error inside the stream is restored, ends it and lets out what was held', async t => {
  const { bytes, whole } = run([
    Buffer.from(
      `${delta({ content: 'an EMAIL_3B' })}data: {"error":{"message":"bad ${mail}","code":null}}\n\n`
    )
  ])
  t.equal(joined(bytes)['0 content'], 'an EMAIL_3B')
  t.ok(bytes.endsWith(`"bad ${values.get(mail)}","code":null}}\n\n`))
  t.ok(whole, 'the client was told')
})

t.test('an inserted event has the envelope of its neighbours', async t => {
  const { bytes } = run([Buffer.from(delta({ content: 'an EMAIL' }) + delta({}, 0, 'stop') + done)])
  t.match(JSON.parse(bytes.split('\n\n')[1]?.slice(6) ?? ''), {
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta: { content: 'EMAIL' }, finish_reason: null }]
  })
})

const rich =
  delta({ role: 'assistant', content: '' }) +
  spread(`Hallo ${person}! Mail an ${mail.toLowerCase()} 💚.`, 3) +
  delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '' } }] }) +
  ['{"to":"', mail, '","n":{"who":"', 'PERSON\\u005f', 'K7Q2MX4A', '"}}']
    .map(args => delta({ tool_calls: [{ index: 0, function: { arguments: args } }] }))
    .join('') +
  delta({ content: 'zwei PERSON_' }, 1) +
  delta({}, 0, 'tool_calls') +
  delta({}, 1, 'stop') +
  chunk([], { usage: { prompt_tokens: 1 } }) +
  done
const expected = run([Buffer.from(rich)]).bytes

t.test('the recorded stream, whole', async t => {
  const seen = joined(expected)
  t.equal(seen['0 content'], `Hallo ${values.get(person)}! Mail an ${values.get(mail)} 💚.`)
  t.same(JSON.parse(seen['0 tool 0'] ?? ''), { to: values.get(mail), n: { who: values.get(person) } })
  t.equal(seen['1 content'], 'zwei PERSON_')
})

t.test('cut at every byte: the same bytes', async t => {
  const bytes = Buffer.from(rich)
  for (let cut = 1; cut < bytes.length; cut++) {
    if (run([bytes.subarray(0, cut), bytes.subarray(cut)]).bytes !== expected) t.fail(`cut at ${cut}`)
  }
  t.equal(run([...bytes].map(byte => Buffer.from([byte]))).bytes, expected, 'byte by byte')
})

t.test('10,000 random cuts: the same bytes', async t => {
  const bytes = Buffer.from(rich)
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), cuts => {
      const points = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      return run(points.slice(1).map((end, at) => bytes.subarray(points[at], end))).bytes === expected
    }),
    { numRuns: 10_000 }
  )
  t.pass()
})
