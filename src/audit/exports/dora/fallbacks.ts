import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { AuditExport, ExportRow } from '../export.ts'

const BY = ['fallback_from', 'deployment']

/** Ways out that were taken when a deployment failed, and those that were tested on purpose. */
export const fallbacks: AuditExport = {
  name: 'fallbacks',
  title: { en: 'Fallbacks and their tests', de: 'Ausweichwege und ihre Tests' },
  law: 'Art. 11(6), 28(8) DORA',
  columns: [
    columns.text('kind', { en: 'Kind', de: 'Art' }, 'derived: from the trail or from the records'),
    columns.text(
      'from',
      { en: 'From', de: 'Von' },
      'trail: attempt_cause.fallback_from; records: fallbackTests.from'
    ),
    columns.text('to', { en: 'To', de: 'Nach' }, 'trail: deployment.id; records: fallbackTests.to'),
    columns.count('attempts', { en: 'Attempts', de: 'Versuche' }),
    columns.count('succeeded', { en: 'Of these answered', de: 'Davon beantwortet' }),
    columns.text('result', { en: 'Result', de: 'Ergebnis' }, 'records: fallbackTests.result'),
    columns.text('reference', { en: 'Report', de: 'Bericht' }, 'records: fallbackTests.reference'),
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const reason = 'attempt_reason'
    const taken = await observed.aggregate(cells.narrowed(cells.admissions(period), reason, 'fallback'), BY)
    const ended = cells.ofType('ai.request.completed', period)
    const answered = cells.keyed(
      await observed.aggregate(
        cells.narrowed(cells.narrowed(ended, reason, 'fallback'), 'outcome', 'ok'),
        BY
      ),
      BY
    )
    const seen = taken.map(
      (sum): ExportRow => [
        cells.derived('taken'),
        cells.observed(sum.key['fallback_from']),
        cells.observed(sum.key['deployment']),
        cells.observed(sum.events),
        cells.observed(answered.get(cells.keyOf(sum.key, BY))?.events ?? 0),
        cells.NOT_APPLICABLE,
        cells.NOT_APPLICABLE,
        cells.day(sum.firstMs),
        cells.day(sum.lastMs)
      ]
    )
    const { fromMs, toMs } = period
    const tested = declared.records.fallbackTests
      .filter(({ date }) => date >= cells.isoDay(fromMs) && date < cells.isoDay(toMs))
      .map(
        (test): ExportRow => [
          cells.derived('tested'),
          cells.declared(test.from),
          cells.declared(test.to),
          cells.NOT_APPLICABLE,
          cells.NOT_APPLICABLE,
          cells.declared(test.result),
          test.reference === undefined ? cells.NOT_APPLICABLE : cells.declared(test.reference),
          cells.declared(test.date),
          cells.declared(test.date)
        ]
      )
    return cells.sorted([...seen, ...tested])
  }
}
