import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { DeclaredPurpose, ExportSource } from '../../../src/audit/exports/export.ts'
import { FORMATS } from '../../../src/audit/exports/formats/index.ts'
import { gapsOf } from '../../../src/audit/exports/gaps.ts'
import { EXPORTS } from '../../../src/audit/exports/index.ts'
import { fill } from '../../../src/audit/exports/run.ts'
import { AuditIndex } from '../../../src/audit/index/audit-index.ts'
import { openSqliteStore } from '../../../src/audit/index/sqlite.ts'
import { auditEvents } from '../../support/audit-events.ts'

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

const purposes = new Map<string, DeclaredPurpose>([
  ['p-1', { id: 'p-1', title: 'Antworten auf Post', controller: 'Prüf AG', dataSubjects: ['customers'] }]
])
const source: ExportSource = { observed: index, purposes }

async function record(name: string) {
  const found = EXPORTS.find(one => one.name === name)
  if (found === undefined) throw new Error(`there is no record ${name}`)
  const filled = await fill(found, source, FROM, TO)
  const names = found.columns.map(column => column.name)
  const rows = filled.rows.map(row =>
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
  const expected = counted(({ transfer = {}, purpose, deployment }) => [
    joined(transfer['country'], transfer['importer'], transfer['payload_state'], purpose?.id, deployment?.id)
  ])
  const found = new Map<string, number>()
  for (const row of rows) {
    const key = joined(
      row['country'],
      row['importer'],
      row['payload_state'],
      row['purpose'],
      row['deployment']
    )
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
    const key = joined(row['app'], row['deployment'], row['processing'])
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
  t.ok(gapsOf(filled).some(({ title }) => title.en === 'Controller'))
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

for (const one of EXPORTS) {
  t.test(`${one.name}: whole rows, sorted, the same each time, missing cells explained`, async t => {
    const first = await fill(one, source, FROM, TO)
    t.ok(first.rows.length > 0)
    for (const row of first.rows) {
      t.equal(row.length, one.columns.length)
      for (const [at, { value, provenance }] of row.entries()) {
        t.equal(value === null, provenance === 'missing')
        if (provenance === 'missing' && one.columns[at]?.gap === undefined)
          t.fail(`${one.columns[at]?.name} is missing and nobody is told why that matters`)
      }
    }
    t.strictSame(await fill(one, source, FROM, TO), first)
    t.strictSame((await fill(one, source, '2020-01-01', '2020-01-31')).rows, [])
  })
}

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
    for (const one of EXPORTS) {
      const filled = await fill(one, source, FROM, TO)
      for (const language of ['en', 'de'] as const) {
        const text = format.write(filled, language)
        if (format.name === 'json') {
          const { rows } = JSON.parse(text) as { rows: Record<string, unknown>[] }
          t.equal(rows.length, filled.rows.length)
        } else if (format.name === 'html') {
          t.equal(text.match(/<tr>/g)?.length, filled.rows.length + 2)
          t.notMatch(text, /https?:\/\/|<script|<link|<img/)
          t.match(text, new RegExp(`<html lang="${language}">`))
        } else t.equal(text.trimEnd().split('\r\n').length, filled.rows.length + 1)
      }
    }
  })
}

t.test('what a spreadsheet or a browser would run is made harmless', async t => {
  const evil = '=HYPERLINK("http://x","<b>")'
  const [one] = EXPORTS
  if (one === undefined) return
  const rows = [one.columns.map(() => ({ value: evil, provenance: 'observed' }) as const)]
  const filled = { record: one, rows, from: FROM, to: TO }
  for (const format of FORMATS) {
    const text = format.write(filled, 'de')
    if (format.name.startsWith('csv')) t.notMatch(text, /(^|[,;\n])"?=/m, format.name)
    if (format.name === 'html') t.notMatch(text, /<b>/)
  }
})
