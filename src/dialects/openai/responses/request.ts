import {
  array,
  count,
  either,
  fixed,
  identifier,
  noted,
  object,
  type Shape,
  skip,
  structure,
  text,
  word
} from '../../../core/json/shape.ts'
import { schema } from '../json-schema.ts'
import { items, part } from './items.ts'
import { tool, toolChoice } from './tools.ts'

export const metadata: Shape = { object: { fields: new Map(), rest: text } }
const stateId: Shape = noted('names', skip)

/** Field map of `POST /responses`, `/responses/compact` and `/responses/input_tokens`. Source: openai-node 7.57. */
export const responsesRequest: Shape = object({
  model: noted('model', { string: 'fixed' }),
  input: either(noted('input', text), items),
  instructions: text,
  personality: text,
  prompt: object({
    id: skip,
    version: skip,
    variables: { object: { fields: new Map(), rest: { ...text, ...part } } }
  }),
  conversation: either({ string: 'skip' }, object({ id: stateId }), { note: 'names' }),
  previous_response_id: stateId,
  metadata,
  user: identifier,
  safety_identifier: identifier,
  prompt_cache_key: identifier,
  prompt_cache_retention: word,
  prompt_cache_options: structure,
  text: object({
    format: object({ type: word, name: fixed, description: text, schema, strict: {} }),
    verbosity: word
  }),
  tools: array(tool),
  tool_choice: toolChoice,
  parallel_tool_calls: {},
  max_tool_calls: count,
  reasoning: structure,
  include: array(word),
  context_management: structure,
  moderation: structure,
  truncation: word,
  background: {},
  store: noted('store', {}),
  stream: noted('stream', {}),
  stream_options: object({ include_obfuscation: {}, include_usage: {} }),
  max_output_tokens: count,
  temperature: count,
  top_p: count,
  top_logprobs: count,
  service_tier: word
})

/** Field map of `POST /conversations` and its items. */
export const conversationRequest: Shape = object({ items, metadata })
