import {
  array,
  count,
  either,
  identifier,
  index,
  noted,
  object,
  type Shape,
  scalar,
  skip,
  structure,
  text,
  word
} from '../../core/json/shape.ts'
import { annotation, anything, extension, metadata, offset, untouched, usage } from './answer-parts.ts'

/**
 * Field maps of chat completion answers: whole (`ChatCompletion`), streamed (`chat.completion.chunk`) and errors.
 * Signed thinking, ids, token lists and offsets are never altered, except offsets into text that was.
 */

const functionCall: Shape = object(
  {
    name: identifier,
    arguments: { ...anything, string: 'json' },
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

/** Signed thinking is remembered, and goes back as it came. */
const signed: Shape = noted('signed', skip)
const thinking: Shape = either(signed, array(object({ type: skip, text: signed }, untouched)))
const signature: Shape = noted('signature', skip)
const thinkingBlock: Shape = object({ type: skip, thinking, signature, data: skip }, untouched)

/** Mistral and others answer with parts; signed thinking among them stays as it is. */
const part: Shape = object(
  {
    type: word,
    text,
    refusal: text,
    thinking,
    signature,
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
    thinking_blocks: array(thinkingBlock),
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
      logprobs: untouched,
      content_filter_results: structure,
      content_filter_offsets: filterOffsets
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
  metadata,
  prompt_logprobs: untouched,
  prompt_token_ids: untouched
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
