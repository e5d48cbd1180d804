import {
  chunk,
  DONE,
  event,
  fill,
  finish,
  pieces,
  role,
  textDeltas,
  toolArguments,
  toolOpening,
  usage
} from './stream-parts.ts'

/**
 * Chat completion streams as providers send them, recorded and then generalised: `build(codes)` puts the codes that
 * a request got into the places where the model wrote them. Any number of codes may be given, they are used in turn.
 */
export interface RecordedStream {
  readonly name: string
  /** False where the provider broke off: by an error event, without `[DONE]`, or in the middle of an answer. */
  readonly complete: boolean
  /** True where it ends in a part of a code, which nobody may guess: it arrives as the provider wrote it. */
  readonly truncatesCode: boolean
  build(codes: readonly string[]): Buffer
}

type Build = (codes: readonly string[]) => string

const GERMAN =
  'Sehr geehrte Frau ‹0›,\n\nvielen Dank für Ihre Nachricht. Die Überweisung an ‹1› ist am 3. März erfolgt; ' +
  'Rückfragen beantwortet Ihnen gern ‹2› (auch mobil).\n\nMit freundlichen Grüßen\n‹0›s Team'
const ENGLISH =
  'Hi ‹0›,\n\nI forwarded your note to ‹1›\'s desk and asked ‹2› to call back. If "‹1›" bounces, reply here.\n\nBest, ‹0›'

/** Deltas of several sources, taken in turn. */
function interleave(...sources: readonly (readonly string[])[]): string {
  const longest = Math.max(...sources.map(source => source.length))
  let out = ''
  for (let i = 0; i < longest; i++) for (const source of sources) out += source[i] ?? ''
  return out
}

const answer = (text: string, size: number): string =>
  role() + textDeltas(text, size).join('') + finish('stop') + DONE

const toolCall = (codes: readonly string[], template: string, size: number): string =>
  role({ content: null }) +
  toolOpening(0, 'call_Zk3PqD8vT1', 'send_mail') +
  toolArguments(0, fill(template, codes), size).join('') +
  finish('tool_calls') +
  DONE

function annotated(codes: readonly string[]): string {
  const text = fill('Laut ‹0› gilt das seit Mai. Siehe die Seite von ‹1› und das Register.', codes)
  const start = text.indexOf('Siehe')
  const citation = {
    type: 'url_citation',
    url_citation: {
      start_index: start,
      end_index: text.length,
      title: `Seite von ${codes[0] ?? ''}`,
      url: 'https://register.example/a'
    }
  }
  return (
    role() +
    textDeltas(text, 5).join('') +
    chunk([{ index: 0, delta: { annotations: [citation] }, finish_reason: null }]) +
    finish('stop') +
    DONE
  )
}

function logprobs(codes: readonly string[]): string {
  const one = (token: string): object => ({ token, logprob: -0.0132, bytes: [...Buffer.from(token)] })
  const deltas = pieces(fill('Grüße an ‹0› und ‹1›.', codes), 4).map(text =>
    chunk([
      {
        index: 0,
        delta: { content: text },
        logprobs: { content: [{ ...one(text), top_logprobs: [one(text), one(' x')] }], refusal: null },
        finish_reason: null
      }
    ])
  )
  return role() + deltas.join('') + finish('stop') + DONE
}

function azure(codes: readonly string[]): string {
  const filter = {
    hate: { filtered: false, severity: 'safe' },
    violence: { filtered: false, severity: 'safe' }
  }
  const first = {
    model: '',
    id: '',
    created: 0,
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: filter }]
  }
  const text = fill(GERMAN, codes)
  const deltas = pieces(text, 9).map(content =>
    chunk([{ index: 0, delta: { content }, content_filter_results: filter, finish_reason: null }])
  )
  const checked = text.indexOf('vielen')
  const offsets = { check_offset: checked, start_offset: checked, end_offset: text.indexOf('Rückfragen') }
  const last = chunk([
    {
      index: 0,
      delta: {},
      content_filter_offsets: offsets,
      content_filter_results: filter,
      finish_reason: null
    }
  ])
  return chunk([], first) + role() + deltas.join('') + finish('stop') + last + DONE
}

function audio(codes: readonly string[]): string {
  const deltas = pieces(fill('Guten Tag ‹0›, hier spricht ‹1›.', codes), 6).map(transcript =>
    chunk([{ index: 0, delta: { audio: { id: 'audio_68e1', transcript } }, finish_reason: null }])
  )
  const data = chunk([
    { index: 0, delta: { audio: { id: 'audio_68e1', data: 'UklGRiQAAABXQVZF' } }, finish_reason: null }
  ])
  const end = chunk([
    { index: 0, delta: { audio: { id: 'audio_68e1', expires_at: 1_763_700_000 } }, finish_reason: null }
  ])
  return role({ content: null }) + deltas.join('') + data + end + finish('stop') + DONE
}

function reasoning(field: 'reasoning_content' | 'reasoning'): Build {
  return codes => {
    const thought = pieces(fill('The user ‹0› asks about ‹1›. Keep ‹0› polite.', codes), 7).map(text =>
      chunk([{ index: 0, delta: { content: null, [field]: text }, finish_reason: null }])
    )
    return (
      role({ content: null }) +
      thought.join('') +
      textDeltas(fill(GERMAN, codes), 6).join('') +
      finish('stop') +
      DONE
    )
  }
}

function parallelTools(codes: readonly string[]): string {
  const mail = fill('{"to":"‹0›","cc":["‹1›"],"body":"Guten Tag ‹0›,\\n\\"eilig\\": bitte an ‹2›."}', codes)
  const note = fill(
    '{"title": "Rückruf ‹1›", "people": {"‹2›": true}, "n": 1.0, "big": 12345678901234567890}',
    codes
  )
  return (
    role({ content: null }) +
    toolOpening(0, 'call_a1', 'send_mail') +
    toolOpening(1, 'call_b2', 'add_note') +
    interleave(toolArguments(0, mail, 3), toolArguments(1, note, 4)) +
    finish('tool_calls') +
    usage() +
    DONE
  )
}

function legacyFunction(codes: readonly string[]): string {
  const open = chunk([
    {
      index: 0,
      delta: { role: 'assistant', content: null, function_call: { name: 'find', arguments: '' } },
      finish_reason: null
    }
  ])
  const deltas = pieces(fill('{"who":"‹0›","where":"‹1›"}', codes), 2).map(text =>
    chunk([{ index: 0, delta: { function_call: { arguments: text } }, finish_reason: null }])
  )
  return open + deltas.join('') + finish('function_call') + DONE
}

function customTool(codes: readonly string[]): string {
  const one = (custom: object, extra: object = {}): string =>
    chunk([{ index: 0, delta: { tool_calls: [{ index: 0, ...extra, custom }] }, finish_reason: null }])
  const open = one({ name: 'shell', input: '' }, { id: 'call_c1', type: 'custom' })
  const deltas = pieces(fill('mail -s "Frage" ‹0› <<< "Hallo ‹1› [[ -f x ]]"', codes), 3).map(input =>
    one({ input })
  )
  return role({ content: null }) + open + deltas.join('') + finish('tool_calls') + DONE
}

function unknownFields(codes: readonly string[]): string {
  const deltas = pieces(fill('Für ‹0› und ‹1›.', codes), 5).map((content, i) =>
    chunk(
      [{ index: 0, delta: { content, x_trace: { step: i, note: 'ok' } }, finish_reason: null, x_seed: 7 }],
      {
        provider: 'Somebody',
        'x-cost': 0.00012
      }
    )
  )
  return role() + deltas.join('') + finish('stop') + DONE
}

const errorBody = (codes: readonly string[]): string =>
  JSON.stringify({
    error: {
      message: fill('The server had an error near "‹0›". Retry.', codes),
      type: 'server_error',
      param: null,
      code: null
    }
  })

function multiLine(codes: readonly string[]): string {
  return answer(fill(GERMAN, codes), 11).replace(/^data: (\{.*\})$/gm, (_all, json: string) =>
    JSON.stringify(JSON.parse(json), null, 2)
      .split('\n')
      .map(line => `data: ${line}`)
      .join('\n')
  )
}

function commented(codes: readonly string[]): string {
  const [first = '', ...rest] = answer(fill(ENGLISH, codes), 8).split('\n\n')
  return `: OPENROUTER PROCESSING\n\n:\n\n${first}\n\n: keep-alive\n\n: in the same block\n${rest.join('\n\n')}`
}

const builds: Record<string, Build> = {
  'text in tokens': codes => answer(fill(ENGLISH, codes), 4),
  'text in single characters': codes => answer(fill(ENGLISH, codes), 1),
  'german text': codes => answer(fill(GERMAN, codes), 5),
  'text in one delta': codes => answer(fill(GERMAN, codes), 10_000),
  'three choices interleaved': codes =>
    role({}, 0) +
    role({}, 1) +
    role({}, 2) +
    interleave(
      textDeltas(fill('Eins: ‹0› und ‹1›', codes), 3, 0),
      textDeltas(fill('Zwei: ‹1›, dann ‹2› und noch einmal ‹0›.', codes), 5, 1),
      textDeltas(fill('‹2›/‹0›', codes), 1, 2)
    ) +
    finish('stop', 2) +
    finish('stop', 0) +
    finish('length', 1) +
    DONE,
  'parallel tool calls interleaved': parallelTools,
  'tool call with escapes cut': codes =>
    toolCall(codes, '{"s":"R\\u00fcckfrage \\ud83d\\ude00 \\\\ \\"‹0›\\"","t":"a\\u2028b\\/‹1›\\tc"}', 1),
  'content "" beside tool_calls': codes =>
    role() +
    textDeltas(fill('Ich frage ‹0›.', codes), 4).join('') +
    chunk([
      {
        index: 0,
        delta: {
          content: '',
          tool_calls: [
            {
              index: 0,
              id: 'call_9',
              type: 'function',
              function: { name: 'ask', arguments: fill('{"q":"‹0› ‹1›"}', codes) }
            }
          ]
        },
        finish_reason: null
      }
    ]) +
    finish('tool_calls') +
    DONE,
  refusal: codes =>
    role({ content: null, refusal: '' }) +
    pieces(fill('I can’t share details about ‹0› or ‹1›.', codes), 3)
      .map(refusal => chunk([{ index: 0, delta: { refusal }, finish_reason: null }]))
      .join('') +
    finish('stop') +
    DONE,
  reasoning_content: reasoning('reasoning_content'),
  reasoning: reasoning('reasoning'),
  logprobs,
  'usage chunk with empty choices': codes =>
    role() + textDeltas(fill(ENGLISH, codes), 7).join('') + finish('stop') + usage() + DONE,
  'finish in the same chunk as content': codes =>
    role() +
    textDeltas(fill('Gruß an ', codes), 3).join('') +
    chunk([{ index: 0, delta: { content: fill('‹0› und ‹1›', codes) }, finish_reason: 'stop' }]) +
    DONE,
  'audio transcript': audio,
  'annotations with offsets': annotated,
  'azure first chunk': azure,
  'deprecated function_call': legacyFunction,
  'custom tool input': customTool,
  'unknown fields': unknownFields,
  'unknown finish_reason': codes =>
    role() + textDeltas(fill('Bis ‹0›', codes), 2).join('') + finish('eos_token_reached') + DONE,
  'content filter without text': () => role() + finish('content_filter') + DONE,
  'ends in a prefix of a code': codes =>
    role() +
    textDeltas(`Das meldet SAP an ${(codes[0] ?? 'PERSON_').slice(0, 7)}`, 3).join('') +
    finish('stop') +
    DONE,
  'code cut off by length': codes =>
    role() +
    textDeltas(`Bitte an ${(codes[0] ?? 'PERSON_K7Q2MX4A').slice(0, -1)}`, 4).join('') +
    finish('length') +
    DONE,
  'brackets and markdown': codes =>
    answer(
      fill(
        '[[ -f x ]] && {{ ‹0› }} <b>‹1›</b> [Link](https://a.example/?q=‹2›)\n- a\n  - [ ] b\n[[[<{{ [‹0›] **‹1›** `‹2›`',
        codes
      ),
      2
    ),
  'surrogate pairs cut over deltas': codes => answer(fill('😀‹0›👩‍👩‍👧‍👦 ‹1›😀😀 𝔐 ‹0›', codes), 1),
  'line feeds as CRLF': codes => answer(fill(GERMAN, codes), 6).replaceAll('\n', '\r\n'),
  'line feeds as CR': codes => answer(fill(GERMAN, codes), 6).replaceAll('\n', '\r'),
  'byte order mark': codes => `\uFEFF${answer(fill(GERMAN, codes), 6)}`,
  'no space after the colon': codes => answer(fill(GERMAN, codes), 6).replaceAll('data: ', 'data:'),
  'data over several lines': multiLine,
  'comments between and inside events': commented,
  'event, id and retry fields': codes =>
    answer(fill(ENGLISH, codes), 9).replace(/^data: \{/gm, 'event: message\nid: 17\nretry: 3000\ndata: {')
}

const broken: Record<string, Build> = {
  'error event in the middle': codes =>
    role() + textDeltas(fill('Gleich kommt ‹0› und', codes), 4).join('') + event(errorBody(codes)),
  'named error event in the middle': codes =>
    role() +
    textDeltas(fill('Gleich kommt ‹0› und', codes), 4).join('') +
    `event: error\n${event(errorBody(codes))}`,
  'no [DONE]': codes => role() + textDeltas(fill(GERMAN, codes), 6).join('') + finish('stop'),
  'no last blank line': codes => answer(fill(GERMAN, codes), 6).trimEnd(),
  'no last blank line, no [DONE]': codes =>
    (role() + textDeltas(fill(GERMAN, codes), 6).join('') + finish('stop')).trimEnd(),
  'ends in the middle of a code': codes =>
    role() + textDeltas(`Bitte an ${(codes[0] ?? 'PERSON_K7Q2MX4A').slice(0, 9)}`, 4).join('')
}

const list = (group: Record<string, Build>, complete: boolean): RecordedStream[] =>
  Object.entries(group).map(([name, build]) => ({
    name,
    complete,
    truncatesCode: /of a code|code cut off/.test(name),
    build: codes => Buffer.from(build(codes))
  }))

export const recordedStreams: readonly RecordedStream[] = [...list(builds, true), ...list(broken, false)]

/** One stream by name. */
export function recordedStream(name: string): RecordedStream {
  const found = recordedStreams.find(stream => stream.name === name)
  if (!found) throw new Error(`no recorded stream is called ${name}`)
  return found
}
