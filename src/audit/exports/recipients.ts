import * as cells from './cells.ts'
import * as columns from './columns.ts'
import type { AuditExport } from './export.ts'

const BY = ['app', 'provider_entity', 'deployment', 'transfer_country', 'processing', 'payload_state']

/** Who received data, by app. */
export const recipients: AuditExport = {
  name: 'recipients',
  title: { en: 'Recipients by app', de: 'Empfänger je App' },
  law: 'Art. 13(1)(e), 15(1)(c), 30(1)(d) GDPR',
  columns: [
    columns.app,
    columns.providerEntity,
    columns.deployment,
    columns.country,
    columns.text('processing', { en: 'Place of processing', de: 'Ort der Verarbeitung' }, columns.placeGap),
    columns.payloadState,
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed }, period) {
    const sums = await observed.aggregate(cells.admissions(period), BY)
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => [
        cells.observed(key['app']),
        cells.declared(key['provider_entity']),
        cells.observed(key['deployment']),
        cells.declared(key['transfer_country']),
        cells.declared(key['processing']),
        cells.observed(key['payload_state']),
        cells.observed(events),
        cells.day(firstMs),
        cells.day(lastMs)
      ])
    )
  }
}
