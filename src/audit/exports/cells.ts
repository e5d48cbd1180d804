import type { Aggregate } from '../index/aggregate.ts'
import type { AuditFilter } from '../index/filter.ts'
import type { Cell, ExportRow, Period } from './export.ts'

const MISSING: Cell = { value: null, provenance: 'missing' }

/** A dimension that is seen in every event that has it. */
export function observed(value: string | number | null | undefined): Cell {
  return value === null || value === undefined ? MISSING : { value, provenance: 'observed' }
}

/** Said by the operator. @param source where, when it is not where the column says */
export function declared(value: string | number | null | undefined, source?: string): Cell {
  if (value === null || value === undefined || value === '') return MISSING
  return source === undefined ? { value, provenance: 'declared' } : { value, provenance: 'declared', source }
}

/** Several values, sorted, each once; missing where there is none. */
export function declaredList(values: readonly string[], separator = ' '): Cell {
  return declared([...new Set(values)].sort().join(separator))
}

/** Several values that were seen; none is an answer too. */
export function observedList(values: readonly string[]): Cell {
  return { value: [...new Set(values)].sort().join(' '), provenance: 'observed' }
}

/** What the operator had said of each event when it happened; where none has any, it does not apply. */
export function declaredOrNone(values: readonly string[]): Cell {
  const cell = declaredList(values)
  return cell.value === null ? NOT_APPLICABLE : cell
}

export function derived(value: string | number, source?: string): Cell {
  return source === undefined ? { value, provenance: 'derived' } : { value, provenance: 'derived', source }
}

/** Does not apply here: an answer, not a gap. */
export const NOT_APPLICABLE: Cell = { value: '', provenance: 'derived' }

/** ISO date (UTC) of the first or last event. */
export function day(ms: number | undefined): Cell {
  return observed(ms === undefined || ms === 0 ? null : isoDay(ms))
}

export function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** Percent with one decimal place. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10
}

/** Events of one type in a period. */
export function admissions({ fromMs, toMs }: Period): AuditFilter {
  return ofType('ai.request.admitted', { fromMs, toMs })
}

export function ofType(type: string, { fromMs, toMs }: Period): AuditFilter {
  return { fromMs, toMs, values: new Map([['type', [type]]]), missing: [] }
}

/** The same question, of fewer events. */
export function narrowed(filter: AuditFilter, dimension: string, ...values: readonly string[]): AuditFilter {
  return { ...filter, values: new Map([...filter.values, [dimension, values]]) }
}

/** Values of `dimension` by the values of `group`; events without either are left out. */
export function valuesBy(
  sums: readonly Aggregate[],
  group: string,
  dimension: string
): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const { key } of sums) {
    const by = key[group]
    const value = key[dimension]
    if (by === null || by === undefined || value === null || value === undefined) continue
    values.set(by, [...(values.get(by) ?? []), value])
  }
  return values
}

/** Sums by the text of their key, over `by`. */
export function keyed(sums: readonly Aggregate[], by: readonly string[]): Map<string, Aggregate> {
  return new Map(sums.map(sum => [keyOf(sum.key, by), sum]))
}

export function keyOf(key: Aggregate['key'], by: readonly string[]): string {
  return JSON.stringify(by.map(name => key[name] ?? null))
}

/** By their cells from left to right; missing ones last. */
export function sorted(rows: readonly ExportRow[]): readonly ExportRow[] {
  return rows.toSorted((a, b) => {
    for (const [at, cell] of a.entries()) {
      const order = compare(cell.value, b[at]?.value ?? null)
      if (order !== 0) return order
    }
    return 0
  })
}

function compare(a: Cell['value'], b: Cell['value']): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}
