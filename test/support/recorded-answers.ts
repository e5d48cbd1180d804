import { fill } from './stream-parts.ts'

/** A whole chat completion as a provider sends it; `build(codes)` puts the codes of a request into its slots. */
export interface RecordedAnswer {
  readonly name: string
  build(codes: readonly string[]): string
}

const ENVELOPE =
  '"id":"chatcmpl-CfT3nq8WvKx0","object":"chat.completion","created":1763683200,"model":"gpt-4.1-2025-04-14"'
const USAGE =
  '"usage":{"prompt_tokens":87,"completion_tokens":41,"total_tokens":128},"service_tier":"default","system_fingerprint":"fp_51e1070cf2"'

const message = (fields: string): string => `{"role":"assistant",${fields}}`
const choice = (index: number, fields: string, finish = 'stop'): string =>
  `{"index":${index},"message":${message(fields)},"logprobs":null,"finish_reason":"${finish}"}`
const answer = (...choices: readonly string[]): string =>
  `{${ENVELOPE},"choices":[${choices.join(',')}],${USAGE}}`

/** Templates are JSON text, so that spacing, escapes and numbers arrive as providers write them. */
const templates: Record<string, string> = {
  text: answer(
    choice(
      0,
      '"content":"Guten Tag ‹0›,\\n\\nbitte \\"‹1›\\" prüfen. Grüße, ‹2›","refusal":null,"annotations":[]'
    )
  ),
  'two choices': answer(
    choice(0, '"content":"An ‹0› und ‹1›.","refusal":null'),
    choice(1, '"content":"‹2›: bitte an ‹0›.","refusal":null', 'length')
  ),
  'parallel tool calls': answer(
    choice(
      0,
      '"content":null,"tool_calls":[' +
        '{"id":"call_a1","type":"function","function":{"name":"send_mail","arguments":"{\\"to\\":\\"‹0›\\",\\"n\\":1.0,\\"big\\":12345678901234567890}"}},' +
        '{"id":"call_b2","type":"function","function":{"name":"note","arguments":"{ \\"text\\" : \\"R\\\\u00fcckruf ‹1›\\\\n\\", \\"‹2›\\": true }"}}]',
      'tool_calls'
    )
  ),
  'custom tool call': answer(
    choice(
      0,
      '"content":"","tool_calls":[{"id":"call_c","type":"custom","custom":{"name":"shell","input":"mail ‹0› \\"‹1›\\""}}]',
      'tool_calls'
    )
  ),
  'deprecated function_call': answer(
    choice(
      0,
      '"content":null,"function_call":{"name":"find","arguments":"{\\"who\\":\\"‹0›\\"}"}',
      'function_call'
    )
  ),
  refusal: answer(choice(0, '"content":null,"refusal":"Zu ‹0› sage ich nichts."')),
  reasoning: answer(choice(0, '"reasoning_content":"‹0› fragt nach ‹1›.","content":"Antwort an ‹0›."')),
  'audio transcript': answer(
    choice(
      0,
      '"content":null,"audio":{"id":"audio_1","data":"UklGRiQAAABXQVZF","expires_at":1763700000,"transcript":"Guten Tag ‹0›."}'
    )
  ),
  'spaces, escapes and odd numbers': `{ ${ENVELOPE} ,\n "x-cost": 1.50e-4, "big": 12345678901234567890, "1": -0.0,\n "choices" : [ ${choice(0, '"content" : "Gr\\u00fc\\u00dfe \\/ \\ud83d\\ude00 ‹0›\\u2028‹1›" , "x": {"b":1,"a":2,"10":3,"9":4}')} ],\n ${USAGE} }\n`
}

export const recordedAnswers: readonly RecordedAnswer[] = Object.entries(templates).map(
  ([name, template]) => ({
    name,
    build: codes => fill(template, codes)
  })
)
