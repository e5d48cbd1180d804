import {
  array,
  count,
  fixed,
  noted,
  object,
  type Shape,
  skip,
  structure,
  text,
  word
} from '../../../core/json/shape.ts'
import type { Walk } from '../../../core/json/walker.ts'
import { errors } from '../../../errors.ts'
import type { Endpoint, RequestFacts, RequestTarget } from '../../dialect.ts'
import { extension, listed, metadata, usage } from '../answer-parts.ts'
import { objectId, valueOf } from '../facts.ts'
import { listQuery, storedEndpoint, storedFacts } from '../stored.ts'

/**
 * Batches: their requests lie in a file that was read line by line, their results in files that know its pseudonyms.
 * Source: OpenAI API reference; openai-node 7.57 types.
 */
const batch = {
  object: word,
  endpoint: skip,
  model: skip,
  input_file_id: skip,
  completion_window: skip,
  status: word,
  output_file_id: noted('child', skip),
  error_file_id: noted('child', skip),
  errors: object(
    { object: word, data: array(object({ code: word, line: count, message: text, param: text }, extension)) },
    extension
  ),
  request_counts: structure,
  metadata,
  usage
} satisfies Record<string, Shape>

const answer = object({ id: noted('object', skip), ...batch }, extension)
const list = object(
  { object: word, first_id: skip, last_id: skip, data: array(object({ id: listed, ...batch }, extension)) },
  extension
)

const request = object({
  input_file_id: noted('input', fixed),
  endpoint: fixed,
  completion_window: fixed,
  metadata,
  output_expires_after: structure
})

export const batches: readonly Endpoint[] = [
  storedEndpoint('openai.batches', 'POST /batches', { request, answer, read: readBatch }),
  storedEndpoint('openai.batches', 'GET /batches', {
    answer: list,
    query: listQuery,
    state: { lists: true }
  }),
  storedEndpoint('openai.batches', 'GET /batches/:batch_id', { answer }),
  storedEndpoint('openai.batches', 'POST /batches/:batch_id/cancel', { answer, body: 'none' })
]

/** Only files that the gateway knows: what is in others was never read. @throws errors.FieldMissing */
function readBatch(walk: Walk, target: RequestTarget): RequestFacts {
  const input = valueOf(walk, 'input')
  if (typeof input !== 'string' || !objectId.test(input))
    throw new errors.FieldMissing('input_file_id', 'the id of a file')
  const facts = storedFacts(walk, target)
  return { ...facts, state: { ...facts.state, names: [input], keeps: true } }
}
