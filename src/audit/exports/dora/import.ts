import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import readExcelFile from 'read-excel-file/node'
import { errors } from '../../../errors.ts'
import { readZip } from '../../zip.ts'
import { type Cells, csvCells, rowsOf } from './import-table.ts'
import type { Register, Row } from './package.ts'
import { TEMPLATES } from './templates.ts'

/** Larger files are no register that one company keeps. */
const MAX_BYTES = 67_108_864

/**
 * Reads the register that a company keeps already: the authority's plain-CSV package (zip), an Excel workbook with one
 * sheet per template, or a folder of the same CSV files. CSV may come from a German spreadsheet (semicolons, Windows-1252,
 * decimal commas). Sheets and columns it does not know are left out, their order is free, and templates may be missing.
 * @param path written by people: its content is not trusted
 * @throws errors.RegisterUnreadable saying what is wrong
 */
export async function readRegister(path: string): Promise<Register> {
  const tables = await tablesOf(path)
  const register = new Map<string, readonly Row[]>()
  for (const template of TEMPLATES) {
    const table = tables.get(template.code)
    if (table !== undefined) register.set(template.code, rowsOf(template, table))
  }
  if (register.size === 0)
    throw new errors.RegisterUnreadable('it holds none of the fifteen templates, B_01.01 to B_99.01')
  return register
}

async function tablesOf(path: string): Promise<Map<string, Cells>> {
  const about = statSync(path, { throwIfNoEntry: false })
  if (about === undefined) throw new errors.RegisterUnreadable('there is no such file')
  if (about.isDirectory()) return csvTables(name => readSome(join(path, name)), readdirSync(path))
  const bytes = readSome(path)
  const files = readZip(bytes)
  if (/\.xls[xm]$/i.test(path)) {
    if (files === null) throw new errors.RegisterUnreadable('it is no Excel workbook')
    return sheetTables(bytes)
  }
  if (files === null) throw new errors.RegisterUnreadable('it is neither a zip, an xlsx nor a folder')
  if (files.has('[Content_Types].xml')) return sheetTables(bytes)
  return csvTables(name => files.get(name) ?? new Uint8Array(), [...files.keys()])
}

function readSome(path: string): Buffer {
  if (statSync(path).size > MAX_BYTES) throw new errors.RegisterUnreadable('a file is larger than 64 MiB')
  return readFileSync(path)
}

/** `b_02.02.csv`, also `B_02_02.csv`; folders before it do not count. */
const CSV_NAME = /(?:^|\/)b[_ ]?(\d\d)[._](\d\d)\.csv$/i

function csvTables(read: (name: string) => Uint8Array, names: readonly string[]): Map<string, Cells> {
  const tables = new Map<string, Cells>()
  for (const name of names) {
    const [, one, two] = CSV_NAME.exec(name) ?? []
    if (one === undefined) continue
    put(tables, `B_${one}.${two}`, csvCells(`B_${one}.${two}`, read(name)))
  }
  return tables
}

async function sheetTables(bytes: Buffer): Promise<Map<string, Cells>> {
  const sheets = await readExcelFile(bytes).catch((cause: unknown) => {
    throw Object.assign(new errors.RegisterUnreadable('it is no Excel workbook'), { cause })
  })
  if (sheets.some(({ sheet }) => /^RT[_ .]?\d\d\.\d\d/i.test(sheet)))
    throw new errors.RegisterUnreadable(
      'its sheets are called RT.01.01 …: that is the layout of the 2024 dry run; move the rows into the sheets B_01.01 … of the layout in force'
    )
  const tables = new Map<string, Cells>()
  for (const { sheet, data } of sheets) {
    const code = /B[_ ](\d\d)[._](\d\d)/i.exec(sheet)
    if (code === null) continue
    put(
      tables,
      `B_${code[1]}.${code[2]}`,
      data.map(row => row.map(textOf))
    )
  }
  return tables
}

function put(tables: Map<string, Cells>, code: string, cells: Cells): void {
  if (tables.has(code)) throw new errors.RegisterUnreadable(`it holds ${code} twice`)
  tables.set(code, cells)
}

function textOf(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : ''
}
