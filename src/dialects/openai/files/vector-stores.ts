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
  word
} from '../../../core/json/shape.ts'
import type { Endpoint } from '../../dialect.ts'
import { anything, extension, listed, metadata } from '../answer-parts.ts'
import { listQuery, type StoredKind, storedEndpoint } from '../stored.ts'

/**
 * Vector stores and search in them. A store holds what its files hold: their pseudonyms come back from it, and queries are
 * pseudonymised as the files were. Source: OpenAI API reference; openai-node 7.57 types.
 */
const used = noted('uses', skip)
const attributes: Shape = FREE

const storeRequest = object({
  name: text,
  description: text,
  file_ids: array(used),
  metadata,
  expires_after: structure,
  chunking_strategy: structure
})

/** Comparisons, and combinations of them. */
const filters: Shape = object({ type: word, key: fixed, value: FREE, filters: array(FREE) })

const searchRequest = object({
  query: either(text, array(text)),
  filters,
  max_num_results: count,
  ranking_options: structure,
  rewrite_query: {}
})

const attachment = { file_id: used, attributes, chunking_strategy: structure } satisfies Record<string, Shape>
const fileRequest = object(attachment)
const batchRequest = object({
  file_ids: array(used),
  files: array(object(attachment)),
  attributes,
  chunking_strategy: structure
})

const entry = {
  object: word,
  created_at: count,
  usage_bytes: count,
  last_active_at: count,
  expires_at: count,
  status: word,
  name: text,
  description: text,
  metadata,
  file_counts: structure,
  expires_after: structure,
  chunking_strategy: structure,
  vector_store_id: skip,
  file_id: skip,
  filename: identifier,
  score: count,
  attributes: anything,
  text,
  content: array(object({ type: word, text }, extension)),
  last_error: object({ code: word, message: text }, extension)
} satisfies Record<string, Shape>

/** A store, a file in it, a batch of files, results of a search, and lists of them: they share their names. */
const answer: Shape = object(
  {
    id: noted('object', skip),
    ...entry,
    search_query: either(text, array(text)),
    first_id: skip,
    last_id: skip,
    next_page: skip,
    data: array(object({ id: listed, ...entry }, extension))
  },
  extension
)

const fileQuery = new Map([...listQuery, ['filter', /^[a-z_]{1,20}$/]])
const at = (line: Parameters<typeof storedEndpoint>[1], kind: Omit<StoredKind, 'answer'> = {}): Endpoint =>
  storedEndpoint('openai.vector_stores', line, { answer, ...kind })

export const vectorStores: readonly Endpoint[] = [
  at('POST /vector_stores', { request: storeRequest, state: { keeps: true, joins: true } }),
  at('GET /vector_stores', { query: listQuery, state: { lists: true } }),
  at('GET /vector_stores/:vector_store_id'),
  at('POST /vector_stores/:vector_store_id', { request: storeRequest }),
  at('DELETE /vector_stores/:vector_store_id', { state: { forgets: 'object' } }),
  at('POST /vector_stores/:vector_store_id/search', { request: searchRequest }),
  at('POST /vector_stores/:vector_store_id/files', { request: fileRequest, state: { joins: true } }),
  at('GET /vector_stores/:vector_store_id/files', { query: fileQuery }),
  at('GET /vector_stores/:vector_store_id/files/:file_id'),
  at('POST /vector_stores/:vector_store_id/files/:file_id', { request: fileRequest }),
  at('DELETE /vector_stores/:vector_store_id/files/:file_id'),
  at('GET /vector_stores/:vector_store_id/files/:file_id/content'),
  at('POST /vector_stores/:vector_store_id/file_batches', { request: batchRequest, state: { joins: true } }),
  at('GET /vector_stores/:vector_store_id/file_batches/:batch_id'),
  at('POST /vector_stores/:vector_store_id/file_batches/:batch_id/cancel', { body: 'none' }),
  at('GET /vector_stores/:vector_store_id/file_batches/:batch_id/files', { query: fileQuery })
]
