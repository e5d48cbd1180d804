import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entityOf } from '../declared/names.ts'
import type { AuditExport } from '../export.ts'

const BY = ['app', 'provider', 'deployment', 'processing', 'third_country', 'mechanism', 'payload_state']

/** Who received data, by app. */
export const recipients: AuditExport = {
  name: 'recipients',
  title: { en: 'Recipients by app', de: 'Empfänger je App' },
  law: 'Art. 13(1)(e), 15(1)(c), 15(2), 30(1)(d) GDPR',
  columns: [
    columns.app,
    columns.providerEntity,
    columns.deployment,
    columns.processingPlace,
    columns.thirdCountry,
    columns.mechanism,
    columns.payloadState,
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const sums = await observed.aggregate(cells.admissions(period), BY)
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => [
        cells.observed(key['app']),
        entityOf(declared, key['provider']),
        cells.observed(key['deployment']),
        cells.declared(key['processing']),
        cells.declared(key['third_country']),
        key['third_country'] === 'false' ? cells.derived('none_eea') : cells.declared(key['mechanism']),
        cells.observed(key['payload_state']),
        cells.observed(events),
        cells.day(firstMs),
        cells.day(lastMs)
      ])
    )
  }
}
