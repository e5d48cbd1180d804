import {
  array,
  count,
  either,
  fixed,
  noted,
  object,
  type Shape,
  skip,
  structure,
  text,
  word
} from '../../../core/json/shape.ts'
import { schema } from '../json-schema.ts'

/** What goes to assistants, threads and runs. Source: openai-node 7.57 types. */

const used = noted('uses', skip)
const metadata: Shape = { object: { fields: new Map(), rest: text } }

const tool = object({
  type: noted('tool', word),
  function: object({ name: fixed, description: text, parameters: schema, strict: {} }),
  file_search: structure
})

const resources = object({
  code_interpreter: object({ file_ids: array(used) }),
  file_search: object({
    vector_store_ids: array(used),
    vector_stores: array(object({ file_ids: array(used), metadata, chunking_strategy: structure }))
  })
})

const responseFormat = either(
  word,
  object({ type: word, json_schema: object({ name: fixed, description: text, schema, strict: {} }) })
)

const part = object({
  type: word,
  text,
  image_url: object({ url: noted('image', { string: 'media' }), detail: word }),
  image_file: object({ file_id: noted('file', skip), detail: word })
})

const message = {
  role: noted('role', word),
  content: either(text, array(part)),
  attachments: array(object({ file_id: noted('file', skip), tools: array(object({ type: word })) })),
  metadata
} satisfies Record<string, Shape>

const thread = { messages: array(object(message)), metadata, tool_resources: resources }

const settings = {
  model: noted('model', fixed),
  instructions: text,
  metadata,
  temperature: count,
  top_p: count,
  reasoning_effort: word,
  response_format: responseFormat,
  tools: array(tool)
} satisfies Record<string, Shape>

const run = {
  ...settings,
  assistant_id: used,
  max_completion_tokens: count,
  max_prompt_tokens: count,
  parallel_tool_calls: {},
  stream: noted('stream', {}),
  tool_choice: either(word, object({ type: word, function: object({ name: fixed }) })),
  truncation_strategy: structure
} satisfies Record<string, Shape>

export const assistantRequest = object({
  ...settings,
  name: text,
  description: text,
  tool_resources: resources
})
export const threadRequest = object(thread)
export const messageRequest = object(message)
export const metadataRequest = object({ metadata })
export const runRequest = object({
  ...run,
  additional_instructions: text,
  additional_messages: array(object(message))
})
export const threadRunRequest = object({ ...run, thread: object(thread), tool_resources: resources })
export const toolOutputs = object({
  tool_outputs: array(object({ output: text, tool_call_id: skip })),
  stream: noted('stream', {})
})
