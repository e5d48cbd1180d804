import {
  array,
  count,
  either,
  identifier,
  index,
  noted,
  object,
  type Shape,
  skip,
  structure,
  text,
  word
} from '../../../core/json/shape.ts'
import { anything, extension, listed, metadata, offset, usage } from '../answer-parts.ts'

/** What comes back from assistants, threads and runs: objects, lists, and the deltas of streams. */

const annotation = object(
  {
    index,
    type: word,
    text,
    start_index: offset,
    end_index: offset,
    file_citation: object({ file_id: skip, quote: text }, extension),
    file_path: object({ file_id: skip }, extension)
  },
  extension
)

const part = object(
  {
    index,
    type: word,
    text: object({ value: text, annotations: array(annotation) }, extension),
    refusal: text,
    image_url: object({ url: { string: 'media' } }, extension),
    image_file: object({ file_id: skip }, extension)
  },
  extension
)

const call = object(
  {
    index,
    id: skip,
    type: word,
    function: object({ name: identifier, arguments: { string: 'json' }, output: text }, extension),
    code_interpreter: object(
      { input: text, outputs: array(object({ index, type: word, logs: text }, extension)) },
      extension
    ),
    file_search: object(
      {
        ranking_options: structure,
        results: array(
          object(
            {
              file_id: skip,
              file_name: identifier,
              score: count,
              content: array(object({ type: word, text }, extension))
            },
            extension
          )
        )
      },
      extension
    )
  },
  extension
)

const details = object(
  { type: word, message_creation: object({ message_id: skip }, extension), tool_calls: array(call) },
  extension
)

const fields = {
  object: noted('kind', word),
  created_at: count,
  assistant_id: skip,
  run_id: skip,
  model: skip,
  name: text,
  description: text,
  instructions: text,
  metadata,
  role: word,
  content: array(part),
  attachments: array(object({ file_id: skip }, extension)),
  status: noted('status', word),
  step_details: details,
  required_action: object(
    { type: word, submit_tool_outputs: object({ tool_calls: array(call) }, extension) },
    extension
  ),
  last_error: object({ code: word, message: text }, extension),
  usage,
  tools: anything,
  tool_resources: anything,
  response_format: anything,
  delta: object({ role: word, content: array(part), step_details: details }, extension)
} satisfies Record<string, Shape>

export const assistantsAnswer: Shape = object(
  {
    id: noted('object', skip),
    thread_id: noted('child', skip),
    ...fields,
    first_id: skip,
    last_id: skip,
    data: array(object({ id: listed, thread_id: skip, ...fields, object: word, status: word }, extension))
  },
  extension
)

/** An event's data: an object, a delta of one, or an error, which alone has a code. */
export const assistantsEvent: Shape = object(
  {
    ...Object.fromEntries(assistantsAnswer.object?.fields ?? []),
    code: noted('error', either(word, { number: 'skip' })),
    error: noted('error', anything),
    message: text
  },
  extension
)
