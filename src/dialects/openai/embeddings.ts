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
  word
} from '../../core/json/shape.ts'
import type { Walk } from '../../core/json/walker.ts'
import type { Endpoint, RequestFacts } from '../dialect.ts'
import { anything, extension, untouched, usage } from './answer-parts.ts'
import { factsOf, modelOf, tokensOf, usageOf } from './facts.ts'
import { unstreamed } from './unstreamed.ts'

const request: Shape = object({
  model: noted('model', { string: 'fixed' }),
  input: either(text, { array: either(text, { number: 'fixed-number', array: { number: 'fixed-number' } }) }),
  dimensions: count,
  encoding_format: word,
  user: identifier,
  // of compatible servers
  input_type: word,
  truncate: word,
  truncate_prompt_tokens: count,
  output_dtype: word,
  output_dimension: count,
  priority: count,
  add_special_tokens: {}
})

const answer: Shape = object(
  {
    id: skip,
    object: word,
    created: count,
    model: skip,
    usage,
    data: array(object({ object: word, index: count, embedding: untouched }, extension))
  },
  extension
)

/**
 * `POST /v1/embeddings`: vectors of the pseudonymised text. Index and query must agree for the life of the index, so its
 * pseudonyms are the same in the whole app. Source: OpenAI API reference; openai-node 7.57 types.
 */
export const embeddings: Endpoint = {
  method: 'POST',
  path: '/v1/embeddings',
  upstreamPath: '/embeddings',
  api: 'openai.embeddings',
  operation: 'embeddings',
  scope: 'app',
  request,
  answer,
  failure: anything,
  stream: unstreamed,
  read,
  usage: usageOf
}

function read(walk: Walk): RequestFacts {
  const facts = factsOf(walk)
  return {
    ...facts,
    model: modelOf(walk),
    opaque: [...facts.opaque, ...tokensOf(walk, 'input')],
    beginning: []
  }
}
