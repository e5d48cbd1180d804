import {
  array,
  count,
  either,
  identifier,
  noted,
  object,
  type Shape,
  skip,
  text,
  url,
  word
} from '../../../core/json/shape.ts'
import { anything, extension, metadata, offset, untouched, usage } from '../answer-parts.ts'

/**
 * What comes back from Responses and Conversations: items, whole objects, lists, stream events. Requests are echoed in
 * them (instructions, tools, metadata …), so every string is restored that is no id, signature or encrypted state.
 */

const annotation: Shape = object(
  {
    type: word,
    title: identifier,
    url,
    filename: identifier,
    file_id: skip,
    container_id: skip,
    start_index: offset,
    end_index: offset,
    index: offset
  },
  extension
)

const part: Shape = object(
  {
    type: word,
    text,
    refusal: text,
    transcript: text,
    annotations: array(annotation),
    logprobs: untouched,
    file_id: skip,
    file_data: skip,
    image_url: { string: 'media' },
    filename: identifier,
    encrypted_content: skip,
    stdout: text,
    stderr: text
  },
  extension
)

const item: Shape = object(
  {
    type: word,
    id: skip,
    call_id: skip,
    approval_request_id: skip,
    container_id: skip,
    encrypted_content: skip,
    fingerprint: skip,
    role: word,
    status: word,
    phase: word,
    caller: object({ type: word, caller_id: skip }, extension),
    content: either(text, array(part)),
    summary: array(part),
    arguments: { ...anything, string: 'json' },
    input: text,
    output: either(text, {
      array: part,
      ...object({ type: word, image_url: { string: 'media' }, file_id: skip }, extension)
    }),
    result: { string: 'unknown' },
    code: text,
    outputs: array(object({ type: word, logs: text, url }, extension)),
    queries: array(text),
    results: array(
      object({ text, filename: identifier, file_id: skip, score: count, attributes: anything }, extension)
    ),
    operation: object({ type: word, path: text, diff: text }, extension),
    reason: text,
    revised_prompt: text
  },
  extension
)

const fields = {
  id: noted('object', skip),
  object: word,
  created_at: count,
  completed_at: count,
  model: skip,
  status: word,
  previous_response_id: skip,
  conversation: object({ id: skip }, extension),
  output: array(item),
  data: array(item),
  first_id: skip,
  last_id: skip,
  instructions: either(text, array(item)),
  metadata,
  usage,
  input_tokens: noted('inputTokens', count),
  error: extension
}

/** A response, a conversation, a compaction, a list of items, one item: they share their names. */
export const responsesAnswer: Shape = object({ ...fields, ...Object.fromEntries(itemFields()) }, extension)

function itemFields(): [string, Shape][] {
  const own = [...(item.object?.fields ?? [])]
  return own.filter(([name]) => !(name in fields)).map(([name, shape]) => [name, shape])
}

/** Events of the stream. Every text in them but a delta says again what deltas said. */
export const responsesEvent: Shape = object(
  {
    type: noted('event', word),
    sequence_number: noted('sequence', count),
    output_index: noted('outputIndex', count),
    content_index: noted('contentIndex', count),
    summary_index: noted('summaryIndex', count),
    command_index: noted('commandIndex', count),
    annotation_index: count,
    partial_image_index: count,
    item_id: skip,
    response_id: skip,
    response: object(fields, extension),
    item,
    part,
    annotation,
    delta: either(text, object({ stdout: text, stderr: text }, extension)),
    text,
    refusal: text,
    transcript: text,
    arguments: { string: 'json' },
    input: text,
    code: text,
    command: text,
    output: array(part),
    name: identifier,
    message: text,
    logprobs: untouched,
    partial_image_b64: skip,
    obfuscation: noted('padding', skip),
    error: anything
  },
  extension
)
