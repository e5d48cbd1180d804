import type { FormRules } from '../../../core/form.ts'
import {
  count,
  either,
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
import type { Endpoint, RequestFacts } from '../../dialect.ts'
import { anything } from '../answer-parts.ts'
import { factsOf, modelOf, usageOf } from '../facts.ts'
import { snapshotStream } from '../snapshot-stream.ts'
import { unstreamed } from '../unstreamed.ts'
import { transcript, transcriptStream } from './transcript.ts'

/**
 * Speech and transcripts. Sound can't be read: it goes by policy, and what a transcript of it says was never seen before.
 * Source: OpenAI API reference; openai-node 7.57 types.
 */

/** Spoken, a pseudonym can't be put back: a finding refuses the request. */
const speechRequest = object({
  model: noted('model', fixed),
  input: fixed,
  instructions: fixed,
  voice: either(word, object({ id: skip })),
  response_format: word,
  speed: count,
  stream_format: word
})

const speechEvent = object(
  { type: noted('event', word), audio: skip, usage: structure, error: noted('error', anything) },
  anything
)

const files: FormRules['files'] = new Map([['file', 'audio']])
const fields = new Map<string, Shape>([
  ['model', noted('model', fixed)],
  ['prompt', text],
  ['response_format', word],
  ['temperature', word]
])
const transcription: FormRules = {
  files,
  fields: new Map<string, Shape>([
    ...fields,
    ['language', word],
    ['languages', word],
    ['keywords', text],
    ['include', word],
    ['stream', noted('stream', word)],
    ['timestamp_granularities', word],
    ['chunking_strategy', word],
    ['known_speaker_names', text],
    ['known_speaker_references', noted('audio', skip)]
  ])
}

function endpoint(path: string, more: Pick<Endpoint, 'operation'> & Partial<Endpoint>): Endpoint {
  return {
    method: 'POST',
    path: `/v1${path}`,
    upstreamPath: path,
    api: 'openai.audio',
    request: object({}),
    answer: transcript,
    failure: anything,
    stream: unstreamed,
    content: true,
    read,
    usage: usageOf,
    ...more
  }
}

export const audio: readonly Endpoint[] = [
  endpoint('/audio/speech', {
    operation: 'speech',
    request: speechRequest,
    answer: anything,
    stream: snapshotStream(speechEvent, /\.done"$/)
  }),
  endpoint('/audio/transcriptions', {
    operation: 'transcription',
    form: transcription,
    formOnly: true,
    stream: transcriptStream
  }),
  endpoint('/audio/translations', { operation: 'transcription', form: { files, fields }, formOnly: true })
]

function read(walk: Walk): RequestFacts {
  return {
    ...factsOf(walk),
    model: modelOf(walk),
    beginning: walk.leaves.slice(0, 1).map(leaf => leaf.text)
  }
}
