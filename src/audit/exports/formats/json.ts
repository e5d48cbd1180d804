import type { ExportFormat } from './format.ts'

/** Every cell with where it comes from. */
export const json: ExportFormat = {
  name: 'json',
  extension: 'json',
  contentType: 'application/json',
  write: ({ record, rows, from, to }) => {
    const head = { name: record.name, title: record.title, law: record.law, from, to }
    const columns = record.columns.map(({ name, title, kind }) => ({ name, title, kind }))
    const lines = rows.map(row =>
      JSON.stringify(Object.fromEntries(row.map((cell, at) => [record.columns[at]?.name ?? '', cell])))
    )
    return `{"export":${JSON.stringify({ ...head, columns })},"rows":[\n${lines.join(',\n')}\n]}\n`
  }
}
