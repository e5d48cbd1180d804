import {
  array,
  count,
  either,
  identifier,
  index,
  noted,
  object,
  recursive,
  type Shape,
  scalar,
  skip,
  structure,
  text,
  url,
  word
} from '../../core/json/shape.ts'

/**
 * Field maps of chat completion answers: whole (`ChatCompletion`), streamed (`chat.completion.chunk`) and errors.
 * Signed thinking, ids, token lists and offsets are never altered, except offsets into text that was.
 */

/** Strings of any shape are restored; numbers and keys stay as they came. */
const anything: Shape = recursive('JSON', self => ({
  string: 'text',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** Structure that a provider adds: strings may quote the request and are restored. */
const extension: Shape = recursive('JSON', self => ({
  string: 'unknown',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** Tokens of the pseudonymised text: they no longer spell the restored one and are passed on as they are. */
const logprobs: Shape = recursive('untouched', self => ({
  string: 'skip',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))

const offset: Shape = noted('offset', count)

const annotation: Shape = object(
  {
    type: word,
    url_citation: object({ title: identifier, url, start_index: offset, end_index: offset }, extension),
    file_citation: object({ file_id: skip, filename: identifier, index: offset }, extension)
  },
  extension
)

const functionCall: Shape = object(
  {
    name: identifier,
    arguments: either({ string: 'json' }, anything),
    thought_signature: skip
  },
  extension
)

const toolCall: Shape = object(
  {
    id: skip,
    index,
    type: word,
    function: functionCall,
    custom: object({ name: identifier, input: text }, extension),
    extra_content: object({ google: object({ thought_signature: skip }, extension) }, extension)
  },
  extension
)

const reasoningDetail: Shape = object(
  {
    type: word,
    id: skip,
    format: word,
    index,
    text,
    summary: text,
    data: skip,
    signature: skip
  },
  extension
)

/** Mistral and others answer with parts; signed thinking among them stays as it is. */
const part: Shape = object(
  {
    type: word,
    text,
    refusal: text,
    thinking: logprobs,
    signature: skip,
    reference_ids: array(scalar),
    image_url: extension
  },
  extension
)

const message: Shape = object(
  {
    role: word,
    content: either(text, array(part)),
    refusal: text,
    reasoning_content: text,
    reasoning: text,
    reasoning_details: array(reasoningDetail),
    thinking_blocks: logprobs,
    tool_calls: array(toolCall),
    function_call: functionCall,
    audio: object({ id: skip, data: skip, transcript: text, expires_at: count }, extension),
    annotations: array(annotation),
    context: extension,
    provider_specific_fields: extension
  },
  extension
)

const filterOffsets: Shape = object(
  { check_offset: offset, start_offset: offset, end_offset: offset },
  extension
)

const choice = (field: string): Shape =>
  object(
    {
      index,
      [field]: message,
      finish_reason: noted('finish', word),
      logprobs,
      content_filter_results: structure,
      content_filter_offsets: filterOffsets
    },
    extension
  )

const usage: Shape = object(
  {
    prompt_tokens: noted('inputTokens', count),
    completion_tokens: noted('outputTokens', count),
    prompt_tokens_details: object({ cached_tokens: noted('cachedInputTokens', count) }, extension),
    completion_tokens_details: object({ reasoning_tokens: noted('reasoningTokens', count) }, extension)
  },
  extension
)

const envelope = {
  id: skip,
  object: word,
  created: count,
  model: skip,
  system_fingerprint: skip,
  service_tier: word,
  usage,
  metadata: { object: { fields: new Map(), rest: text } },
  prompt_logprobs: logprobs,
  prompt_token_ids: logprobs
} satisfies Record<string, Shape>

export const chatAnswer: Shape = object({ ...envelope, choices: array(choice('message')) }, extension)

export const chatChunk: Shape = object(
  {
    ...envelope,
    choices: array(choice('delta')),
    obfuscation: noted('padding', skip),
    error: noted('error', anything)
  },
  extension
)

export const failure: Shape = anything
