import t from 'tap'
import { FROM, TO } from '../../../src/audit/exports/demo/company.ts'
import { openDemo } from '../../../src/audit/exports/demo/index.ts'
import { EXPORTS } from '../../../src/audit/exports/index.ts'
import { fill } from '../../../src/audit/exports/run.ts'
import * as gdpr from './quarter/gdpr.ts'
import * as others from './quarter/others.ts'
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
  for await (const row of (await fill(record, demo.source, FROM, TO)).rows)
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
  t.strictSame(
    rows
      .filter(row => row['what'] !== 'ai.request.admitted')
      .map(row => [row['at'], row['what'], row['detail'], row['findings']]),
    [
      ['2026-08-15T08:00:00.000Z', 'policy.changed', 'tightened', ''],
      ['2026-08-30T08:00:00.000Z', 'erasure', 'data_subject_request vault', 12],
      ['2026-09-09T08:00:00.000Z', 'deployment.contradicted', 'shamrock-ie US', ''],
      ['2026-09-10T08:00:00.000Z', 'breach_candidate', 'leak_found_later', 2]
    ]
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
