import * as cells from './cells.ts'
import * as columns from './columns.ts'
import type { AuditExport } from './export.ts'

const BY = [
  'third_country',
  'transfer_country',
  'importer',
  'mechanism',
  'purpose',
  'payload_state',
  'dpa',
  'deployment'
]

/** Every flow to a recipient, by country, importer, mechanism, purpose and state of the data. */
export const transfers: AuditExport = {
  name: 'transfers',
  title: { en: 'Transfer register', de: 'Übermittlungsregister' },
  law: 'Art. 30(1)(e), 44–49 GDPR',
  columns: [
    columns.country,
    columns.thirdCountry,
    columns.text('importer', { en: 'Importer', de: 'Importeur' }, columns.entityGap),
    columns.mechanism,
    columns.purpose,
    columns.payloadState,
    columns.dpa,
    columns.deployment,
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed }, period) {
    const sums = await observed.aggregate(cells.admissions(period), BY)
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => [
        cells.declared(key['transfer_country']),
        cells.declared(key['third_country']),
        cells.declared(key['importer']),
        // within the EEA there is nothing to base a transfer on
        key['third_country'] === 'false'
          ? { value: 'none_eea', provenance: 'derived' }
          : cells.declared(key['mechanism']),
        cells.declared(key['purpose']),
        cells.observed(key['payload_state']),
        cells.declared(key['dpa']),
        cells.observed(key['deployment']),
        cells.observed(events),
        cells.day(firstMs),
        cells.day(lastMs)
      ])
    )
  }
}
