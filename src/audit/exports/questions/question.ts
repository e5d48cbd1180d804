import type { Aggregate } from '../../index/aggregate.ts'
import { valueAt } from '../../index/dimensions.ts'
import type { AuditFilter } from '../../index/filter.ts'
import type { IndexedEvent } from '../../index/page.ts'
import * as cells from '../cells.ts'
import type { Declared } from '../declared/declared.ts'
import { entityOf } from '../declared/names.ts'
import { streamOf } from '../events.ts'
import type { AuditExport, Cell, ExportColumn, ExportRow, Observed, Period, Text } from '../export.ts'

/** A question that every auditor asks: answered as a record, with the events that prove the answer. */
export interface Question extends AuditExport {
  readonly question: Text
  /** Events that stand behind the answer: of each filter the first and the last, or all as far as a bundle holds them. */
  evidence(observed: Observed, period: Period): Promise<Evidence>
}

export interface Evidence {
  readonly filters: readonly AuditFilter[]
  readonly of: 'first and last of each row' | 'all'
}

/** Answers with more rows are proven by these. */
const MAX_ROWS_PROVEN = 500

interface Grouped {
  readonly name: string
  readonly title: Text
  readonly question: Text
  readonly law: string
  /** Event type; admissions unless told. */
  readonly type?: string
  readonly by: readonly string[]
  /** Sums of findings instead of events. */
  readonly findings?: boolean
  readonly columns: readonly ExportColumn[]
  /** Cells of one sum, in the order of the columns. */
  readonly cells: (sum: Aggregate, declared: Declared) => ExportRow
}

/** A question about sums: one row per combination, proven by its first and last event. */
export function grouped(given: Grouped): Question {
  const { type = 'ai.request.admitted', by } = given
  const ask = (observed: Observed, period: Period) => {
    const filter = cells.ofType(type, period)
    return given.findings === true ? observed.findings(filter, by) : observed.aggregate(filter, by)
  }
  return {
    ...given,
    async rows({ observed, declared }, period) {
      const sums = await ask(observed, period)
      return cells.sorted(sums.map(sum => given.cells(sum, declared)))
    },
    async evidence(observed, period) {
      const sums = await ask(observed, period)
      const base = cells.ofType(type, period)
      return {
        of: 'first and last of each row',
        filters: sums.slice(0, MAX_ROWS_PROVEN).map(({ key }) => filterOf(base, key))
      }
    }
  }
}

/** The events behind one sum. Sides of findings are no filter of events. */
function filterOf(base: AuditFilter, key: Aggregate['key']): AuditFilter {
  const values = new Map(base.values)
  const missing = [...base.missing]
  for (const [name, value] of Object.entries(key)) {
    if (name === 'side') continue
    if (value === null) missing.push(name)
    else values.set(name, [value])
  }
  return { ...base, values, missing }
}

interface Listed {
  readonly name: string
  readonly title: Text
  readonly question: Text
  readonly law: string
  readonly types: readonly string[]
  /** Columns after time, event type and id, each with the paths of its field; the first that is there counts. */
  readonly fields: readonly (readonly [ExportColumn, ...(readonly string[])])[]
  readonly head: readonly ExportColumn[]
}

/** A question about single events: one row for each, all of them proven as far as a bundle holds them. */
export function listed(given: Listed): Question {
  const filter = (period: Period): AuditFilter => ({
    ...period,
    values: new Map([['type', given.types]]),
    missing: []
  })
  return {
    ...given,
    columns: [...given.head, ...given.fields.map(([column]) => column)],
    rows: ({ observed }, period) => streamOf(observed, filter(period), event => rowOf(event, given.fields)),
    evidence: async (_observed, period) => ({ of: 'all', filters: [filter(period)] })
  }
}

function rowOf({ json, timeMs }: IndexedEvent, fields: Listed['fields']): ExportRow {
  const event: unknown = JSON.parse(json)
  const id = valueAt(event, 'event_id')
  return [
    cells.observed(new Date(timeMs).toISOString()),
    cells.observed(String(valueAt(event, 'event_type'))),
    cells.observed(typeof id === 'string' ? id : ''),
    ...fields.map(([, ...paths]) => fieldOf(event, paths))
  ]
}

/** What the operator had said when it happened; the rest was seen. */
const SAID: ReadonlySet<string> = new Set(['purpose.id'])

/** Not every event has every field: an empty one is no gap. */
function fieldOf(event: unknown, paths: readonly string[]): Cell {
  for (const path of paths) {
    const value = valueAt(event, ...path.split('.'))
    if (typeof value === 'string' || typeof value === 'number')
      return SAID.has(path) ? cells.declared(value) : cells.observed(value)
    if (typeof value === 'boolean') return cells.observed(String(value))
    if (Array.isArray(value)) return cells.observedList(value.map(namesOf))
  }
  return cells.NOT_APPLICABLE
}

function namesOf(item: unknown): string {
  const name = typeof item === 'string' ? item : valueAt(item, 'class')
  return typeof name === 'string' ? name : ''
}

export const entity = (sum: Aggregate, declared: Declared): Cell => entityOf(declared, sum.key['provider'])
