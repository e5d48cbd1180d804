import type { Dialect } from '../dialect.ts'
import { chatCompletions } from './chat.ts'
import { openaiErrorBody } from './error-body.ts'
import { uncovered } from './uncovered.ts'

export const openai: Dialect = {
  id: 'openai',
  endpoints: [chatCompletions],
  uncovered,
  errorBody: openaiErrorBody
}
