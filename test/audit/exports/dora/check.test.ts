import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import t from 'tap'
import { checkPackage } from '../../../../src/audit/exports/dora/check/index.ts'
import { RULES, type Fault } from '../../../../src/audit/exports/dora/check/rules.ts'
import {
  type PackageName,
  packageNameOf,
  type Register,
  writePackage
} from '../../../../src/audit/exports/dora/package.ts'
import { TEMPLATES } from '../../../../src/audit/exports/dora/templates.ts'
import { BANK, NAME, register, VENDOR } from './register.ts'

const TODAY = '2026-11-22'
const ROOT = packageNameOf(NAME)
const ZIP = `${ROOT}.zip`

/** Changes files of a good package; undefined takes one away. */
type FileEdit = (text: string) => string | Uint8Array | undefined
interface Broken {
  readonly register?: Register
  readonly name?: Partial<PackageName>
  readonly zipName?: (name: string) => string
  readonly root?: string
  readonly files?: Readonly<Record<string, FileEdit>>
  readonly extra?: readonly string[]
  readonly bytes?: Uint8Array
}

function check(broken: Broken = {}): Fault[] {
  const name = { ...NAME, ...broken.name }
  const root = packageNameOf(name)
  const entries = Object.entries(unzipSync(writePackage(broken.register ?? register(), name)))
  const files = new Map<string, Uint8Array>()
  for (const [path, bytes] of entries) {
    const inside = path.slice(root.length + 1)
    const edit = broken.files?.[inside.replace('reports/', '')]
    const changed = edit === undefined ? bytes : edit(strFromU8(bytes))
    if (changed === undefined) continue
    files.set(`${broken.root ?? root}/${inside}`, typeof changed === 'string' ? strToU8(changed) : changed)
  }
  for (const file of broken.extra ?? []) files.set(`${root}/reports/${file}`, strToU8('x'))
  const zip = broken.bytes ?? zipSync(Object.fromEntries(files))
  return checkPackage(broken.zipName?.(`${root}.zip`) ?? `${root}.zip`, zip, TODAY)
}

const replace =
  (from: string, to: string): FileEdit =>
  text => {
    t.ok(text.includes(from), `the good file holds ${from}`)
    return text.replace(from, to)
  }

t.test('a good package breaks no rule', async t => {
  t.strictSame(check(), [])
  t.equal(ZIP, `${BANK}.IND_DE_DORA010100_DORA_2025-12-31_20260301100000123.zip`)
})

/** One broken package per rule, and where the fault is told. */
const BROKEN: Readonly<Record<keyof typeof RULES, readonly [Broken, Partial<Fault>]>> = {
  101: [{ bytes: strToU8('no zip') }, { file: ZIP }],
  103: [{ root: 'elsewhere' }, { file: ZIP }],
  104: [{ zipName: name => name.replace('_DE_', '_DE ') }, {}],
  105: [{ zipName: () => 'register.zip' }, { file: 'register.zip' }],
  106: [{ zipName: name => name.replace('DORA010100', 'DORA010000') }, {}],
  109: [{ name: { referenceDate: '2025-02-30' } }, {}],
  111: [{ name: { referenceDate: '2026-12-31' } }, {}],
  305: [
    { register: register({ 'B_02.01/c0050': '48.000,50' }) },
    { file: 'b_02.01.csv', row: 1, column: 'c0050' }
  ],
  306: [{ files: { 'b_01.01.csv': text => Buffer.from(text, 'latin1') } }, { file: 'b_01.01.csv' }],
  320: [{ files: { 'parameters.csv': replace('2025-12-31', '2025-12-30') } }, { file: 'parameters.csv' }],
  330: [
    { register: register({ 'B_02.02/c0070': '01.02.2025' }) },
    { file: 'b_02.02.csv', row: 1, column: 'c0070' }
  ],
  331: [{ register: register({ 'B_02.02/c0100': '90.5' }) }, { file: 'b_02.02.csv', column: 'c0100' }],
  333: [{ register: register({ 'B_03.01/c0030': 'yes' }) }, { file: 'b_03.01.csv', column: 'c0030' }],
  503: [{ register: register({ 'B_06.01/c0050': 'No' }) }, { file: 'b_06.01.csv', column: 'c0050' }],
  505: [{ files: { 'report.json': replace('dora/4.0', 'dora/3.5') } }, { file: 'report.json' }],
  510: [{ files: { 'FilingIndicators.csv': text => `${text}b_01.01,true\r\n` } }, { row: 16 }],
  514: [{ files: { 'parameters.csv': replace('.IND', '.ALL') } }, { file: 'parameters.csv' }],
  701: [{ files: { 'parameters.csv': () => undefined } }, { file: 'parameters.csv' }],
  702: [{ files: { 'FilingIndicators.csv': replace('templateID', 'template') } }, {}],
  703: [{ files: { 'FilingIndicators.csv': text => `${text}B_01.01,true\r\n` } }, { row: 16 }],
  704: [{ files: { 'FilingIndicators.csv': replace('B_02.03,true', 'B_02.03,yes') } }, { row: 6 }],
  705: [{ files: { 'FilingIndicators.csv': replace('B_02.03,true\r\n', '') } }, { column: 'B_02.03' }],
  714: [{ files: { 'parameters.csv': replace('.IND', '.CON') } }, { file: 'parameters.csv' }],
  720: [{ extra: ['B_01.01.csv'] }, { file: 'reports/B_01.01.csv' }],
  723: [{ files: { 'parameters.csv': replace('name,value', 'value,name') } }, { file: 'parameters.csv' }],
  724: [{ register: new Map() }, { file: ZIP }],
  801: [{ files: { 'b_03.02.csv': replace('c0030', 'c0045') } }, { file: 'b_03.02.csv', column: 'c0045' }],
  802: [{ files: { 'b_02.01.csv': replace('c0030', 'c0020') } }, { file: 'b_02.01.csv', column: 'c0020' }],
  805: [{ register: register({ 'B_04.01/c0040': '' }) }, { file: 'b_04.01.csv', row: 1, column: 'c0040' }],
  806: [
    { register: register({ 'B_05.01/c0010': VENDOR }) },
    { file: 'b_05.01.csv', row: 2, column: 'c0010' }
  ],
  807: [
    { register: register({ 'B_05.01/c0110': '5493001TESTNOBODY076' }) },
    { file: 'b_05.01.csv', row: 1, column: 'c0110' }
  ],
  808: [{ files: { 'FilingIndicators.csv': replace('B_02.03,true', 'B_02.03,false') } }, { row: 6 }],
  809: [{ files: { 'b_02.01.csv': replace('AI-1,', 'AI-1,too,many,') } }, { file: 'b_02.01.csv', row: 1 }],
  'report-package': [
    { files: { 'META-INF/reportPackage.json': replace('report-package/2023', 'report-package/2022') } },
    { file: 'META-INF/reportPackage.json' }
  ],
  'report-json': [{ files: { 'report.json': replace('xbrl-csv', 'xbrl-json') } }, { file: 'report.json' }],
  parameters: [
    { files: { 'parameters.csv': text => `${text}decimalsPercentage,4\r\n` } },
    { file: 'parameters.csv', row: 6, column: 'decimalsPercentage' }
  ],
  'special-value': [
    { register: register({ 'B_01.01/c0050': '#empty' }) },
    { file: 'b_01.01.csv', row: 1, column: 'c0050' }
  ],
  lei: [{ register: register({ 'B_01.02/c0060': '5299001TESTBANK00062' }) }, { column: 'c0060' }],
  expected: [{ register: register({ 'B_01.01/c0050': '' }) }, { file: 'b_01.01.csv', column: 'c0050' }]
}

for (const [rule, [broken, place]] of Object.entries(BROKEN)) {
  t.test(`rule ${rule} is told, and where`, async t => {
    const faults = check(broken).filter(fault => String(fault.rule) === rule)
    t.match(faults, [place])
  })
}

t.test('rows and files in other shapes', async t => {
  const keyOnly = check({ register: register({ 'B_03.01/c0030': '' }) })
  t.match(keyOnly, [{ rule: 809, file: 'b_03.01.csv', row: 1 }], 'a row of nothing but its key')
  const semicolons = check({ files: { 'b_01.03.csv': text => text.replaceAll(',', ';') } })
  t.ok(semicolons.some(({ rule, file }) => rule === 801 && file === 'b_01.03.csv'))
  const unclosed = check({ files: { 'b_99.01.csv': () => 'c0010\r\n"open' } })
  t.ok(unclosed.some(({ rule, file }) => rule === 809 && file === 'b_99.01.csv'))
  const mark = check({ files: { 'b_99.01.csv': text => `\ufeff${text}` } })
  t.match(mark, [{ rule: 306, file: 'b_99.01.csv' }])
  t.match(check({ files: { 'report.json': () => '[' } }), [{ rule: 'report-json' }, { rule: 505 }])
  const twice = (text: string) => text.replace(/"(http[^"]*dora.json)"/, '"$1","$1"')
  t.match(check({ files: { 'report.json': twice } }), [{ rule: 'report-json' }], 'one entry point')
  t.match(check({ files: { 'FilingIndicators.csv': () => '' } }), [{ rule: 701 }])
})

t.test('names of files: countries and moments that exist', async t => {
  const of = (from: RegExp, to: string) =>
    check({ zipName: name => name.replace(from, to) }).filter(({ rule }) => rule === 105).length
  t.equal(of(/_DE_/, '_ZZ_'), 1)
  t.equal(of(/_\d{17}/, '_20260231100000123'), 1)
  t.equal(of(/_\d{17}/, '_20260228250000123'), 1)
  t.equal(of(/_\d{17}/, '_20260228235959999'), 0)
})

t.test('parameters: all of them, once, of the right kind', async t => {
  for (const [edit, place] of [
    [replace('decimalsInteger,0\r\n', ''), { column: 'decimalsInteger' }],
    [replace('decimalsMonetary,-3', 'decimalsMonetary,few'), { row: 5, column: 'decimalsMonetary' }],
    [replace('iso4217:EUR', 'EUR'), { row: 3, column: 'baseCurrency' }],
    [(text: string) => `${text}decimalsInteger,0\r\n`, { row: 6, column: 'decimalsInteger' }]
  ] as const)
    t.match(check({ files: { 'parameters.csv': edit } }), [{ rule: 'parameters', ...place }])
})

t.test('countries: of the EEA and beyond, others and none, but no groups and no old codes', async t => {
  const withCountry = (code: string) =>
    check({ register: register({ 'B_01.03/c0040': `eba_GA:${code}` }) }).map(({ rule }) => rule)
  for (const code of ['DE', 'GR', 'GB', 'US', 'XK', 'x28', 'qx2007'])
    t.strictSame(withCountry(code), [], code)
  for (const code of ['EL', 'UK', 'EU', 'de', 'ZZ']) t.strictSame(withCountry(code), [503], code)
})

t.test('every rule has both languages', async t => {
  for (const { en, de } of Object.values(RULES)) t.not(en, de)
  t.equal(new Set(Object.values(RULES).flatMap(({ en, de }) => [en, de])).size, 2 * Object.keys(RULES).length)
})

t.test('templates: headers as the framework lays them down', async t => {
  const header = (code: string): string =>
    TEMPLATES.find(template => template.code === code)
      ?.columns.map(column => column.code)
      .join() ?? ''
  t.equal(TEMPLATES.length, 15)
  t.equal(header('B_03.03'), 'c0010,c0020,c0031')
  t.equal(header('B_06.01').split(',').length, 10)
  t.equal(header('B_02.02').split(',').at(-1), 'c0180')
  t.equal(header('B_05.01').split(',').at(-1), 'c0120')
  t.equal(header('B_99.01').split(',').length, 19)
})
