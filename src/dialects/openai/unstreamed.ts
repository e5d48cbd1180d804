import type { StreamRules } from '../dialect.ts'
import { anything } from './answer-parts.ts'
import { openaiErrorBody } from './error-body.ts'

/** Rules of endpoints that do not stream: an event of theirs would be restored as a whole. */
export const unstreamed: StreamRules = {
  event: anything,
  terminator: null,
  join: () => 'alone',
  closing: () => [],
  closedBy: () => null,
  failed: () => false,
  offsetKeyOf: () => null,
  insert: () => ({ data: '{}' }),
  failure: error => `data: ${openaiErrorBody(error)}\n\n`,
  fieldOf: path => path,
  isSaid: () => false,
  whole: () => true
}
