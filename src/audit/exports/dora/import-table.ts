import { isUtf8 } from 'node:buffer'
import { errors } from '../../../errors.ts'
import { codeOf } from './cell-codes.ts'
import { readCsv } from './check/table.ts'
import { breaksType } from './check/values.ts'
import type { Row } from './package.ts'
import type { CellType, Template } from './templates.ts'

/** One table as people wrote it. */
export type Cells = readonly (readonly string[])[]

/** Explanations may stand above the header of a sheet, and some right below it. */
const MAX_HEADER_ROW = 20
const MAX_LABEL_ROWS = 3

/**
 * Cells of a CSV file: UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs.
 * @throws errors.RegisterUnreadable
 */
export function csvCells(template: string, bytes: Uint8Array): Cells {
  const text = decoded(bytes)
  const line = text.split('\n', MAX_HEADER_ROW).find(one => /c?0010/.test(one)) ?? ''
  const separator = [',', ';', '\t'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0]
  const cells = readCsv(text, separator)
  if (cells === null)
    throw new errors.RegisterUnreadable(`the file of ${template} is no CSV: a quote is left open`)
  return cells.map(row => row.map(cell => cell.trim()))
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : isUtf8(bytes) ? 'utf-8' : 'windows-1252'
  return new TextDecoder(encoding).decode(bytes)
}

/** `c0010`, `0010`, `B_02.02.0010`, `c0010 …`. */
const HEADER = /(?:^|[._c])(\d{4})(?:\D|$)/

/** A number cell has lost its zeros. */
function columnOf(cell: string): string | undefined {
  return /^\d{2,3}$/.test(cell) ? cell.padStart(4, '0') : HEADER.exec(cell)?.[1]
}

/** @throws errors.RegisterUnreadable when there is no header, or a column stands twice in it */
export function rowsOf(template: Template, table: Cells): Row[] {
  const at = table.slice(0, MAX_HEADER_ROW).findIndex(row => row.some(cell => columnOf(cell) === '0010'))
  if (at < 0) throw new errors.RegisterUnreadable(`${template.code} has no header with the code c0010`)
  const codes = (table[at] ?? []).map(cell => `c${columnOf(cell) ?? ''}`)
  const types = new Map(template.columns.map(({ code, type }) => [code, type]))
  const known = codes.filter(code => types.has(code))
  const twice = known.find((code, index) => known.indexOf(code) !== index)
  if (twice !== undefined)
    throw new errors.RegisterUnreadable(`${template.code} has the column ${twice} twice`)
  return table.slice(at + 1).flatMap((line, index) => {
    if (index < MAX_LABEL_ROWS && isLabels(line, codes, types)) return []
    const row = new Map<string, string>()
    for (const [place, code] of codes.entries()) {
      const type = types.get(code)
      const cell = line[place] ?? ''
      if (type !== undefined && cell !== '') row.set(code, codeOf(type, cell))
    }
    return row.size === 0 ? [] : [row]
  })
}

/** Names of columns below their codes: words only, and none of them a value that its column takes. */
function isLabels(
  line: readonly string[],
  codes: readonly string[],
  types: ReadonlyMap<string, CellType>
): boolean {
  if (line.some(cell => /\d/.test(cell))) return false
  const typed = codes.flatMap((code, place) => {
    const type = types.get(code)
    const cell = line[place] ?? ''
    return type === undefined || type === 'text' || cell === '' ? [] : [[type, cell] as const]
  })
  return typed.length > 0 && typed.every(([type, cell]) => breaksType(type, codeOf(type, cell)) !== null)
}
