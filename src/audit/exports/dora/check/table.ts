import { parse } from 'csv-parse/sync'
import type { Template } from '../templates.ts'
import type { Fault } from './rules.ts'

/** One table of a package, as read. */
export interface Table {
  readonly template: Template
  readonly file: string
  /** Position by column code. */
  readonly at: ReadonlyMap<string, number>
  /** Without the header; cells as written. */
  readonly rows: readonly (readonly string[])[]
}

/** @returns rows of cells, or null when it is no CSV (RFC 4180) */
export function readCsv(text: string, delimiter = ','): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true })
  } catch {
    return null
  }
}

/** Reads one table and checks its form (801, 802, 809). What is misplaced is left out of what further rules see. */
export function readTable(template: Template, file: string, text: string, faults: Fault[]): Table {
  const lines = readCsv(text)
  if (lines === null) faults.push({ rule: 809, file })
  const [header = [], ...rows] = lines ?? []
  const at = new Map<string, number>()
  const known = new Set(template.columns.map(({ code }) => code))
  header.forEach((column, index) => {
    if (!known.has(column)) faults.push({ rule: 801, file, column: column === '' ? `#${index + 1}` : column })
    else if (at.has(column)) faults.push({ rule: 802, file, column })
    else at.set(column, index)
  })
  for (const { code } of template.columns)
    if (!at.has(code) && header.length > 0) faults.push({ rule: 801, file, column: code })
  rows.forEach((row, index) => {
    if (row.length !== header.length) faults.push({ rule: 809, file, row: index + 1 })
  })
  const table = { template, file, at, rows }
  checkFacts(table, faults)
  return table
}

/** A row of nothing but its key carries no fact and is rejected. */
function checkFacts(table: Table, faults: Fault[]): void {
  const values = table.template.columns.filter(({ isKey }) => !isKey)
  table.rows.forEach((row, index) => {
    if (values.every(({ code }) => cellOf(table, row, code) === ''))
      faults.push({ rule: 809, file: table.file, row: index + 1 })
  })
}

/** Empty when the column is missing. */
export function cellOf(table: Table, row: readonly string[], column: string): string {
  const index = table.at.get(column)
  return index === undefined ? '' : (row[index] ?? '')
}
