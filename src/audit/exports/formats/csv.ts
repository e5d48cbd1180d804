import { csvLine } from '../../../core/csv.ts'
import type { Cell, ExportColumn, ExportRow, Language } from '../export.ts'
import { pieces, type ExportFormat, type Filled } from './format.ts'

/** German spreadsheets take a semicolon and a decimal comma, and UTF-8 only behind a byte order mark. */
const BOM = '\ufeff'

/** RFC 4180, stable column names; the last columns name the cells that are missing and where the others come from. */
export const csv: ExportFormat = {
  name: 'csv',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  async *write(filled) {
    const { columns } = filled.record
    yield csvLine([...columns.map(({ name }) => name), 'missing', 'provenance'])
    yield* lines(filled, row => [...row.map(({ value }) => String(value ?? '')), missing(row, columns)], ',')
  }
}

/** For German spreadsheets, with titles in the language asked for. */
export const csvDe: ExportFormat = {
  name: 'csv-de',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  async *write(filled, language) {
    const { columns } = filled.record
    const last = language === 'de' ? ['fehlt', 'Herkunft'] : ['missing', 'provenance']
    yield BOM + csvLine([...columns.map(({ title }) => title[language]), ...last], ';')
    const cells = (row: ExportRow) => row.map((cell, at) => germanCell(cell, columns[at]))
    yield* lines(filled, row => [...cells(row), missing(row, columns, language)], ';')
  }
}

async function* lines(
  filled: Filled,
  cells: (row: ExportRow) => readonly string[],
  separator: string
): AsyncGenerator<string> {
  for await (const rows of pieces(filled))
    yield rows.map(row => csvLine([...cells(row), provenance(row)], separator)).join('')
}

function missing(row: ExportRow, columns: readonly ExportColumn[], language?: Language): string {
  return row
    .flatMap(({ provenance: from }, at) => (from === 'missing' ? [columns[at]] : []))
    .map(column => (language === undefined ? column?.name : column?.title[language]) ?? '')
    .join(language === undefined ? ' ' : ', ')
}

const LETTERS = { observed: 'o', declared: 'd', derived: 'a', missing: '-' } as const

/** One letter per cell: o observed, d declared, a derived by arithmetic; a stroke for missing. */
function provenance(row: ExportRow): string {
  const letters = row.map(cell => LETTERS[cell.provenance]).join('')
  // a leading stroke would be read as a formula
  return `p:${letters}`
}

function germanCell({ value }: Cell, column: ExportColumn | undefined): string {
  const text = String(value ?? '')
  return column?.kind === 'decimal' ? text.replace('.', ',') : text
}
