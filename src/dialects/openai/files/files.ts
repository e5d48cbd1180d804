import {
  array,
  count,
  identifier,
  noted,
  object,
  type Shape,
  skip,
  text,
  word
} from '../../../core/json/shape.ts'
import type { FormRules } from '../../../core/form.ts'
import type { Walk } from '../../../core/json/walker.ts'
import type { Endpoint, RequestFacts, RequestTarget } from '../../dialect.ts'
import { anything, extension, listed, metadata } from '../answer-parts.ts'
import { valueOf } from '../facts.ts'
import { listQuery, storedEndpoint, storedFacts } from '../stored.ts'
import { batched, batchLines } from './batch-lines.ts'
import { batchOutput } from './batch-output.ts'

/** Files. Source: OpenAI API reference; openai-node 7.57 types. */

const file = {
  object: word,
  bytes: count,
  created_at: count,
  expires_at: count,
  filename: identifier,
  purpose: word,
  status: word,
  status_details: text,
  metadata
} satisfies Record<string, Shape>

/** A file as it was made, or asked for. */
export const fileAnswer: Shape = object({ id: noted('object', skip), deleted: {}, ...file }, extension)
const listAnswer: Shape = object(
  { object: word, first_id: skip, last_id: skip, data: array(object({ id: listed, ...file }, extension)) },
  extension
)

const form: FormRules = {
  fields: new Map<string, Shape>([
    ['purpose', noted('purpose', word)],
    ['expires_after', word]
  ]),
  files: new Map([['file', 'document']]),
  format: valueOf => (valueOf('purpose') === 'batch' ? batchLines : null)
}

const at = (
  line: Parameters<typeof storedEndpoint>[1],
  kind: Parameters<typeof storedEndpoint>[2]
): Endpoint => storedEndpoint('openai.files', line, kind)

export const files: readonly Endpoint[] = [
  at('POST /files', { form, answer: fileAnswer, read: readUpload, sections: batched }),
  at('GET /files', {
    state: { lists: true },
    answer: listAnswer,
    query: new Map([...listQuery, ['purpose', /^[a-z_-]{1,40}$/]])
  }),
  at('GET /files/:file_id', { answer: fileAnswer }),
  at('DELETE /files/:file_id', { answer: fileAnswer, state: { forgets: 'object' } }),
  at('GET /files/:file_id/content', { answer: { ...anything, ...batchOutput }, content: true })
]

/** Its documents may tell more. */
function readUpload(walk: Walk, target: RequestTarget): RequestFacts {
  const { state, ...facts } = storedFacts(walk, target)
  const isRead = facts.opaque.length === 0
  // what a batch uses, its results may hold
  const joins = valueOf(walk, 'purpose') === 'batch' ? ({ joins: true } as const) : {}
  return { ...facts, state: { ...state, ...joins, keeps: true, isRead } }
}
