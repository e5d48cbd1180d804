import t from 'tap'
import { FROM, TO } from '../../../src/audit/exports/demo/company.ts'
import { openDemo } from '../../../src/audit/exports/demo/index.ts'
import { EXPORTS } from '../../../src/audit/exports/index.ts'
import { fill } from '../../../src/audit/exports/run.ts'
import { rowsOf as filledRows } from '../../support/export-rows.ts'
import * as gdpr from './quarter/gdpr.ts'
import { lettersOf, PROVENANCE } from './quarter/provenance.ts'
import * as others from './quarter/others.ts'
import { templates } from './quarter/register.ts'
import { eventsIn, type Event } from './quarter/traffic.ts'

/**
 * A quarter of three entities and five providers with fallbacks, an expired contract, a wrong region, special categories
 * and an erased person: each record cell by cell against a plain count of the same events.
 */

const demo = await openDemo()
t.teardown(() => demo.close())
const events = await eventsIn(demo.dir)
const admitted = events.filter(({ event_type: type }) => type === 'ai.request.admitted')

type Row = Readonly<Record<string, string | number>>

async function rowsOf(name: string): Promise<Row[]> {
  const record = EXPORTS.find(one => one.name === name)
  if (record === undefined) throw new Error(`there is no record ${name}`)
  const rows: Row[] = []
  for (const row of await filledRows(await fill(record, demo.source, FROM, TO)))
    rows.push(
      Object.fromEntries(record.columns.map(({ name: column }, at) => [column, row[at]?.value ?? '']))
    )
  return rows
}

/** One line per row, the columns in one order. */
const lines = (rows: readonly Row[]): string[] =>
  rows
    .map(row =>
      Object.keys(row)
        .sort()
        .map(name => `${name}=${row[name]}`)
        .join('\n')
    )
    .sort()

const EXPECTED: Readonly<
  Record<string, (all: readonly Event[], admitted: readonly Event[]) => readonly Row[]>
> = {
  processing: (_, own) => gdpr.processing(own),
  processor: (_, own) => gdpr.processor(own),
  transfers: (_, own) => gdpr.transfers(own),
  recipients: (_, own) => gdpr.recipients(own),
  'notice-facts': (_, own) => gdpr.noticeFacts(own),
  'use-cases': (_, own) => others.useCases(own),
  'deployer-log': all => others.deployerLog(all),
  concentration: (_, own) => others.concentration(own),
  'dora-evidence': (all, own) => others.evidence(all, own),
  'service-levels': all => others.serviceLevels(all),
  fallbacks: (all, own) => others.fallbacks(all, own),
  'exit-readiness': (_, own) => others.exitReadiness(own)
}

for (const [name, expected] of Object.entries(EXPECTED))
  t.test(`${name}: cell by cell`, async t => {
    const wanted = expected(events, admitted)
    t.ok(wanted.length > 0)
    t.strictSame(lines(await rowsOf(name)), lines(wanted))
  })

const LETTERS: Readonly<Record<string, string>> = { observed: 'o', declared: 'd', derived: 'a', missing: '-' }

t.test('every cell of the other records says where it comes from', async t => {
  t.strictSame(
    Object.keys(PROVENANCE).sort(),
    EXPORTS.map(({ name }) => name).filter(name => name !== 'dora-register')
  )
  for (const record of EXPORTS.filter(({ name }) => name in PROVENANCE)) {
    const names = record.columns.map(({ name }) => name)
    const wrong = new Set<string>()
    for (const cells of await filledRows(await fill(record, demo.source, FROM, TO))) {
      const wanted = lettersOf(
        record.name,
        Object.fromEntries(names.map((name, at) => [name, cells[at]?.value ?? '']))
      )
      cells.forEach(({ provenance }, at) => {
        const letter = LETTERS[provenance]
        if (wanted[at] !== `${names[at]}=${letter}`)
          wrong.add(`${wanted[at]}, not ${letter}: ${cells[0]?.value}`)
      })
    }
    t.strictSame([...wrong], [], record.name)
  }
})

t.test('register: every cell of all fifteen templates, and where it comes from', async t => {
  const record = EXPORTS.find(({ name }) => name === 'dora-register')
  if (record === undefined) throw new Error('there is no register')
  const found = new Map<string, Map<unknown, string[]>>()
  const filled = await fill(record, demo.source, FROM, TO)
  for (const [template, at, column, , , cell] of await filledRows(filled)) {
    const table = found.get(String(template?.value)) ?? new Map<unknown, string[]>()
    found.set(String(template?.value), table)
    const line = `${column?.value}=${LETTERS[cell?.provenance ?? '']} ${cell?.value ?? ''}`.trimEnd()
    table.set(at?.value, [...(table.get(at?.value) ?? []), line])
  }
  const wanted = templates(events)
  t.equal(Object.keys(wanted).length, 15)
  for (const [template, rows] of Object.entries(wanted)) {
    const table = [...(found.get(template)?.values() ?? [])].map(cells => cells.sort().join('\n'))
    t.strictSame(table.toSorted(), rows.toSorted(), template)
  }
})

t.test('the quarter holds what it is there for', async t => {
  t.equal(new Set(admitted.map(({ provider }) => provider.id)).size, 5)
  t.equal(new Set(admitted.map(one => one.legal_entity.code)).size, 3)
  t.ok(admitted.some(({ flags }) => flags?.art9.includes('health')))
  t.ok(events.some(({ event_type: type }) => type === 'erasure'))
  t.ok(admitted.length > 1000)
})

t.test('breach timeline: each day and state, and each incident once', async t => {
  const rows = await rowsOf('breach-timeline')
  const days = rows.filter(row => row['what'] === 'ai.request.admitted')
  t.strictSame(lines(days), lines(gdpr.timelineDays(admitted)))
  const idOf = (type: string): string => events.find(one => one.event_type === type)?.event_id ?? ''
  const incident = (at: string, what: string, detail: string, more: Row = {}): Row => ({
    at: `${at}T08:00:00.000Z`,
    what,
    detail,
    payload_state: '',
    requests: '',
    recipients: '',
    purposes: '',
    data_classes: '',
    findings: '',
    special_categories: '',
    event_id: idOf(what),
    ...more
  })
  t.strictSame(
    lines(rows.filter(row => row['what'] !== 'ai.request.admitted')),
    lines([
      incident('2026-08-15', 'policy.changed', 'tightened'),
      incident('2026-08-30', 'erasure', 'data_subject_request vault', { findings: 12 }),
      incident('2026-09-09', 'deployment.contradicted', 'shamrock-ie US'),
      incident('2026-09-10', 'breach_candidate', 'leak_found_later', { data_classes: 'IBAN', findings: 2 })
    ])
  )
})

t.test('contradictions: all five kinds, each contradiction once', async t => {
  const rows = await rowsOf('dora-contradictions')
  t.strictSame(lines(rows), lines(others.contradictions(events, admitted)))
  t.equal(new Set(rows.map(row => row['kind'])).size, 5)
})

t.test('publication: what is marked, in the words of those who publish', async t => {
  t.strictSame(await rowsOf('ai-publication'), [
    {
      title: 'Antworten im Kundendienst',
      effect: 'Antwortentwurf, den Menschen senden',
      customer_data: 'Anliegen; Kontaktdaten',
      providers: 'Nordlicht Modelle GmbH; Pacific Compute Inc',
      places: 'DE US',
      protection: 'nothing_found pseudonymised',
      oversight: 'Teamleitung Kundendienst',
      disclosure: 'Hinweis im Chat',
      contact: 'Am Hafen 1, 20457 Hamburg'
    }
  ])
})
