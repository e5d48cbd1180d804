import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { COMPANY, FROM, TO } from '../../../../src/audit/exports/demo/company.ts'
import { openDemo } from '../../../../src/audit/exports/demo/index.ts'
import { KEPT_REGISTER } from '../../../../src/audit/exports/demo/register.ts'
import { checkPackage } from '../../../../src/audit/exports/dora/check/index.ts'
import { readRegister } from '../../../../src/audit/exports/dora/import.ts'
import { NO_COUNTRY, OPEN_DATE } from '../../../../src/audit/exports/dora/lists.ts'
import { type Register, writePackage } from '../../../../src/audit/exports/dora/package.ts'
import { register as record } from '../../../../src/audit/exports/dora/register.ts'
import { fileOf, TEMPLATES } from '../../../../src/audit/exports/dora/templates.ts'
import { fill } from '../../../../src/audit/exports/run.ts'
import type { Filled } from '../../../../src/audit/exports/formats/format.ts'
import { folderOf } from '../../../support/audit-index.ts'
import { rowsOf } from '../../../support/export-rows.ts'
import { NAME, register as small } from './register.ts'

/** All fifteen templates from config, records, traffic and the register a company keeps. */

const demo = await openDemo()
t.teardown(() => demo.close())
const filled = await fill(record, demo.source, FROM, TO)

interface Seen {
  readonly value: string | null
  readonly provenance: string
  readonly source: string
}
type Table = ReadonlyMap<string, Seen>[]

async function tablesOf(filled: Filled): Promise<Map<string, Table>> {
  const tables = new Map<string, Map<string, Seen>[]>()
  for (const [template, at, column, , , value, source] of await rowsOf(filled)) {
    const table = tables.get(String(template?.value)) ?? []
    tables.set(String(template?.value), table)
    const row = (table[Number(at?.value) - 1] ??= new Map<string, Seen>())
    row.set(String(column?.value), {
      value: value?.value === null ? null : String(value?.value),
      provenance: value?.provenance ?? '',
      source: String(source?.value)
    })
  }
  return tables
}

const tables = await tablesOf(filled)
/** Values of a template, `-` for missing; rows as lists. */
const values = (template: string, ...columns: readonly string[]): string[] =>
  (tables.get(template) ?? []).map(row =>
    columns.map(code => (row.has(`c${code}`) ? (row.get(`c${code}`)?.value ?? '-') : '')).join(' ')
  )

const BANK = '5299001TESTBANK00061'
const INSURER = '5299001TESTVERS00062'
const LEASING = '5299001TESTLEAS00046'
const [NORD, ATLANTIC, IRISH, PACIFIC] = ['nordlicht', 'atlantique', 'shamrock', 'pacific'].map(
  id => COMPANY.providers.get(id)?.code ?? ''
)

t.test('what the company wrote stays, cell by cell', async t => {
  for (const [template, rows] of KEPT_REGISTER)
    for (const kept of rows) {
      const found = tables
        .get(template)
        ?.some(row => [...kept].every(([code, value]) => value === '' || row.get(code)?.value === value))
      t.ok(found, `${template} ${[...kept.values()][0]}`)
    }
  const own = [...tables.values()].flat().flatMap(row => [...row.values()])
  t.ok(
    own.filter(({ source }) => source.startsWith('register: ')).every(one => one.provenance === 'declared')
  )
})

t.test(
  'B_02.02: one row per use; a row the company has already is not doubled for another place',
  async t => {
    const open = OPEN_DATE
    t.strictSame(
      values(
        'B_02.02',
        '0010',
        '0020',
        '0030',
        '0050',
        '0060',
        '0070',
        '0080',
        '0130',
        '0140',
        '0150',
        '0160'
      ),
      [
        `C-2025-007 ${LEASING} ${ATLANTIC} F4 eba_TA:S19 2025-09-01 2026-08-31 - eba_BT:x28 eba_GA:FR eba_GA:FR`,
        `C-2026-001 ${BANK} ${NORD} F1 eba_TA:S19 2025-09-01 ${open} eba_GA:DE eba_BT:x28 eba_GA:DE eba_GA:DE`,
        `C-2026-003 ${BANK} ${IRISH} F2 eba_TA:S19 2025-09-01 ${open} - eba_BT:x28 eba_GA:IE eba_GA:IE`,
        `C-2026-004 ${BANK} ${PACIFIC} F1 eba_TA:S19 2025-09-01 ${open} - eba_BT:x28 eba_GA:US eba_GA:US`,
        `C-2026-004 ${INSURER} ${PACIFIC} F3 eba_TA:S19 2025-09-01 ${open} eba_GA:IE eba_BT:x29 ${NO_COUNTRY} eba_GA:IE`
      ]
    )
    const irish = tables.get('B_02.02')?.[2]
    t.match(irish?.get('c0010'), { provenance: 'declared', source: /^trail/ })
    t.match(irish?.get('c0070'), { provenance: 'declared', source: 'config: contracts C-2026-003' })
    t.match(irish?.get('c0110'), { value: null, provenance: 'missing' })
  }
)

/** The bytes of a format of the record's own. */
async function written(name: string, of: Filled = filled): Promise<{ bytes: Buffer; file: string }> {
  const format = record.formats?.find(one => one.name === name)
  if (format === undefined) throw new Error(`there is no format ${name}`)
  const pieces: Buffer[] = []
  for await (const piece of format.write(of, 'en')) pieces.push(Buffer.from(piece))
  return { bytes: Buffer.concat(pieces), file: `${format.fileName?.(of) ?? name}.${format.extension}` }
}

t.test(
  'the package passes the check: warnings for what nobody said, nothing that leads to rejection',
  async t => {
    const { bytes, file } = await written('package')
    t.equal(file, `${BANK}.CON_DE_DORA010100_DORA_2026-09-30_20261005090000000.zip`)
    const faults = checkPackage(file, bytes, '2026-10-05')
    t.strictSame(
      faults.filter(({ rule }) => rule !== 'expected'),
      []
    )
    t.ok(faults.length > 0)
  }
)

t.test('nobody said who keeps the register: the way out is named', async t => {
  const records = { ...COMPANY.records }
  delete records.organisation
  const source = { ...demo.source, declared: { ...COMPANY, records }, register: async () => null }
  const anonymous = await fill(record, source, FROM, TO)
  await t.rejects(written('package', anonymous), { code: 'SCHLEUSE_REGISTER_INCOMPLETE' })
})

const asLists = (register: Register): string[] =>
  TEMPLATES.flatMap(({ code }) =>
    (register.get(code) ?? []).map(row =>
      [
        code,
        ...[...row]
          .filter(([, value]) => value !== '')
          .map(([c, v]) => `${c}=${v}`)
          .sort()
      ].join(' ')
    )
  ).sort()

t.test('the workbook is read back as it was written, and gives the same register again', async t => {
  const folder = folderOf(t)
  const file = join(folder, 'register.xlsx')
  writeFileSync(file, (await written('workbook')).bytes)
  const back = await readRegister(file)
  const wanted = [...tables].map(
    ([code, table]) =>
      [code, table.map(row => new Map([...row].map(([c, { value }]) => [c, value ?? ''])))] as const
  )
  t.strictSame(asLists(back), asLists(new Map(wanted)))
  const again = await tablesOf(
    await fill(record, { ...demo.source, register: () => readRegister(file) }, FROM, TO)
  )
  const cellsOf = (all: ReadonlyMap<string, Table>) =>
    [...all].map(([code, table]) => [
      code,
      table.map(row =>
        [...row]
          .map(([c, { value }]) => `${c}=${value}`)
          .filter(one => !one.endsWith('='))
          .sort()
      )
    ])
  t.strictSame(cellsOf(again), cellsOf(tables))
})

t.test(
  'a register is read from a package, from a folder of CSV, and with words in place of codes',
  async t => {
    const folder = folderOf(t)
    const zip = join(folder, 'any.zip')
    writeFileSync(zip, writePackage(small(), NAME))
    t.strictSame(asLists(await readRegister(zip)), asLists(small()))
    const csv = join(folder, 'csv')
    mkdirSync(csv)
    const template = TEMPLATES.find(({ code }) => code === 'B_02.02')
    if (template === undefined) throw new Error('there is no B_02.02')
    writeFileSync(
      join(csv, fileOf(template)),
      'explained above,,,\r\nc0010,B_02.02.0060,c0140 stores,c0160,c0170\r\nAI-1,S19,Yes,fr,high\r\n'
    )
    t.strictSame(asLists(await readRegister(csv)), [
      'B_02.02 c0010=AI-1 c0060=eba_TA:S19 c0140=eba_BT:x28 c0160=eba_GA:FR c0170=eba_ZZ:x793'
    ])
  }
)

t.test('what is no register is refused with the reason', async t => {
  const folder = folderOf(t)
  const put = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  for (const [path, reason] of [
    [join(folder, 'none.xlsx'), /no such file/],
    [put('text.zip', 'no zip'), /neither a zip/],
    [put('text.xlsx', 'no workbook'), /no Excel workbook/],
    [folder, /none of the fifteen/]
  ] as const)
    await t.rejects(readRegister(path), { code: 'SCHLEUSE_REGISTER_UNREADABLE', message: reason })
  put('b_01.01.csv', 'who,what\r\n1,2\r\n')
  await t.rejects(readRegister(folder), { message: /B_01.01 has no header/ })
})
