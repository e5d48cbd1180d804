/** Parts that chat completion streams are built of. All return SSE text. */

export const DONE = 'data: [DONE]\n\n'

const ENVELOPE = {
  id: 'chatcmpl-CfT3nq8WvKx0',
  object: 'chat.completion.chunk',
  created: 1_763_683_200,
  model: 'gpt-4.1-2025-04-14',
  service_tier: 'default',
  system_fingerprint: 'fp_51e1070cf2'
}

/** One event with one line of data. */
export const event = (data: string): string => `data: ${data}\n\n`

/** One chunk; `extra` overrides fields of the envelope. */
export const chunk = (choices: readonly object[], extra: object = {}): string =>
  event(JSON.stringify({ ...ENVELOPE, ...extra, choices }))

const delta = (fields: object, index = 0): string =>
  chunk([{ index, delta: fields, logprobs: null, finish_reason: null }])

/** The first chunk of a choice: role, no text yet. */
export const role = (fields: object = {}, index = 0): string =>
  delta({ role: 'assistant', content: '', refusal: null, ...fields }, index)

/** Cuts by UTF-16 units, also inside surrogate pairs, as providers do. */
export function pieces(text: string, size: number): string[] {
  const out: string[] = []
  for (let at = 0; at < text.length; at += size) out.push(text.slice(at, at + size))
  return out
}

/** Text as content deltas of `size` UTF-16 units. */
export const textDeltas = (text: string, size: number, index = 0): string[] =>
  pieces(text, size).map(content => delta({ content }, index))

/** The chunk that opens a tool call. */
export const toolOpening = (call: number, id: string, name: string, index = 0): string =>
  delta({ tool_calls: [{ index: call, id, type: 'function', function: { name, arguments: '' } }] }, index)

/** JSON source text as argument deltas of one tool call. */
export const toolArguments = (call: number, source: string, size: number, index = 0): string[] =>
  pieces(source, size).map(text =>
    delta({ tool_calls: [{ index: call, function: { arguments: text } }] }, index)
  )

/** The chunk that closes a choice. */
export const finish = (reason: string, index = 0): string =>
  chunk([{ index, delta: {}, logprobs: null, finish_reason: reason }])

/** The chunk `stream_options.include_usage` asks for. */
export const usage = (): string =>
  chunk([], {
    usage: {
      prompt_tokens: 87,
      completion_tokens: 41,
      total_tokens: 128,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 }
    }
  })

/** Puts codes into the slots `‹0›`, `‹1›` …; with fewer codes than slots they are used in turn. */
export function fill(template: string, codes: readonly string[]): string {
  return template.replace(/‹(\d)›/g, (slot, digit: string) => codes[Number(digit) % codes.length] ?? slot)
}
