import { FINDING_GROUPS, MAX_AGGREGATES, TIME_GROUPS } from '../audit/index/aggregate.ts'
import { DIMENSIONS } from '../audit/index/dimensions.ts'
import { EVENT_FORMATS } from '../audit/index/formats.ts'
import { MEASURES } from '../audit/index/row.ts'
import { RECORD_PATHS } from './audit-openapi-records.ts'
import { AUDIT_PATHS, DEFAULT_LIMIT, MAX_LIMIT } from './audit-params.ts'

type Json = { readonly [key: string]: unknown }

const string = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const

function parameter(name: string, description: string, schema: Json = string): Json {
  return { name, in: 'query', description, required: false, schema }
}

/** Repeated or separated by commas. */
const list = { type: 'array', items: string, maxItems: 100 } as const

const filters: readonly Json[] = [
  parameter('from', 'First moment: a date (UTC) or an RFC 3339 time. Sums take dates only.'),
  parameter('to', 'End, not included: a date (UTC) or an RFC 3339 time. Sums take dates only.'),
  ...DIMENSIONS.map(({ name, about }) => ({
    ...parameter(name, `${about}; several values: any of them`, list),
    style: 'form',
    explode: false
  })),
  parameter('missing', 'Names of filters the event has no value for, e.g. contract,dpa', list),
  parameter('request_id', 'All events of one request'),
  parameter('from_leaf', 'First position in the log named by `log`', count),
  parameter('to_leaf', 'End position in the log, not included', count)
]

const place = { leaf: count, log: string } as const
const event = {
  type: 'object',
  description:
    'The event as the log holds it (schema audit-event/1.0), and where. `unreadable` stands for an entry that is no event.',
  required: ['leaf', 'log'],
  properties: { event: { type: 'object' }, ...place, unreadable: { type: 'boolean' } }
} as const

const sums = {
  type: 'object',
  required: ['rows'],
  properties: {
    rows: {
      type: 'array',
      maxItems: MAX_AGGREGATES,
      items: {
        type: 'object',
        required: ['key', 'events'],
        properties: {
          key: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
          events: count,
          findings: count,
          firstMs: count,
          lastMs: count,
          ...Object.fromEntries(MEASURES.map(name => [name, count]))
        }
      }
    }
  }
} as const

const completeness = {
  type: 'object',
  properties: {
    logs: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          origin: string,
          entries: count,
          skipped: count,
          whole: { type: 'boolean' },
          lastEventMs: count
        }
      }
    },
    ...Object.fromEntries(
      ['admitted', 'completed', 'failed', 'orphaned', 'blocked', 'open'].map(name => [name, count])
    ),
    balanced: { type: 'boolean' }
  }
} as const

function json(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } }
}

function operation(summary: string, parameters: readonly Json[], answer: Json, more: Json = {}): Json {
  return {
    get: {
      summary,
      parameters,
      responses: { 200: answer, ...more, default: { $ref: '#/components/responses/Error' } }
    }
  }
}

const id = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'event_id',
  schema: { type: 'string', format: 'uuid' }
}
const by = (names: readonly string[]): Json => ({
  ...parameter('by', `What to sum by: up to 8 of the filters, or ${names.join(', ')}`, {
    ...list,
    maxItems: 8
  }),
  style: 'form',
  explode: false
})

const paths: Readonly<Record<keyof typeof AUDIT_PATHS, Json>> = {
  events: operation(
    'Events, newest first, page by page',
    [
      ...filters,
      parameter('limit', `Events per page, ${DEFAULT_LIMIT} unless told`, {
        type: 'integer',
        minimum: 1,
        maximum: MAX_LIMIT
      }),
      parameter('order', 'By time; a stretch of one log comes in its order', {
        type: 'string',
        enum: ['asc', 'desc']
      }),
      parameter('cursor', '`next` of the page before')
    ],
    json('A page. `next` is absent on the last one.', {
      type: 'object',
      required: ['events'],
      properties: { events: { type: 'array', items: event }, next: string }
    })
  ),
  event: operation('One event', [id], json('The event', event)),
  proof: operation('Its inclusion proof, for offline verification', [id], {
    description: 'tlog-proof@v1: entry, path to the root, signed checkpoint',
    content: { 'text/plain': { schema: string } }
  }),
  aggregates: operation(
    'Sums of events, tokens, cost and time',
    [...filters, by(TIME_GROUPS)],
    json('Sums', sums)
  ),
  findings: operation(
    'Counts of personal data and secrets found',
    [...filters, by([...TIME_GROUPS, ...FINDING_GROUPS])],
    json('Sums', sums)
  ),
  completeness: operation(
    'Whether every entry is indexed and every admission has its end',
    [],
    json('Counts', completeness)
  ),
  export: operation(
    'All events of a filter as a file, oldest first',
    [
      ...filters,
      parameter('format', 'ndjson unless told; csv-de has semicolons', {
        type: 'string',
        enum: EVENT_FORMATS.map(({ name }) => name)
      })
    ],
    {
      description: 'The file. `x-schleuse-rows` is its number of events.',
      content: Object.fromEntries(
        EVENT_FORMATS.map(({ contentType }) => [contentType.split(';')[0], { schema: string }])
      )
    }
  ),
  openapi: operation('This document', [], json('OpenAPI 3.1', { type: 'object' }))
}

const error = {
  description: 'What is wrong and the way out',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['message', 'code'],
            properties: { message: string, code: string }
          }
        }
      }
    }
  }
} as const

/** The document of this interface, OpenAPI 3.1, made of the same lists as the interface. */
export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Schleuse audit trail',
      version,
      description: 'Each question and each export is itself recorded in the trail.'
    },
    paths: {
      ...Object.fromEntries(
        Object.entries(AUDIT_PATHS).map(([name, path]) => [
          path.replace(':id', '{id}'),
          paths[name as keyof typeof AUDIT_PATHS]
        ])
      ),
      ...RECORD_PATHS
    },
    security: [{ auditor: [] }],
    components: {
      securitySchemes: { auditor: { type: 'http', scheme: 'bearer' } },
      responses: { Error: error }
    }
  }
}
