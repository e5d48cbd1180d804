import { compatible } from './compatible.ts'
import { schema } from './json-schema.ts'
import {
  array,
  count,
  either,
  FREE,
  fixed,
  identifier,
  noted,
  object,
  type Shape,
  scalar,
  skip,
  structure,
  text,
  url,
  word
} from '../../core/json/shape.ts'

/**
 * Field map of `POST /chat/completions` requests: OpenAI's fields (openai 7.57 types, published API description) and
 * those that compatible providers add (vLLM, LiteLLM, OpenRouter, Azure, Mistral, llama.cpp).
 * A field that is not here is unknown: scanned, and rewritten only when it reads like text.
 */

/** What an assistant's message holds is an earlier answer. */
function said(shape: Shape): Shape {
  return noted('said', shape)
}

/** Signed thinking goes back as the provider wrote it; where that is not known it is scanned, and never altered. */
const thinking: Shape = either(said(fixed), array(object({ type: word, text: said(fixed) })))
const signedThinking: Shape = object({
  type: word,
  thinking,
  signature: skip,
  data: skip
})

const imageUrl: Shape = noted(
  'image',
  either({ string: 'media' }, object({ url: { string: 'media' }, detail: word }))
)

const part: Shape = object({
  type: word,
  text: said(text),
  refusal: said(text),
  image_url: imageUrl,
  input_audio: noted('audio', either(skip, object({ data: skip, format: word }))),
  file: object({
    file_data: noted('file', skip),
    file_id: noted('file', skip),
    filename: identifier,
    format: word
  }),
  video_url: noted('file', either({ string: 'media' }, object({ url: { string: 'media' } }))),
  document_url: noted('file', either({ string: 'media' }, object({ url: { string: 'media' } }))),
  document_name: identifier,
  file_id: noted('file', skip),
  thinking,
  signature: skip,
  reference_ids: array(scalar),
  cache_control: structure
})

const toolCall: Shape = object({
  id: skip,
  index: count,
  type: word,
  function: object({ name: fixed, arguments: said(FREE), thought_signature: skip }),
  custom: object({ name: fixed, input: said(text) }),
  extra_content: object({ google: object({ thought_signature: skip }) })
})

const reasoningDetail: Shape = object({
  type: word,
  id: skip,
  format: word,
  index: count,
  text: said(text),
  summary: said(text),
  data: skip,
  signature: skip
})

const message: Shape = object({
  role: noted('role', word),
  content: said(either(text, array(either(text, part)))),
  name: identifier,
  refusal: said(text),
  tool_calls: array(toolCall),
  tool_call_id: skip,
  function_call: object({ name: fixed, arguments: said(FREE) }),
  audio: object({ id: skip, data: noted('audio', skip), transcript: text, expires_at: count }),
  annotations: array(
    object({
      type: word,
      url_citation: object({ title: text, url, start_index: count, end_index: count })
    })
  ),
  reasoning_content: said(text),
  reasoning: said(text),
  reasoning_details: array(reasoningDetail),
  thinking_blocks: array(signedThinking),
  provider_specific_fields: FREE,
  content_blocks: FREE,
  prefix: {},
  cache_control: structure
})

const tool: Shape = object({
  type: word,
  function: object({ name: fixed, description: text, parameters: schema, strict: {} }),
  custom: object({
    name: fixed,
    description: text,
    format: object({ type: word, grammar: object({ syntax: word, definition: fixed }) })
  }),
  cache_control: structure
})

const toolChoice: Shape = either(
  word,
  object({
    type: word,
    function: object({ name: fixed }),
    custom: object({ name: fixed }),
    allowed_tools: object({
      mode: word,
      tools: array(object({ type: word, function: object({ name: fixed }), custom: object({ name: fixed }) }))
    })
  })
)

const responseFormat: Shape = object({
  type: word,
  json_schema: object({ name: fixed, description: text, schema, strict: {} })
})

const texts: Shape = either(text, array(text))

export const chatRequest: Shape = object({
  ...compatible,
  messages: array(message),
  model: noted('model', fixed),
  stream: noted('stream', {}),
  stream_options: object({ include_usage: {}, include_obfuscation: {} }),
  tools: array(tool),
  functions: array(object({ name: fixed, description: text, parameters: schema })),
  tool_choice: toolChoice,
  function_call: either(word, object({ name: fixed })),
  parallel_tool_calls: {},
  response_format: responseFormat,
  prediction: object({ type: word, content: either(text, array(part)) }),
  stop: noted('stop', texts),
  user: identifier,
  safety_identifier: identifier,
  prompt_cache_key: identifier,
  prompt_cache_retention: word,
  prompt_cache_options: structure,
  metadata: { object: { fields: new Map(), rest: text } },
  web_search_options: noted(
    'providerTools',
    object({
      search_context_size: word,
      user_location: object({
        type: word,
        approximate: object({ city: text, region: text, country: text, timezone: fixed })
      })
    })
  ),
  audio: noted('audio', object({ voice: either(word, object({ id: skip })), format: word })),
  modalities: array(word),
  moderation: object({ model: fixed }),
  logit_bias: { object: { fields: new Map(), rest: count } },
  logprobs: {},
  top_logprobs: count,
  max_tokens: count,
  max_completion_tokens: count,
  n: count,
  seed: count,
  temperature: count,
  top_p: count,
  frequency_penalty: count,
  presence_penalty: count,
  store: {},
  service_tier: word,
  reasoning_effort: word,
  verbosity: word
})
