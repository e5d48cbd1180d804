import type { ExportColumn, ExportRow } from '../export.ts'
import { GapCount } from '../gaps.ts'
import { pieces, type ExportFormat } from './format.ts'

/** Every cell with where it comes from, and what is missing. */
export const json: ExportFormat = {
  name: 'json',
  extension: 'json',
  contentType: 'application/json',
  async *write(filled) {
    const { record, from, to } = filled
    const head = { name: record.name, title: record.title, law: record.law, from, to }
    const columns = record.columns.map(({ name, title, kind, source }) => ({ name, title, kind, source }))
    yield `{"export":${JSON.stringify({ ...head, columns })},"rows":[`
    const gaps = new GapCount(record.columns)
    let separator = '\n'
    for await (const rows of pieces(filled)) {
      for (const row of rows) gaps.add(row)
      yield separator + rows.map(row => JSON.stringify(objectOf(row, record.columns))).join(',\n')
      separator = ',\n'
    }
    yield `\n],"gaps":${JSON.stringify(gaps.gaps)}}\n`
  }
}

function objectOf(row: ExportRow, columns: readonly ExportColumn[]): object {
  return Object.fromEntries(
    row.map((cell, at) => {
      const column = columns[at]
      const source = cell.provenance === 'missing' ? undefined : (cell.source ?? column?.source)
      return [column?.name ?? '', { ...cell, source }]
    })
  )
}
