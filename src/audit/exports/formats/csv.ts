import { csvLine } from '../../../core/csv.ts'
import type { Cell, ExportColumn, ExportRow, Language } from '../export.ts'
import { LAST, missingIn, pieces, provenanceOf, type ExportFormat, type Filled } from './format.ts'
import { plainWords } from './words.ts'

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
    yield* lines(
      filled,
      row => [...row.map(({ value }) => String(value ?? '')), missingIn(row, columns)],
      ','
    )
  }
}

/** For German spreadsheets: titles and words in the language asked for. */
export const csvDe: ExportFormat = {
  name: 'csv-de',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  async *write(filled, language) {
    const { columns } = filled.record
    const last = [LAST.missing[language], LAST.provenance[language]]
    yield BOM + csvLine([...columns.map(({ title }) => title[language]), ...last], ';')
    const cells = (row: ExportRow) => row.map((cell, at) => germanCell(cell, columns[at], language))
    yield* lines(filled, row => [...cells(row), missingIn(row, columns, language)], ';')
  }
}

async function* lines(
  filled: Filled,
  cells: (row: ExportRow) => readonly string[],
  separator: ',' | ';'
): AsyncGenerator<string> {
  for await (const rows of pieces(filled))
    yield rows.map(row => csvLine([...cells(row), provenanceOf(row)], separator)).join('')
}

function germanCell({ value }: Cell, column: ExportColumn | undefined, language: Language): string {
  if (typeof value === 'string') return plainWords(column?.name ?? '', value, language)
  const text = String(value ?? '')
  return column?.kind === 'decimal' ? text.replace('.', ',') : text
}
