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
} from '../../core/json/shape.ts'
import { joinKeyOf } from '../../core/json/pointer.ts'
import type { Walk } from '../../core/json/walker.ts'
import type { Endpoint, InsertedEvent, RequestFacts, StreamRules } from '../dialect.ts'
import { anything, extension, metadata, untouched, usage } from './answer-parts.ts'
import { compatible } from './compatible.ts'
import { openaiErrorBody } from './error-body.ts'
import { factsOf, modelOf, notesOf, sourceOf, tokensOf, usageOf } from './facts.ts'

/** Numbers in the place of text are token ids, which no text detector can read. */
const prompt: Shape = either(text, {
  array: either(text, { number: 'fixed-number', array: { number: 'fixed-number' } })
})

const request: Shape = object({
  ...compatible,
  model: noted('model', { string: 'fixed' }),
  prompt,
  suffix: text,
  stream: noted('stream', {}),
  stream_options: object({ include_usage: {}, include_obfuscation: {} }),
  stop: noted('stop', either(text, array(text))),
  user: identifier,
  best_of: count,
  echo: {},
  logit_bias: { object: { fields: new Map(), rest: count } },
  logprobs: count,
  max_tokens: count,
  n: count,
  seed: count,
  temperature: count,
  top_p: count,
  frequency_penalty: count,
  presence_penalty: count
})

const completion: Shape = object(
  {
    id: skip,
    object: word,
    created: count,
    model: skip,
    system_fingerprint: skip,
    service_tier: word,
    usage,
    metadata,
    choices: array(
      object(
        {
          index,
          text,
          finish_reason: noted('finish', word),
          logprobs: untouched,
          content_filter_results: structure
        },
        extension
      )
    ),
    obfuscation: noted('padding', skip),
    error: noted('error', anything)
  },
  extension
)

/** So much of a prompt names its conversation: prompts grow at their end. UTF-16 code units. */
const BEGINNING = 512

/** `POST /v1/completions`, streaming and not. Source: OpenAI API reference; openai-node 7.57 types. */
export const completions: Endpoint = {
  method: 'POST',
  path: '/v1/completions',
  upstreamPath: '/completions',
  api: 'openai.completions',
  operation: 'text_completion',
  request,
  answer: completion,
  failure: anything,
  stream: streamRules(),
  read,
  usage: usageOf
}

function read(walk: Walk): RequestFacts {
  const facts = factsOf(walk)
  const first = walk.leaves.find(leaf => leaf.slot.label === 'prompt')
  return {
    ...facts,
    model: modelOf(walk),
    opaque: [...facts.opaque, ...tokensOf(walk, 'prompt')],
    beginning: first === undefined ? [] : [first.text.slice(0, BEGINNING)]
  }
}

const choiceText = /^\/choices\/(\d+)\/text$/

function streamRules(): StreamRules {
  return {
    event: completion,
    terminator: '[DONE]',
    join: leaf => {
      const key = joinKeyOf(leaf.slot)
      return choiceText.test(key) ? { key, kind: 'text' } : 'alone'
    },
    closing: walk =>
      notesOf(walk, 'finish')
        .filter(note => sourceOf(walk, note) !== 'null')
        .map(note => joinKeyOf(note.slot).replace(/finish_reason$/, '')),
    closedBy: () => null,
    failed: walk => walk.notes.some(note => note.tag === 'error'),
    offsetKeyOf: () => null,
    insert,
    failure: error => `data: ${openaiErrorBody(error)}\n\n`,
    fieldOf: path => path,
    isSaid: () => false,
    whole: closed => closed.size > 0
  }
}

function insert(key: string, held: string, like: Walk): InsertedEvent {
  const { id, object: kind, created, model } = JSON.parse(like.source) as Readonly<Record<string, unknown>>
  const choice = {
    index: Number(choiceText.exec(key)?.[1] ?? 0),
    text: held,
    logprobs: null,
    finish_reason: null
  }
  return { data: JSON.stringify({ id, object: kind, created, model, choices: [choice] }) }
}
