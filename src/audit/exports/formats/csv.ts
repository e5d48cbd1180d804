import { csvLine } from '../../../core/csv.ts'
import type { Cell, ExportColumn, Language } from '../export.ts'
import type { ExportFormat, Filled } from './format.ts'

/** German spreadsheets take a semicolon and a decimal comma, and UTF-8 only behind a byte order mark. */
const BOM = '\ufeff'

/** RFC 4180, stable column names; the last column names the cells that are missing. */
export const csv: ExportFormat = {
  name: 'csv',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  write: ({ record, rows }) =>
    lines(
      record.columns.map(({ name }) => name),
      rows.map(row => row.map(({ value }) => String(value ?? ''))),
      { rows, columns: record.columns },
      ','
    )
}

/** For German spreadsheets, with titles in the language asked for. */
export const csvDe: ExportFormat = {
  name: 'csv-de',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  write: (filled, language) =>
    BOM +
    lines(
      filled.record.columns.map(({ title }) => title[language]),
      filled.rows.map(row => row.map((cell, at) => germanCell(cell, filled.record.columns[at]))),
      { rows: filled.rows, columns: filled.record.columns, language },
      ';'
    )
}

interface Gaps {
  readonly rows: Filled['rows']
  readonly columns: readonly ExportColumn[]
  readonly language?: Language
}

function lines(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  gaps: Gaps,
  separator: string
): string {
  const missing = gaps.language === 'de' ? 'fehlt' : 'missing'
  return (
    csvLine([...header, missing], separator) +
    rows.map((row, at) => csvLine([...row, gapsOf(gaps, at)], separator)).join('')
  )
}

function gapsOf({ rows, columns, language }: Gaps, at: number): string {
  return (rows[at] ?? [])
    .flatMap(({ provenance }, column) => (provenance === 'missing' ? [columns[column]] : []))
    .map(column => (language === undefined ? column?.name : column?.title[language]) ?? '')
    .join(language === undefined ? ' ' : ', ')
}

function germanCell({ value }: Cell, column: ExportColumn | undefined): string {
  const text = String(value ?? '')
  return column?.kind === 'decimal' ? text.replace('.', ',') : text
}
