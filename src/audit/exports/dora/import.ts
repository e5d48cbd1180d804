import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import readExcelFile from 'read-excel-file/node'
import { errors } from '../../../errors.ts'
import { readZip } from '../../zip.ts'
import { codeOf } from './cell-codes.ts'
import { readCsv } from './check/table.ts'
import type { Register, Row } from './package.ts'
import { fileOf, type Template, TEMPLATES } from './templates.ts'

/** Larger files are no register that one company keeps. */
const MAX_BYTES = 67_108_864
/** Explanations may stand above the header of a sheet. */
const MAX_HEADER_ROW = 20

type Cells = readonly (readonly string[])[]

/**
 * Reads the register that a company keeps already: the authority's plain-CSV package (zip), an Excel workbook with one
 * sheet per template, or a folder of the same CSV files. Sheets and columns it does not know are left out; templates may be
 * missing.
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
  if (about.isDirectory()) return csvTables(name => readText(join(path, name)), readdirSync(path))
  if (about.size > MAX_BYTES) throw new errors.RegisterUnreadable('it is larger than 64 MiB')
  const bytes = readFileSync(path)
  if (path.toLowerCase().endsWith('.xlsx')) return sheetTables(bytes)
  const files = readZip(bytes)
  if (files === null) throw new errors.RegisterUnreadable('it is neither a zip, an xlsx nor a folder')
  const byName = new Map(
    [...files].map(([name, content]) => [name.slice(name.lastIndexOf('/') + 1), content])
  )
  return csvTables(name => new TextDecoder().decode(byName.get(name)), [...byName.keys()])
}

function readText(path: string): string {
  if (statSync(path).size > MAX_BYTES) throw new errors.RegisterUnreadable('a file is larger than 64 MiB')
  return readFileSync(path, 'utf8')
}

function csvTables(read: (name: string) => string, names: readonly string[]): Map<string, Cells> {
  const tables = new Map<string, Cells>()
  for (const template of TEMPLATES) {
    const name = names.find(one => one.toLowerCase() === fileOf(template))
    if (name === undefined) continue
    const cells = readCsv(read(name).replace(/^\ufeff/, ''))
    if (cells === null) throw new errors.RegisterUnreadable(`${fileOf(template)} is no CSV`)
    tables.set(template.code, cells)
  }
  return tables
}

async function sheetTables(bytes: Buffer): Promise<Map<string, Cells>> {
  const sheets = await readExcelFile(bytes).catch((cause: unknown) => {
    throw Object.assign(new errors.RegisterUnreadable('it is no Excel workbook'), { cause })
  })
  const tables = new Map<string, Cells>()
  for (const { sheet, data } of sheets) {
    const code = /B[_ ](\d\d)\.(\d\d)/i.exec(sheet)
    if (code === null) continue
    tables.set(
      `B_${code[1]}.${code[2]}`,
      data.map(row => row.map(textOf))
    )
  }
  return tables
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : ''
}

/** `c0010`, `0010`, `B_02.02.0010`, `c0010 …`. */
const HEADER = /(?:^|[._c])(\d{4})(?:\D|$)/

function rowsOf(template: Template, table: Cells): Row[] {
  const at = table
    .slice(0, MAX_HEADER_ROW)
    .findIndex(row => row.some(cell => HEADER.exec(cell)?.[1] === '0010'))
  if (at < 0) throw new errors.RegisterUnreadable(`${template.code} has no header with the code c0010`)
  const codes = (table[at] ?? []).map(cell => `c${HEADER.exec(cell)?.[1] ?? ''}`)
  const types = new Map(template.columns.map(({ code, type }) => [code, type]))
  return table.slice(at + 1).flatMap(line => {
    const row = new Map<string, string>()
    for (const [index, code] of codes.entries()) {
      const type = types.get(code)
      const cell = line[index] ?? ''
      if (type !== undefined && cell !== '') row.set(code, codeOf(type, cell))
    }
    return row.size === 0 ? [] : [row]
  })
}
