import type { Aggregate } from '../index/aggregate.ts'
import type { AuditFilter } from '../index/filter.ts'
import type { Cell, ExportRow, Period } from './export.ts'

const MISSING: Cell = { value: null, provenance: 'missing' }

/** A dimension that is seen in every event that has it. */
export function observed(value: string | number | null | undefined): Cell {
  return value === null || value === undefined ? MISSING : { value, provenance: 'observed' }
}

/** Said by the operator. */
export function declared(value: string | null | undefined): Cell {
  return value === null || value === undefined || value === '' ? MISSING : { value, provenance: 'declared' }
}

/** Several values, sorted, each once; missing where there is none. */
export function declaredList(values: readonly string[]): Cell {
  return declared([...new Set(values)].sort().join(' '))
}

/** Several values that were seen; none is an answer too. */
export function observedList(values: readonly string[]): Cell {
  return { value: [...new Set(values)].sort().join(' '), provenance: 'observed' }
}

export function derived(value: string | number): Cell {
  return { value, provenance: 'derived' }
}

/** ISO date (UTC) of the first or last event. */
export function day(ms: number | undefined): Cell {
  return observed(ms === undefined || ms === 0 ? null : new Date(ms).toISOString().slice(0, 10))
}

/** Events of one type in a period. */
export function admissions({ fromMs, toMs }: Period): AuditFilter {
  return ofType('ai.request.admitted', { fromMs, toMs })
}

export function ofType(type: string, { fromMs, toMs }: Period): AuditFilter {
  return { fromMs, toMs, values: new Map([['type', [type]]]), missing: [] }
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
