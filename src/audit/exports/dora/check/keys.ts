import { NOT_APPLICABLE } from '../lists.ts'
import type { Reference } from '../templates.ts'
import type { Fault } from './rules.ts'
import { cellOf, type Table } from './table.ts'

/** No cell holds it: CSV of the register is text. */
const SEPARATOR = '\u0000'

/** Keys that are empty (805) or stand twice (806), and cells that refer to nothing (807). */
export function checkKeys(tables: ReadonlyMap<string, Table>, faults: Fault[]): void {
  for (const table of tables.values()) checkOwnKeys(table, faults)
  for (const table of tables.values())
    for (const reference of table.template.references)
      checkReference(table, reference, tables.get(reference.template), faults)
}

function checkOwnKeys(table: Table, faults: Fault[]): void {
  const { file, rows, template } = table
  const keys = template.columns.filter(({ isKey }) => isKey).map(({ code }) => code)
  if (keys.length === 0) return
  const seen = new Set<string>()
  rows.forEach((row, index) => {
    for (const column of keys)
      if (cellOf(table, row, column) === '') faults.push({ rule: 805, file, row: index + 1, column })
    const key = tupleOf(table, row, keys)
    if (seen.has(key)) faults.push({ rule: 806, file, row: index + 1, column: keys.join('+') })
    seen.add(key)
  })
}

function checkReference(
  table: Table,
  { columns, target }: Reference,
  other: Table | undefined,
  faults: Fault[]
): void {
  const known = new Set(other?.rows.map(row => tupleOf(other, row, target)))
  table.rows.forEach((row, index) => {
    const cells = columns.map(column => cellOf(table, row, column))
    if (cells.some(cell => cell === '' || cell === NOT_APPLICABLE)) return
    if (!known.has(tupleOf(table, row, columns)))
      faults.push({ rule: 807, file: table.file, row: index + 1, column: columns.join('+') })
  })
}

function tupleOf(table: Table, row: readonly string[], columns: readonly string[]): string {
  return columns.map(column => cellOf(table, row, column)).join(SEPARATOR)
}
