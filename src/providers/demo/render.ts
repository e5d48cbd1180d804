import { CHARS_PER_TOKEN, type Choice } from './answer.ts'
import type { ChatRequest } from './request.ts'

/** What names one answer: its ids are derived from `seed`, 64 hex digits, so that equal requests get equal ids. */
export interface Stamp {
  readonly seed: string
  /** Seconds since the epoch. */
  readonly created: number
}

/** Small and uneven, so that words and codes are cut everywhere. */
const SIZES = [4, 1, 6, 3, 5, 2, 9]
/** A longer text is cut into larger pieces instead of more. */
const MAX_PIECES = 2000

/** A chat completion as JSON text. */
export function renderJson(request: ChatRequest, choices: readonly Choice[], stamp: Stamp): string {
  return JSON.stringify({
    ...common(request, stamp, 'chat.completion'),
    choices: choices.map((choice, index) => ({
      index,
      message: {
        role: 'assistant',
        content: choice.content,
        ...(choice.toolCalls.length > 0 && {
          tool_calls: choice.toolCalls.map((call, at) => ({
            id: callId(stamp, index, at),
            type: 'function',
            function: { name: call.name, arguments: call.arguments }
          }))
        }),
        refusal: null,
        annotations: []
      },
      logprobs: null,
      finish_reason: choice.finishReason
    })),
    usage: usage(request, choices)
  })
}

/** The same answer as server-sent events, one per item, made as they are asked for. */
export function* renderEvents(
  request: ChatRequest,
  choices: readonly Choice[],
  stamp: Stamp
): Generator<string, void, undefined> {
  const head = common(request, stamp, 'chat.completion.chunk')
  const tail = request.includeUsage ? { usage: null } : {}
  const running = choices.map((choice, index) => deltas(choice, index, stamp))
  // Choices take turns, as they do when a provider generates them side by side.
  for (let open = running.length; open > 0; ) {
    open = 0
    for (const [index, choice] of running.entries()) {
      const next = choice.next()
      if (next.done === true) continue
      open += 1
      const { delta, finishReason } = next.value
      yield event({
        ...head,
        choices: [{ index, delta, logprobs: null, finish_reason: finishReason }],
        ...tail
      })
    }
  }
  if (request.includeUsage) yield event({ ...head, choices: [], usage: usage(request, choices) })
  yield 'data: [DONE]\n\n'
}

interface Step {
  readonly delta: object
  readonly finishReason: string | null
}

function* deltas(choice: Choice, index: number, stamp: Stamp): Generator<Step, void, undefined> {
  const content = choice.content === null ? null : ''
  yield { delta: { role: 'assistant', content, refusal: null }, finishReason: null }
  for (const piece of pieces(choice.content ?? '', index)) {
    yield { delta: { content: piece }, finishReason: null }
  }
  for (const [at, call] of choice.toolCalls.entries()) {
    const start = { name: call.name, arguments: '' }
    const id = callId(stamp, index, at)
    yield {
      delta: { tool_calls: [{ index: at, id, type: 'function', function: start }] },
      finishReason: null
    }
  }
  const running = choice.toolCalls.map((call, at) => pieces(call.arguments, at))
  for (let open = running.length; open > 0; ) {
    open = 0
    for (const [at, call] of running.entries()) {
      const next = call.next()
      if (next.done === true) continue
      open += 1
      yield {
        delta: { tool_calls: [{ index: at, function: { arguments: next.value } }] },
        finishReason: null
      }
    }
  }
  yield { delta: {}, finishReason: choice.finishReason }
}

/** Cuts text into small pieces, never inside a surrogate pair. */
function* pieces(text: string, offset: number): Generator<string, void, undefined> {
  const least = Math.ceil(text.length / MAX_PIECES)
  let at = 0
  for (let turn = offset; at < text.length; turn += 1) {
    let end = at + Math.max(least, SIZES[turn % SIZES.length] ?? 1)
    const last = text.charCodeAt(end - 1)
    if (last >= 0xd800 && last < 0xdc00) end += 1
    yield text.slice(at, end)
    at = end
  }
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

function common(request: ChatRequest, stamp: Stamp, object: string) {
  return {
    id: `chatcmpl-${stamp.seed.slice(0, 29)}`,
    object,
    created: stamp.created,
    model: request.model,
    service_tier: 'default',
    system_fingerprint: 'fp_demo'
  }
}

function callId(stamp: Stamp, choice: number, call: number): string {
  return `call_${stamp.seed.slice(29, 51)}${choice}${call}`
}

function usage(request: ChatRequest, choices: readonly Choice[]) {
  const prompt = request.messages.reduce((sum, message) => sum + tokens(message.text), 0)
  const completion = choices.reduce(
    (sum, choice) =>
      choice.toolCalls.reduce(
        (sum, call) => sum + tokens(call.arguments),
        sum + tokens(choice.content ?? '')
      ),
    0
  )
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0
    }
  }
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN)
}
