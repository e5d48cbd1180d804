import type { FormRules } from '../../../core/form.ts'
import {
  array,
  count,
  fixed,
  identifier,
  noted,
  object,
  type Shape,
  skip,
  text,
  word
} from '../../../core/json/shape.ts'
import type { Walk } from '../../../core/json/walker.ts'
import type { Endpoint, RequestFacts } from '../../dialect.ts'
import { anything, extension, usage } from '../answer-parts.ts'
import { factsOf, modelOf, usageOf, usesOf } from '../facts.ts'
import { snapshotStream } from '../snapshot-stream.ts'
import { unstreamed } from '../unstreamed.ts'

/** Pictures: prompts are read, pictures go by policy. Source: OpenAI API reference; openai-node 7.57 types. */

/** What OpenAI takes when a request names no model. */
const DEFAULT_MODEL = 'dall-e-2'

const options = {
  model: noted('model', fixed),
  prompt: text,
  background: word,
  moderation: word,
  n: count,
  output_compression: count,
  output_format: word,
  partial_images: count,
  quality: word,
  response_format: word,
  size: word,
  stream: noted('stream', {}),
  style: word,
  input_fidelity: word,
  user: identifier
} satisfies Record<string, Shape>

const media: Shape = { string: 'media' }
const picture = object({ image_url: noted('image', media), file_id: noted('image', skip) })
const generation = object(options)
const edit = object({ ...options, images: array(picture), mask: picture })

const form: FormRules = {
  fields: new Map<string, Shape>(
    Object.entries(options).map(([name, shape]) => [
      name,
      shape.string === undefined ? { ...shape, ...word } : shape
    ])
  ),
  files: new Map([
    ['image', 'image'],
    ['mask', 'image']
  ])
}

const fields = {
  type: noted('event', word),
  created: count,
  created_at: count,
  background: word,
  output_format: word,
  quality: word,
  size: skip,
  b64_json: skip,
  url: skip,
  revised_prompt: text,
  partial_image_index: count,
  usage,
  error: noted('error', anything)
} satisfies Record<string, Shape>

const answer: Shape = object(
  { ...fields, data: array(object({ b64_json: skip, url: skip, revised_prompt: text }, extension)) },
  extension
)
const stream = snapshotStream(answer, /\.completed"$/)

function endpoint(path: string, more: Partial<Endpoint>): Endpoint {
  return {
    method: 'POST',
    path: `/v1${path}`,
    upstreamPath: path,
    api: 'openai.images',
    operation: 'image',
    request: generation,
    answer,
    failure: anything,
    stream,
    read,
    usage: usageOf,
    ...more
  }
}

export const images: readonly Endpoint[] = [
  endpoint('/images/generations', {}),
  endpoint('/images/edits', { request: edit, form }),
  endpoint('/images/variations', { request: object({}), form, formOnly: true, stream: unstreamed })
]

function read(walk: Walk): RequestFacts {
  const uses = usesOf(walk)
  return {
    ...factsOf(walk),
    model: modelOf(walk, DEFAULT_MODEL),
    beginning: walk.leaves.filter(({ slot }) => slot.key === 'prompt').map(leaf => leaf.text),
    ...(uses.length === 0 ? {} : { state: { names: [], uses, keeps: false } })
  }
}
