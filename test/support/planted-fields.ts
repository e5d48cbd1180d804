/** Places for a text in a chat request: each field that carries one, known and unknown. */

export type Body = Record<string, unknown>
export const user = (content: unknown): Body => ({ messages: [{ role: 'user', content }] })
const tool = (fields: object): Body => ({
  ...user('x'),
  tools: [{ type: 'function', function: { name: 'f', ...fields } }]
})
export const assistant = (fields: object): Body => ({
  messages: [
    { role: 'user', content: 'x' },
    { role: 'assistant', content: null, ...fields }
  ]
})

/** A field of the request, given a text that holds the planted value. */
export const chatFields: Readonly<Record<string, (text: string, value: string) => Body>> = {
  'user content': text => user(text),
  'content part': text => user([{ type: 'text', text }]),
  'system content': text => ({ messages: [{ role: 'system', content: text }] }),
  'developer content': text => ({ messages: [{ role: 'developer', content: text }] }),
  'unknown role': text => ({ messages: [{ role: text, content: 'x' }] }),
  'unknown part': text => user([{ type: 'memo', memo: { deep: [text] } }]),
  'list of strings': text => user([text]),
  'assistant history': text => assistant({ content: text }),
  refusal: text => assistant({ refusal: text }),
  reasoning: text =>
    assistant({ reasoning_content: text, reasoning_details: [{ type: 'reasoning.text', text }] }),
  'tool call arguments': text =>
    assistant({
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'f', arguments: JSON.stringify({ to: text }) } }
      ]
    }),
  'nested tool call arguments': text =>
    assistant({
      tool_calls: [
        {
          id: 'a',
          type: 'function',
          function: { name: 'f', arguments: JSON.stringify({ body: JSON.stringify({ to: text }) }) }
        }
      ]
    }),
  'cut tool call arguments': text =>
    assistant({
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'f', arguments: `{"to":${JSON.stringify(text)}` } }
      ]
    }),
  'custom tool input': text =>
    assistant({ tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'f', input: text } }] }),
  'legacy function call': text =>
    assistant({ function_call: { name: 'f', arguments: JSON.stringify({ to: text }) } }),
  'tool result': text => ({ messages: [{ role: 'tool', tool_call_id: 'a', content: text }] }),
  'tool result as JSON': text => ({
    messages: [{ role: 'tool', tool_call_id: 'a', content: JSON.stringify({ text, list: [text] }) }]
  }),
  'tool description': text => tool({ description: text }),
  'schema texts': text =>
    tool({
      parameters: {
        type: 'object',
        properties: {
          a: {
            description: text,
            title: text,
            default: text,
            const: text,
            enum: [text],
            examples: [text],
            anyOf: [{ description: text }]
          }
        }
      }
    }),
  'tool name': (_text, value) => tool({ name: value }),
  'pattern of a schema': (_text, value) => tool({ parameters: { pattern: value } }),
  'name of a participant': (_text, value) => ({ messages: [{ role: 'user', name: value, content: 'x' }] }),
  prediction: text => ({ ...user('x'), prediction: { type: 'content', content: text } }),
  stop: text => ({ ...user('x'), stop: [text] }),
  'user and safety identifier': (_text, value) => ({
    ...user('x'),
    user: value,
    safety_identifier: value,
    prompt_cache_key: value
  }),
  'metadata value': text => ({ ...user('x'), metadata: { note: text } }),
  'structured output': text => ({
    ...user('x'),
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'n', description: text, schema: { properties: { a: { enum: [text] } } } }
    }
  }),
  'unknown field': text => ({ ...user('x'), fresh: { deep: [{ text }] } }),
  'provider extension': text => ({
    ...user('x'),
    documents: [{ text }],
    chat_template_kwargs: { a: text },
    extra_body: { b: text }
  })
}
