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
  skip,
  structure,
  text,
  url,
  word
} from '../../../core/json/shape.ts'
import { schema } from '../json-schema.ts'
import { environment, tool } from './tools.ts'

/**
 * Input items of Responses and Conversations. One map for all item types: a field means the same in each that has it.
 * Ids, signatures and encrypted state pass byte for byte. Source: openai-node 7.57 `ResponseInputItem`.
 */

/** What the model's own items hold is an earlier answer. */
function said(shape: Shape): Shape {
  return noted('said', shape)
}

const media: Shape = { string: 'media' }

const annotation: Shape = object({
  type: word,
  title: text,
  url,
  text,
  filename: identifier,
  file_id: skip,
  container_id: skip,
  start_index: count,
  end_index: count,
  index: count
})

const logprob: Shape = object({
  token: text,
  logprob: count,
  bytes: array(count),
  top_logprobs: array(object({ token: text, logprob: count, bytes: array(count) }))
})

/** A part of a message, an output, a summary. */
export const part: Shape = object({
  type: word,
  text: said(text),
  refusal: said(text),
  transcript: text,
  image_url: noted('image', either(media, object({ url: media, detail: word }))),
  detail: word,
  file_id: noted('file', skip),
  file_data: noted('file', skip),
  file_url: noted('file', media),
  filename: identifier,
  input_audio: noted('audio', either(skip, object({ data: skip, format: word }))),
  annotations: array(annotation),
  logprobs: array(logprob),
  encrypted_content: skip,
  prompt_cache_breakpoint: structure,
  // of a shell output
  stdout: text,
  stderr: text,
  outcome: structure,
  created_by: skip
})

const action: Shape = object({
  type: word,
  query: text,
  queries: array(text),
  sources: array(object({ type: word, url })),
  url,
  pattern: text,
  text,
  keys: array(text),
  button: word,
  x: count,
  y: count,
  scroll_x: count,
  scroll_y: count,
  path: array(object({ x: count, y: count })),
  command: array(text),
  commands: array(text),
  env: FREE,
  user: identifier,
  working_directory: text,
  timeout_ms: count,
  max_output_length: count
})

const safetyCheck: Shape = object({ id: skip, code: word, message: text })

export const item: Shape = object({
  type: noted('item', word),
  id: skip,
  call_id: skip,
  approval_request_id: skip,
  container_id: skip,
  encrypted_content: skip,
  fingerprint: skip,
  created_by: skip,
  caller: object({ type: word, caller_id: skip }),
  agent: object({ agent_name: fixed }),
  author: fixed,
  recipient: fixed,
  role: noted('role', word),
  status: word,
  phase: word,
  name: fixed,
  namespace: fixed,
  server_label: fixed,
  content: said(either(text, array(either(text, part)))),
  summary: array(part),
  arguments: said(FREE),
  input: said(text),
  output: either(text, {
    array: part,
    ...object({ type: word, image_url: noted('image', media), file_id: noted('file', skip) })
  }),
  // a program's result is text, a picture's is Base64: text that looks encoded is never altered
  result: noted('result', { string: 'unknown' }),
  revised_prompt: text,
  prompt: text,
  code: said(text),
  outputs: array(object({ type: word, logs: text, url })),
  queries: array(text),
  results: array(object({ text, filename: identifier, file_id: skip, score: count, attributes: FREE })),
  action: either(word, action),
  actions: array(action),
  operation: object({ type: word, path: text, diff: text }),
  environment,
  execution: word,
  max_output_length: count,
  error: either(
    text,
    object({ type: word, code: { string: 'enum', number: 'skip' }, message: text, content: FREE })
  ),
  reason: text,
  approve: {},
  pending_safety_checks: array(safetyCheck),
  acknowledged_safety_checks: array(safetyCheck),
  tools: array(tool),
  text: object({
    format: object({ type: word, name: fixed, description: text, schema, strict: {} }),
    verbosity: word
  }),
  size: word,
  quality: word,
  background: word,
  output_format: word
})

export const items: Shape = array(item)
