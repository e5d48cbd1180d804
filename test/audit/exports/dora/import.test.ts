import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import t from 'tap'
import { readRegister } from '../../../../src/audit/exports/dora/import.ts'
import type { Register } from '../../../../src/audit/exports/dora/package.ts'
import { type Sheet, writeWorkbook } from '../../../../src/audit/exports/formats/xlsx.ts'

/** Registers as people keep them. */

const BANK = '5299001TESTBANK00061'
const folder = t.testdir()
let files = 0

function saved(extension: string, content: Uint8Array | string): string {
  const path = join(folder, `register-${files++}.${extension}`)
  writeFileSync(path, content)
  return path
}

/** A folder of CSV files. */
function csv(tables: Readonly<Record<string, Uint8Array | string>>): string {
  const path = join(folder, `csv-${files++}`)
  mkdirSync(path)
  for (const [name, content] of Object.entries(tables)) writeFileSync(join(path, name), content)
  return path
}

async function workbook(sheets: Readonly<Record<string, Sheet['rows']>>): Promise<string> {
  const all = Object.entries(sheets).map(([name, [header = [], ...rows]]) => ({
    name,
    header: header.map(String),
    rows,
    widths: header.map(() => 10)
  }))
  return saved('xlsx', await writeWorkbook(all))
}

const rowsOf = (register: Register, template: string): Record<string, string>[] =>
  (register.get(template) ?? []).map(row => Object.fromEntries(row))

/** As a German spreadsheet saves it. */
function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('€', '\x80'), 'latin1')
}

/** A small zip that says it unpacks to 600 MB. */
function bomb(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'b_01.01.csv': Buffer.from('c0010') }))
  zip.writeUInt32LE(600_000_000, zip.indexOf('PK\u0001\u0002') + 24)
  return zip
}

const GERMAN = `c0010;c0020;c0030;c0040;c0050;c0060\r\n${BANK};Prüfbank AG;de;Kreditinstitut;BaFin;1.3.2026\r\n`
const READ = {
  c0010: BANK,
  c0020: 'Prüfbank AG',
  c0030: 'eba_GA:DE',
  c0040: 'eba_CT:x12',
  c0050: 'BaFin',
  c0060: '2026-03-01'
}

t.test('CSV of German spreadsheets: any encoding, semicolons or tabs, days and words', async t => {
  for (const [how, content] of [
    ['UTF-8', GERMAN],
    ['with a mark', `\ufeff${GERMAN}`],
    ['Windows-1252', windows1252(GERMAN)],
    ['UTF-16', Buffer.from(`\ufeff${GERMAN}`, 'utf16le')],
    ['tabs', GERMAN.replaceAll(';', '\t')],
    ['blanks around', GERMAN.replaceAll(';', ' ; ')]
  ] as const)
    t.strictSame(rowsOf(await readRegister(csv({ 'B_01.01.CSV': content })), 'B_01.01'), [READ], how)
})

t.test('amounts: a decimal comma is read; what may mean two numbers stays', async t => {
  const content = 'c0010;c0020;c0050\r\nA;einzeln;48.000,50\r\nB;;1000,5\r\nC;;48.000\r\nD;;viel\r\n'
  t.strictSame(
    rowsOf(await readRegister(csv({ b_02_01: '', 'b_02_01.csv': content })), 'B_02.01').map(
      row => row['c0050']
    ),
    ['48000.50', '1000.5', '48.000', 'viel']
  )
})

t.test('sheets: titles above, names below the codes, other columns, any order, numbers as codes', async t => {
  const register = await readRegister(
    await workbook({
      'Read me': [['fill in']],
      'B_01.01 Entity': [
        ['Entity maintaining the register'],
        ['Data point', 'c0010', 'c0020', 'c0030', 'c0040'],
        ['', 'LEI of the entity', 'Name of the entity', 'Country of the entity', 'Type of entity'],
        ['', BANK, 'Prüfbank AG', 'DE', 'credit institution']
      ],
      b_02_01: [
        ['B_02.01.0050', 'note', 'B_02.01.0010', 'B_02.01.0040'],
        [48000.5, 'internal', 'C-1', 'eur']
      ],
      'B_02.02': [
        [10, 20, 70],
        ['C-1', BANK, { day: '2025-09-01' }]
      ],
      'B_99.01': [
        ['c0010', 'c0040'],
        ['', 'public data']
      ]
    })
  )
  t.match(rowsOf(register, 'B_01.01'), [{ c0010: BANK, c0030: 'eba_GA:DE', c0040: 'eba_CT:x12' }])
  t.strictSame(rowsOf(register, 'B_02.01'), [{ c0050: '48000.5', c0010: 'C-1', c0040: 'eba_CU:EUR' }])
  t.strictSame(rowsOf(register, 'B_02.02'), [{ c0010: 'C-1', c0020: BANK, c0070: '2025-09-01' }])
  t.strictSame(
    rowsOf(register, 'B_99.01'),
    [{ c0040: 'public data' }],
    'words are no labels where all is text'
  )
})

t.test('a workbook under another name is a workbook; folders in a zip do not count', async t => {
  const path = await workbook({ 'B_01.01': [['c0010'], [BANK]] })
  t.equal((await readRegister(saved('dat', readFileSync(path)))).size, 1)
  const zip = zipSync({ 'a/b/b_01.01.csv': Buffer.from(`c0010\r\n${BANK}\r\n`) })
  t.equal((await readRegister(saved('zip', zip))).size, 1)
})

t.test('what can not be read says why', async t => {
  for (const [path, reason] of [
    [await workbook({ 'RT.01.01': [['RT.01.01.0010']] }), /2024 dry run/],
    [await workbook({ 'B_01.01': [['c0010']], 'B_01.01 (2)': [['c0010']] }), /B_01.01 twice/],
    [await workbook({ 'B_01.01': [['c0010', 'c0020', 'c0010']] }), /column c0010 twice/],
    [await workbook({ 'B_01.01': [['LEI', 'Name']] }), /no header with the code c0010/],
    [csv({ 'b_01.01.csv': 'c0010,c0020\r\n"open' }), /quote is left open/],
    [csv({ 'b_01.01.csv': 'c0010', 'B_01_01.csv': 'c0010' }), /B_01.01 twice/],
    [saved('xlsx', zipSync({ 'b_01.01.csv': Buffer.from('c0010') })), /no Excel workbook/],
    [saved('zip', bomb()), /neither a zip/]
  ] as const)
    await t.rejects(readRegister(path), { code: 'SCHLEUSE_REGISTER_UNREADABLE', message: reason })
})
