import { FORMATS } from '../audit/exports/formats/index.ts'
import { EXPORTS } from '../audit/exports/index.ts'
import { QUESTIONS } from '../audit/exports/questions/index.ts'

/** The part of the document that records and questions have, made of their lists. */

type Json = { readonly [key: string]: unknown }

const string = { type: 'string' } as const
const errorAnswer = { default: { $ref: '#/components/responses/Error' } } as const

function parameter(name: string, description: string, schema: Json, required = false): Json {
  return { name, in: 'query', description, required, schema }
}

const day = { type: 'string', format: 'date' } as const

/** @param formats besides those of all records */
function file(summary: string, formats: readonly string[]): Json {
  const names = [...FORMATS.map(({ name }) => name), ...formats]
  return {
    get: {
      summary,
      parameters: [
        parameter('from', 'First day (UTC)', day, true),
        parameter('to', 'Last day (UTC), included', day, true),
        parameter('format', 'csv unless told', { type: 'string', enum: names }),
        parameter('lang', 'de unless told', { type: 'string', enum: ['de', 'en'] }),
        parameter(
          'progress',
          'An id of 8 to 64 letters, digits, _ and -, by which to ask how far it is',
          string
        )
      ],
      responses: {
        200: {
          description: 'The file. `x-schleuse-rows` is its number of rows.',
          content: { '*/*': { schema: string } }
        },
        ...errorAnswer
      }
    }
  }
}

function list(summary: string): Json {
  const answer = { description: 'The list', content: { 'application/json': { schema: { type: 'object' } } } }
  return { get: { summary, parameters: [], responses: { 200: answer, ...errorAnswer } } }
}

const id = { name: 'id', in: 'path', required: true, description: 'As given with `progress`', schema: string }
const progress: Json = {
  get: {
    summary: 'How far an export is: state, questions answered, rows, bytes',
    parameters: [id],
    responses: {
      200: { description: 'Progress', content: { 'application/json': { schema: { type: 'object' } } } },
      ...errorAnswer
    }
  }
}

/** Paths by their template. */
export const RECORD_PATHS: Readonly<Record<string, Json>> = {
  '/audit/exports': list('Records that laws ask for, and formats'),
  ...Object.fromEntries(
    EXPORTS.map(({ name, title, law, formats = [] }) => [
      `/audit/exports/${name}`,
      file(
        `${title.en} (${law})`,
        formats.map(format => format.name)
      )
    ])
  ),
  '/audit/questions': list('Questions that auditors begin with, and formats'),
  ...Object.fromEntries(
    QUESTIONS.map(({ name, question }) => [`/audit/questions/${name}`, file(question.en, ['bundle'])])
  ),
  '/audit/progress/{id}': progress
}
