import {
  array,
  either,
  noted,
  object,
  type Shape,
  skip,
  structure,
  text,
  word
} from '../../core/json/shape.ts'
import type { Walk } from '../../core/json/walker.ts'
import type { Endpoint, RequestFacts } from '../dialect.ts'
import { anything, extension, usage } from './answer-parts.ts'
import { factsOf, modelOf, usageOf } from './facts.ts'
import { unstreamed } from './unstreamed.ts'

const part: Shape = object({
  type: word,
  text,
  image_url: noted('image', object({ url: { string: 'media' } }))
})

const request: Shape = object({
  model: noted('model', { string: 'fixed' }),
  input: either(text, { array: either(text, part) })
})

const answer: Shape = object(
  {
    id: skip,
    model: skip,
    usage,
    results: array(
      object(
        {
          categories: structure,
          category_scores: structure,
          category_applied_input_types: structure
        },
        extension
      )
    )
  },
  extension
)

/** What OpenAI takes when a request names no model. */
const DEFAULT_MODEL = 'omni-moderation-latest'

/** `POST /v1/moderations`. Nothing of the text comes back. Source: OpenAI API reference; openai-node 7.57 types. */
export const moderations: Endpoint = {
  method: 'POST',
  path: '/v1/moderations',
  upstreamPath: '/moderations',
  api: 'openai.moderations',
  operation: 'moderation',
  request,
  answer,
  failure: anything,
  stream: unstreamed,
  read,
  usage: usageOf
}

function read(walk: Walk): RequestFacts {
  return {
    ...factsOf(walk),
    model: modelOf(walk, DEFAULT_MODEL),
    beginning: walk.leaves.slice(0, 1).map(leaf => leaf.text)
  }
}
