import type { FormRules } from '../../../core/form.ts'
import {
  array,
  count,
  fixed,
  identifier,
  noted,
  object,
  skip,
  structure,
  word
} from '../../../core/json/shape.ts'
import type { Endpoint } from '../../dialect.ts'
import { extension } from '../answer-parts.ts'
import { storedEndpoint } from '../stored.ts'

/**
 * Uploads in parts. Their size and digest are promised before and their cuts fall anywhere, so that nothing in them can be
 * replaced: every part counts as a file that can't be read. Source: OpenAI API reference; openai-node 7.57 types.
 */
const answer = object(
  {
    id: noted('object', skip),
    object: word,
    bytes: count,
    created_at: count,
    expires_at: count,
    filename: identifier,
    purpose: word,
    status: word,
    upload_id: skip,
    file: object({ id: noted('child', skip), object: word, filename: identifier, purpose: word }, extension)
  },
  extension
)

const request = object({
  filename: identifier,
  bytes: count,
  mime_type: fixed,
  purpose: word,
  expires_after: structure
})

const part: FormRules = { fields: new Map(), files: new Map([['data', 'file']]) }

export const uploads: readonly Endpoint[] = [
  storedEndpoint('openai.uploads', 'POST /uploads', { request, answer, state: { keeps: true } }),
  storedEndpoint('openai.uploads', 'POST /uploads/:upload_id/parts', { form: part, answer }),
  storedEndpoint('openai.uploads', 'POST /uploads/:upload_id/complete', {
    request: object({ part_ids: array(skip), md5: skip }),
    answer
  }),
  storedEndpoint('openai.uploads', 'POST /uploads/:upload_id/cancel', { answer, body: 'none' })
]
