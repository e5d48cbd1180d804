import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readExcelFile from 'read-excel-file/node'
import t from 'tap'
import { NO_RECORDS } from '../../../src/audit/exports/declared/schema.ts'
import type { ExportSource } from '../../../src/audit/exports/export.ts'
import type { ExportFormat, Filled } from '../../../src/audit/exports/formats/format.ts'
import { FORMATS } from '../../../src/audit/exports/formats/index.ts'
import { GapCount } from '../../../src/audit/exports/gaps.ts'
import { EXPORTS } from '../../../src/audit/exports/index.ts'
import { QUESTIONS } from '../../../src/audit/exports/questions/index.ts'
import { fill } from '../../../src/audit/exports/run.ts'
import { AuditIndex } from '../../../src/audit/index/audit-index.ts'
import { openSqliteStore } from '../../../src/audit/index/sqlite.ts'
import { readZip } from '../../../src/audit/zip.ts'
import { auditEvents } from '../../support/audit-events.ts'
import { rowsOf } from '../../support/export-rows.ts'

/** Records filled from a generated quarter, held against a plain count of the same events. */

const DAY = 86_400_000
const START = Date.UTC(2026, 6, 1)
const COUNT = 4000
const FROM = '2026-07-11'
const TO = '2026-08-31'

/** What an admission says, as these tests read it: without the index's own code. */
interface Event {
  readonly event_type: string
  readonly occurred_at: string
  readonly app_id?: string
  readonly purpose?: { readonly id: string }
  readonly deployment?: { readonly id: string }
  readonly provider?: { readonly id: string; readonly code?: string; readonly entity?: string }
  readonly transfer?: Readonly<Record<string, string | boolean>>
  readonly location?: { readonly processing: readonly string[] }
  readonly findings?: readonly { readonly class: string }[]
  readonly flags?: { readonly art9: readonly string[]; readonly art10?: boolean }
}

const folder = mkdtempSync(join(tmpdir(), 'schleuse-exports-'))
const index = new AuditIndex(openSqliteStore(join(folder, 'index.sqlite')))
t.teardown(async () => {
  await index.close()
  rmSync(folder, { recursive: true })
})

const generated = auditEvents({ seed: 7, fromMs: START, stepMs: (91 * DAY) / COUNT })
const entries = Array.from({ length: COUNT }, (_, at) => ({ index: at, json: generated.next().value }))
await index.add('log', 0, entries)
const admissions = entries
  .map(({ json }) => JSON.parse(json) as Event)
  .filter(({ event_type: type, occurred_at: at }) => {
    const day = at.slice(0, 10)
    return type === 'ai.request.admitted' && day >= FROM && day <= TO
  })

const purpose = {
  id: 'p-1',
  version: 1,
  title: 'Antworten auf Post',
  controller: { name: 'Prüf AG', code: '5299000J2N45DDNE4Y28', codeType: 'LEI' },
  function: null,
  dataSubjects: ['customers'],
  dpia: null,
  ropa: 'vvt-1',
  fria: null,
  disclosure: null
}
const source: ExportSource = {
  observed: index,
  declared: {
    purposes: new Map([['p-1', purpose]]),
    deployments: new Map(),
    providers: new Map(),
    contracts: new Map(),
    records: NO_RECORDS,
    nowMs: START
  },
  register: async () => null
}
const ALL = [...EXPORTS, ...QUESTIONS]

async function written(format: ExportFormat, filled: Filled, language: 'de' | 'en'): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of format.write(filled, language)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

async function record(name: string) {
  const found = EXPORTS.find(one => one.name === name)
  if (found === undefined) throw new Error(`there is no record ${name}`)
  const filled = await fill(found, source, FROM, TO)
  const names = found.columns.map(column => column.name)
  const rows = (await rowsOf(filled)).map(row =>
    Object.fromEntries(row.map(({ value }, at) => [names[at] ?? '', value]))
  )
  return { filled, rows }
}

/** Admissions counted by what `key` says of each; several keys of one admission count under each. */
function counted(key: (event: Event) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const event of admissions)
    for (const one of new Set(key(event))) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

const inOrder = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].map(([key, count]) => `${key}: ${count}`).sort()

const joined = (...values: readonly (string | number | boolean | null | undefined)[]): string =>
  values.map(value => String(value ?? '')).join('|')

t.test('transfers: each admission in one row, by country, importer, mechanism, purpose, state', async t => {
  const { rows } = await record('transfers')
  const expected = counted(({ transfer = {}, purpose, location }) =>
    (location?.processing ?? []).map(place =>
      joined(place, transfer['mechanism'], transfer['payload_state'], purpose?.id)
    )
  )
  const found = new Map<string, number>()
  for (const row of rows) {
    const key = joined(row['country'], row['mechanism'], row['payload_state'], row['purpose'])
    found.set(key, (found.get(key) ?? 0) + Number(row['requests']))
  }
  t.strictSame(inOrder(found), inOrder(expected))
  t.ok(admissions.length > 500)
})

t.test('recipients: an admission with two places of processing stands under both', async t => {
  const { rows } = await record('recipients')
  const expected = counted(event =>
    (event.location?.processing ?? []).map(place => joined(event.app_id, event.deployment?.id, place))
  )
  const found = new Map<string, number>()
  for (const row of rows) {
    const key = joined(row['app'], row['deployment'], row['country'])
    found.set(key, (found.get(key) ?? 0) + Number(row['requests']))
  }
  t.strictSame(inOrder(found), inOrder(expected))
})

t.test('processing: one row per purpose with what was declared and what was found', async t => {
  const { rows, filled } = await record('processing')
  const row = rows.find(one => one['purpose'] === 'p-1')
  const mine = admissions.filter(({ purpose }) => purpose?.id === 'p-1')
  t.match(row, { purpose_title: 'Antworten auf Post', controller: 'Prüf AG', data_subjects: 'customers' })
  t.equal(
    rows.filter(one => one['purpose'] === 'p-1').reduce((sum, one) => sum + Number(one['requests']), 0),
    mine.length
  )
  const classes = [...new Set(mine.flatMap(({ findings }) => findings?.map(one => one.class) ?? []))].sort()
  t.equal(row?.['data_classes'], classes.join(' '))
  const flags = new Set(
    mine.flatMap(({ flags }) => [...(flags?.art9 ?? []), ...(flags?.art10 ? ['art10'] : [])])
  )
  t.equal(row?.['special_categories'], [...flags].sort().join(' '))
  const gaps = new GapCount(filled.record.columns)
  for (const one of await rowsOf(filled)) gaps.add(one)
  t.ok(gaps.gaps.some(({ title }) => title.en === 'Controller'))
})

t.test('concentration: shares of each view add up', async t => {
  const { rows } = await record('concentration')
  const shares = rows.filter(row => row['view'] === 'provider')
  t.equal(
    shares.reduce((sum, row) => sum + Number(row['requests']), 0),
    admissions.length
  )
  const total = shares.reduce((sum, row) => sum + Number(row['share_percent']), 0)
  t.ok(Math.abs(total - 100) < 0.5, `${total} %`)
})

t.test('DORA evidence: requests by the key of B_02.02', async t => {
  const { rows } = await record('dora-evidence')
  const expected = counted(event => [joined(event.provider?.code)])
  const found = new Map<string, number>()
  const seen = new Set<string>()
  for (const row of rows) {
    const places = joined(row['c0130'], row['c0150'], row['c0160'])
    const rest = joined(row['c0010'], row['c0020'], row['c0050'], row['c0060'])
    t.notOk(seen.has(`${rest} ${joined(row['c0030'])} ${places}`), 'no key stands twice')
    seen.add(`${rest} ${joined(row['c0030'])} ${places}`)
    found.set(joined(row['c0030']), (found.get(joined(row['c0030'])) ?? 0) + Number(row['requests']))
  }
  for (const [code, requests] of expected) t.ok((found.get(code) ?? 0) >= requests, code)
})

/** Records of what the company declared, or of uses of high risk: this traffic has none of it. */
const EMPTY = new Set(['ai-publication', 'fallbacks', 'policy-changes', 'processor', 'deletions'])

for (const one of ALL) {
  t.test(`${one.name}: whole rows, the same each time, missing cells explained, sources named`, async t => {
    const first = await rowsOf(await fill(one, source, FROM, TO))
    t.equal(first.length === 0, EMPTY.has(one.name))
    for (const row of first) {
      t.equal(row.length, one.columns.length)
      for (const [at, { value, provenance }] of row.entries()) {
        t.equal(value === null, provenance === 'missing')
        if (provenance === 'missing' && one.columns[at]?.gap === undefined)
          t.fail(`${one.columns[at]?.name} is missing and nobody is told why that matters`)
      }
    }
    for (const { source: from } of one.columns) t.match(from, /^(trail|config|records|register|derived)/)
    t.strictSame(await rowsOf(await fill(one, source, FROM, TO)), first)
    const before = await rowsOf(await fill(one, source, '2020-01-01', '2020-01-31'))
    t.strictSame(
      before.length,
      one.name === 'completeness' ? first.length : one.name === 'dora-register' ? before.length : 0
    )
  })
}

t.test('names of records and questions are sorted or in the order of the list, each once', async t => {
  const names = EXPORTS.map(({ name }) => name)
  t.strictSame(names, names.toSorted())
  t.equal(new Set(ALL.map(({ name }) => name)).size, ALL.length)
  t.equal(QUESTIONS.length, 10)
})

t.test('days that are none, or in the wrong order', async t => {
  const [one] = EXPORTS
  if (one === undefined) return
  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['', '2026-01-01'],
    ['2026-03-01', '2026-02-01']
  ] as const)
    await t.rejects(fill(one, source, from, to), RangeError)
})

for (const format of FORMATS) {
  t.test(`${format.name}: every record in both languages`, async t => {
    for (const one of ALL) {
      const filled = await fill(one, source, FROM, TO)
      if (filled.rows.length > 2000) continue // workbooks of each would take minutes
      // a thread per workbook: one language will do
      for (const language of format.name === 'xlsx' ? (['de'] as const) : (['en', 'de'] as const)) {
        const bytes = await written(format, filled, language)
        const text = bytes.toString()
        if (format.name === 'json') {
          const { rows } = JSON.parse(text) as {
            rows: Record<string, { source?: string; provenance: string }>[]
          }
          t.equal(rows.length, filled.rows.length)
          const cells = rows.flatMap(row => Object.values(row))
          t.ok(cells.every(cell => (cell.source !== undefined) === (cell.provenance !== 'missing')))
        } else if (format.name === 'html') {
          // wide ones are cards, which fit on paper
          const areCards = one.columns.length > 15
          const extra = filled.rows.length === 0 || areCards ? 1 : 2
          t.equal(text.match(/<tr>/g)?.length, (areCards ? 0 : filled.rows.length) + extra)
          t.equal(text.match(/<section>/g)?.length ?? 0, areCards ? filled.rows.length : 0)
          t.notMatch(text, /https?:\/\/|<script|<link|<img/)
          t.match(text, new RegExp(`<html lang="${language}">`))
          if (language === 'de') t.notMatch(text, /GDPR|Regulation/)
        } else if (format.name === 'xlsx') {
          const [sheet] = await readExcelFile(bytes)
          t.equal(sheet?.data.length, filled.rows.length + 1)
          const letters = sheet?.data.slice(1).map(row => String(row[one.columns.length + 1])) ?? []
          t.ok(letters.every(text => text.length === one.columns.length + 2 && /^p:[oda-]+$/.test(text)))
        } else t.equal(text.trimEnd().split('\r\n').length, filled.rows.length + 1)
      }
    }
  })
}

const [anyRecord] = EXPORTS

t.test('what a spreadsheet or a browser would run is made harmless', async t => {
  const evil = '=HYPERLINK("http://x","<b>")'
  if (anyRecord === undefined) return
  const rows = [anyRecord.columns.map(() => ({ value: evil, provenance: 'observed' }) as const)]
  const filled = { record: anyRecord, rows, from: FROM, to: TO, createdMs: START }
  for (const format of FORMATS) {
    const bytes = await written(format, filled, 'de')
    if (format.name.startsWith('csv')) t.notMatch(bytes.toString(), /(^|[,;\n])"?=/m, format.name)
    if (format.name === 'html') t.notMatch(bytes.toString(), /<b>/)
    if (format.name === 'xlsx') {
      const sheets = [...(readZip(bytes) ?? [])].filter(([name]) => name.includes('sheet'))
      t.ok(sheets.length > 0)
      for (const [, xml] of sheets) t.notMatch(Buffer.from(xml).toString(), /<f>|<f /, 'no formula')
      t.equal((await readExcelFile(bytes))[0]?.data[1]?.[0], evil, 'a text, as it is')
    }
  }
})

t.test('German spreadsheets show words, CSV and JSON codes', async t => {
  const transfers = ALL.find(({ name }) => name === 'transfers')
  if (transfers === undefined) throw new Error('not there')
  const filled = await fill(transfers, source, FROM, TO)
  const textOf = async (name: string) => {
    const format = FORMATS.find(one => one.name === name)
    return format === undefined ? '' : (await written(format, filled, 'de')).toString()
  }
  t.match(await textOf('csv'), /adequacy_dpf.*pseudonymised/)
  t.match(await textOf('json'), /adequacy_dpf/)
  t.match(
    await textOf('csv-de'),
    /Vereinigte Staaten;ja;.*EU-US-Datenschutzrahmen \(DPF\).*;pseudonymisiert;/
  )
  t.notMatch(await textOf('csv-de'), /\u00ad|adequacy_dpf/)
})

t.test('cells of a workbook are typed', async t => {
  const concentration = ALL.find(({ name }) => name === 'concentration')
  const xlsx = FORMATS.find(({ name }) => name === 'xlsx')
  if (concentration === undefined || xlsx === undefined) throw new Error('not there')
  const filled = await fill(concentration, source, FROM, TO)
  const [sheet] = await readExcelFile(await written(xlsx, filled, 'en'))
  const row = sheet?.data[1] ?? []
  const at = (name: string): unknown => row[concentration.columns.findIndex(one => one.name === name)]
  t.type(at('requests'), 'number')
  t.ok(at('first_seen') instanceof Date)
  t.type(at('view'), 'string')
})
