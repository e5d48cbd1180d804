import {
  count,
  identifier,
  noted,
  object,
  recursive,
  type Shape,
  skip,
  url,
  word
} from '../../core/json/shape.ts'

/** Shapes that the answers of several endpoints share. */

/** Strings of any shape are restored; numbers and keys stay as they came. */
export const anything: Shape = recursive('JSON', self => ({
  string: 'text',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** Structure that a provider adds: strings may quote the request and are restored. */
export const extension: Shape = recursive('JSON', self => ({
  string: 'unknown',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** Tokens of the pseudonymised text: they no longer spell the restored one and are passed on as they are. */
export const untouched: Shape = recursive('untouched', self => ({
  string: 'skip',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** The id of one of the objects that an answer lists. */
export const listed: Shape = noted('listed', skip)

export const offset: Shape = noted('offset', count)

/** Citations of chat messages: flat in Responses, nested by type in chat completions. */
export const annotation: Shape = object(
  {
    type: word,
    url_citation: object({ title: identifier, url, start_index: offset, end_index: offset }, extension),
    file_citation: object({ file_id: skip, filename: identifier, index: offset }, extension)
  },
  extension
)

export const usage: Shape = object(
  {
    prompt_tokens: noted('inputTokens', count),
    completion_tokens: noted('outputTokens', count),
    input_tokens: noted('inputTokens', count),
    output_tokens: noted('outputTokens', count),
    prompt_tokens_details: object({ cached_tokens: noted('cachedInputTokens', count) }, extension),
    completion_tokens_details: object({ reasoning_tokens: noted('reasoningTokens', count) }, extension),
    input_tokens_details: object({ cached_tokens: noted('cachedInputTokens', count) }, extension),
    output_tokens_details: object({ reasoning_tokens: noted('reasoningTokens', count) }, extension)
  },
  extension
)

export const metadata: Shape = { object: { fields: new Map(), rest: { string: 'text' } } }
