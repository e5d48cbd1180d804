import { EVENT_SCHEMAS, type EventType } from '../../../src/audit/event/schema.ts'

/** A value for every schema: the smallest that fits, or the largest, with everything that is optional. */

export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** Strings of the patterns in fields.ts; the first that matches is taken. */
const strings = [
  '019ab3f0-0000-7000-8000-000000000000',
  '2026-11-21T09:14:03.120Z',
  '2026-11-21',
  '2026Q4',
  `sha256:${'a'.repeat(64)}`,
  'c'.repeat(64),
  'd'.repeat(32),
  'SCHLEUSE_INTERNAL',
  'EUR',
  'DE',
  'EMAIL',
  '529900T8BM49AURSDO55',
  'a',
  'eu-1'
]

export function exampleOf(schema: Schema, size: 'least' | 'most'): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum.at(size === 'least' ? 0 : -1)
  switch (schema.type) {
    case 'string':
      return strings.find(text => new RegExp(schema.pattern ?? '').test(text))
    case 'integer':
      return size === 'least' ? schema.minimum : schema.maximum
    case 'boolean':
      return size === 'most'
    case 'array':
      return schema.items && (size === 'most' || (schema.minItems ?? 0) > 0)
        ? [exampleOf(schema.items, size)]
        : []
    default: {
      const keys = size === 'least' ? (schema.required ?? []) : Object.keys(schema.properties ?? {})
      return Object.fromEntries(keys.map(key => [key, exampleOf(schema.properties?.[key] ?? {}, size)]))
    }
  }
}

export const eventTypes = Object.keys(EVENT_SCHEMAS) as EventType[]
