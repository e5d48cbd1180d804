import { array, count, identifier, object, type Shape, skip, text } from '../../../core/json/shape.ts'
import { anything, extension } from '../answer-parts.ts'
import { chatAnswer } from '../chat-answer.ts'
import { completions } from '../completions.ts'
import { responsesAnswer } from '../responses/answer.ts'

/** Answers to all that batches take, in one map: they share their names. */
const fieldsOf = (shape: Shape | undefined): Record<string, Shape> =>
  Object.fromEntries(shape?.object?.fields ?? [])
const chat = fieldsOf(chatAnswer)
const choice = object(
  { ...fieldsOf(fieldsOf(completions.answer)['choices']?.array), ...fieldsOf(chat['choices']?.array) },
  extension
)
const body = object({ ...fieldsOf(responsesAnswer), ...chat, choices: array(choice) }, extension)

/** A line of the result or error file of a batch. */
export const batchOutput: Shape = object(
  {
    custom_id: identifier,
    response: { ...anything, ...object({ status_code: count, request_id: skip, body }, anything) },
    error: { ...anything, ...object({ code: skip, message: text }, anything) }
  },
  anything
)
