import t from 'tap'
import { FROM, TO } from '../../../src/audit/exports/demo/company.ts'
import { openDemo } from '../../../src/audit/exports/demo/index.ts'
import type { Cell, ExportColumn } from '../../../src/audit/exports/export.ts'
import { EXPORTS } from '../../../src/audit/exports/index.ts'
import { QUESTIONS } from '../../../src/audit/exports/questions/index.ts'
import { fill } from '../../../src/audit/exports/run.ts'
import { rowsOf } from '../../support/export-rows.ts'

/**
 * One rule for all records, by the fact and not by the record: what a cell says of its origin follows from where its column
 * says that it comes from. An event carries two kinds of facts. What the gateway sees of a request (who, to whom, what was
 * found, how it ended, when) is observed. What the operator laid down beforehand (purpose, law, contract, place, ground of a
 * transfer) was declared, also when it is read from the event: no traffic can show where a provider stores, or on what ground.
 */
const SAID_IN_EVENTS = [
  'ai.disclosure_ref',
  'ai.human_review',
  'ai.risk_class',
  'ai.role',
  'ai.use_case_id',
  'contract_ref',
  'dpa_ref',
  'function.critical',
  'function.id',
  'function.id where function.critical',
  'ict_service_type',
  'legal_basis',
  'legal_entity.code',
  'location.processing',
  'location.provision',
  'location.storage',
  'provider.code',
  'purpose.id',
  'transfer.checked_on',
  'transfer.mechanism',
  'transfer.mechanism_ref',
  'transfer.third_country',
  'transfer.tia_ref'
]

/** What the origin of a column leads to. */
function letterOf(source: string): string {
  const [origin = '', field = ''] = source.split(/: (.*)/s)
  if (origin === 'derived') return 'derived'
  if (origin === 'config' || origin === 'records' || origin === 'register') return 'declared'
  return SAID_IN_EVENTS.includes(field) ? 'declared' : 'observed'
}

/** Cells that may be something else, each for a reason. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  // within the EEA there is nothing to base a transfer on, and no ground was declared
  mechanism: ['none_eea'],
  // nobody asked for a review
  human_review: ['none']
}

/** Columns that are put together of several origins: quarter.test.ts says what each of their cells is. */
const MIXED = new Set([
  'first_seen',
  'from',
  'last_seen',
  'providers',
  'recipients',
  'said',
  'seen',
  'subject',
  'subprocessors',
  'to',
  'whom'
])

function isRight({ value, provenance }: Cell, { name, source }: ExportColumn): boolean {
  if (value === null) return provenance === 'missing'
  const expected = letterOf(source)
  // an empty cell says that there is none: seen, or it does not apply
  if (value === '') return provenance === 'derived' || provenance === expected
  return provenance === expected || (provenance === 'derived' && ALSO[name]?.includes(String(value)) === true)
}

t.test('each cell says of its origin what its column says', async t => {
  const demo = await openDemo()
  t.teardown(() => demo.close())
  const records = [...EXPORTS, ...QUESTIONS].filter(({ name }) => name !== 'dora-register')
  t.equal(records.length, 25)
  const checked = new Set<string>()
  for (const record of records) {
    const wrong = new Set<string>()
    for (const row of await rowsOf(await fill(record, demo.source, FROM, TO)))
      for (const [at, column] of record.columns.entries()) {
        const cell = row[at]
        if (cell === undefined || MIXED.has(column.name)) continue
        checked.add(column.name)
        if (!isRight(cell, column))
          wrong.add(`${column.name} (${column.source}): ${cell.provenance} ${cell.value}`)
      }
    t.strictSame([...wrong].slice(0, 5), [], record.name)
  }
  t.ok(checked.size > 100)
})
