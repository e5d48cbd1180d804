import { csvLine } from '../../core/csv.ts'
import { DIMENSION_NAMES, facetKeyOf, valueAt, valuesOf } from './dimensions.ts'
import type { IndexedEvent } from './page.ts'
import { MEASURES, measuresOf } from './row.ts'

/** How events leave as a file. */
export interface EventFormat {
  readonly name: string
  readonly contentType: string
  /** Before the first event. */
  readonly head: string
  /** One event with its line end. */
  readonly line: (event: IndexedEvent) => string
}

/** What the log holds may have been tampered with; what is no JSON is not shown. */
export function eventJson({ log, leaf, json }: IndexedEvent): string {
  const place = `"leaf":${leaf},"log":${JSON.stringify(log)}`
  return isObject(json) ? `{"event":${json},${place}}` : `{${place},"unreadable":true}`
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** Values of several kinds, e.g. countries, stand in one cell with a space between. */
const dimensions = DIMENSION_NAMES.filter(name => name !== 'log' && name !== 'type')
const columns = [
  'occurred_at',
  'type',
  'event_id',
  'request_id',
  'attempt',
  'log',
  'leaf',
  ...dimensions,
  ...MEASURES
]

function csv(separator: ',' | ';') {
  return (event: IndexedEvent): string => {
    const body = bodyOf(event.json)
    const values = new Map<string, string[]>()
    for (const [name, value] of valuesOf(facetKeyOf(body, event.log)))
      values.set(name, [...(values.get(name) ?? []), value])
    const cells = [
      new Date(event.timeMs).toISOString(),
      ...['event_type', 'event_id', 'request_id', 'attempt'].map(name => cellOf(valueAt(body, name))),
      event.log,
      String(event.leaf),
      ...dimensions.map(name => (values.get(name) ?? []).join(' ')),
      ...measuresOf(body).map(String)
    ]
    return csvLine(cells, separator)
  }
}

function bodyOf(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return { event_type: 'unreadable' }
  }
}

function cellOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** German spreadsheets take a semicolon, and UTF-8 only behind a byte order mark. */
const BOM = '\ufeff'

/** Add one: an entry here; the export, its document and its tests follow the list. */
export const EVENT_FORMATS: readonly EventFormat[] = [
  {
    name: 'ndjson',
    contentType: 'application/x-ndjson',
    head: '',
    line: event => `${eventJson(event)}\n`
  },
  {
    name: 'csv',
    contentType: 'text/csv; charset=utf-8; header=present',
    head: csvLine(columns),
    line: csv(',')
  },
  {
    name: 'csv-de',
    contentType: 'text/csv; charset=utf-8; header=present',
    head: BOM + csvLine(columns, ';'),
    line: csv(';')
  }
]
