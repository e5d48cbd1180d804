import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entitiesOf, partyOf, purposeOf } from '../declared/names.ts'
import type { AuditExport } from '../export.ts'
import { seenByPurpose } from './seen.ts'

/** One row per client and purpose: what Art. 30(2) asks of who processes for others. */
export const processor: AuditExport = {
  name: 'processor',
  title: { en: 'Record of processing for others', de: 'Verzeichnis als Auftragsverarbeiter' },
  law: 'Art. 30(2) GDPR',
  columns: [
    columns.text(
      'processor',
      { en: 'Processor', de: 'Auftragsverarbeiter' },
      'records: organisation',
      columns.recordsGap(
        'The record names the processor (Art. 30(2)(a) GDPR).',
        'Das Verzeichnis nennt den Auftragsverarbeiter (Art. 30 Abs. 2 lit. a DSGVO).',
        'organisation'
      )
    ),
    columns.dpo,
    columns.text('client', { en: 'Controller', de: 'Verantwortlicher' }, 'records: clients.name'),
    columns.text(
      'client_contact',
      { en: 'Contact of the controller', de: 'Kontakt des Verantwortlichen' },
      'records: clients.contact',
      columns.recordsGap(
        'The record gives the contact of each controller (Art. 30(2)(a) GDPR). The contract names it.',
        'Das Verzeichnis nennt die Kontaktdaten jedes Verantwortlichen (Art. 30 Abs. 2 lit. a DSGVO). Der Vertrag nennt sie.',
        'clients.contact'
      )
    ),
    columns.text(
      'client_representative',
      { en: 'Representative', de: 'Vertreter' },
      'records: clients.representative'
    ),
    columns.text(
      'client_dpo',
      { en: 'Its data protection officer', de: 'Dessen Datenschutzbeauftragte' },
      'records: clients.dpo',
      columns.recordsGap(
        'Where the controller has a data protection officer, the record names them (Art. 30(2)(a) GDPR).',
        'Hat der Verantwortliche Datenschutzbeauftragte, nennt sie das Verzeichnis (Art. 30 Abs. 2 lit. a DSGVO).',
        'clients.dpo'
      )
    ),
    columns.purpose,
    columns.text(
      'categories',
      { en: 'Categories of processing', de: 'Kategorien von Verarbeitungen' },
      'records: clients.categories',
      columns.recordsGap(
        'The record lists what is done for each controller (Art. 30(2)(b) GDPR).',
        'Das Verzeichnis führt auf, was für jeden Verantwortlichen getan wird (Art. 30 Abs. 2 lit. b DSGVO).',
        'clients.categories'
      )
    ),
    columns.text(
      'subprocessors',
      { en: 'Further processors', de: 'Weitere Auftragsverarbeiter' },
      'trail: provider.id, named by its profile'
    ),
    columns.thirdCountries,
    columns.mechanisms,
    columns.measures,
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const { organisation, clients } = declared.records
    const seen = await seenByPurpose(observed, period)
    const sums = await observed.aggregate(cells.admissions(period), ['purpose'])
    const byPurpose = new Map(sums.map(sum => [sum.key['purpose'], sum]))
    return cells.sorted(
      clients.flatMap(client =>
        client.purposes.map(id => {
          const sum = byPurpose.get(id)
          const providers = seen.providers.get(id) ?? []
          return [
            cells.declared(partyOf(organisation)),
            cells.declared(partyOf(organisation?.dpo)),
            cells.declared(client.name),
            cells.declared(client.contact),
            // many have none and need none
            client.representative === undefined
              ? cells.NOT_APPLICABLE
              : cells.declared(partyOf(client.representative)),
            cells.declared(partyOf(client.dpo)),
            cells.declared(id),
            cells.declaredList(client.categories ?? [], '; '),
            providers.length === 0 ? cells.observedList([]) : entitiesOf(declared, providers),
            cells.declaredOrNone(seen.thirdCountries.get(id) ?? []),
            cells.declaredOrNone(seen.mechanisms.get(id) ?? []),
            cells.declared(purposeOf(declared, id)?.measures),
            cells.observed(sum?.events ?? 0),
            sum === undefined ? cells.observedList([]) : cells.day(sum.firstMs),
            sum === undefined ? cells.observedList([]) : cells.day(sum.lastMs)
          ]
        })
      )
    )
  }
}
