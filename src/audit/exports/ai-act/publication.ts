import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entitiesOf, purposeOf } from '../declared/names.ts'
import type { AuditExport } from '../export.ts'
import { seenByPurpose } from '../gdpr/seen.ts'

const gap = (en: string, de: string, key: string) => columns.recordsGap(en, de, `purposes.useCase.${key}`)

/** Where AI is used, in words for those whom it concerns: the uses that the company marked for publication. */
export const publication: AuditExport = {
  name: 'ai-publication',
  title: { en: 'Where we use AI', de: 'Wo wir KI einsetzen' },
  law: 'Art. 50 Regulation (EU) 2024/1689; Art. 12–14 GDPR',
  columns: [
    columns.text(
      'title',
      { en: 'Use', de: 'Einsatz' },
      'records: purposes.useCase.title',
      gap('Readers need a name.', 'Leser brauchen eine Bezeichnung.', 'title')
    ),
    columns.text(
      'effect',
      { en: 'What it means for you', de: 'Was es für Sie bedeutet' },
      'records: purposes.useCase.effect',
      gap(
        'Readers want to know what it means for them.',
        'Leser wollen wissen, was es für sie bedeutet.',
        'effect'
      )
    ),
    columns.text(
      'customer_data',
      { en: 'Data used', de: 'Genutzte Daten' },
      'records: purposes.useCase.customerData',
      gap('Which data are used.', 'Welche Daten genutzt werden.', 'customerData')
    ),
    columns.text(
      'providers',
      { en: 'Providers', de: 'Anbieter' },
      'trail: provider.id, named by its profile',
      columns.entityGap
    ),
    columns.text('places', { en: 'Places', de: 'Orte' }, 'trail: location.processing'),
    columns.text(
      'protection',
      { en: 'How data leave', de: 'Wie Daten das Haus verlassen' },
      'trail: transfer.payload_state'
    ),
    columns.text(
      'oversight',
      { en: 'Who checks', de: 'Wer prüft' },
      'records: purposes.useCase.oversight',
      gap('Whether people check results.', 'Ob Menschen Ergebnisse prüfen.', 'oversight')
    ),
    columns.text(
      'disclosure',
      { en: 'Notice', de: 'Hinweis' },
      'records: purposes.useCase.disclosure',
      gap('How people are told (Art. 50).', 'Wie Menschen es erfahren (Art. 50).', 'disclosure')
    ),
    columns.text(
      'contact',
      { en: 'Questions to', de: 'Fragen an' },
      'records: organisation.contact',
      columns.recordsGap('Whom readers may ask.', 'Wen Leser fragen können.', 'organisation.contact')
    )
  ],
  async rows({ observed, declared }, period) {
    const filter = cells.admissions(period)
    const [seen, states, places] = await Promise.all([
      seenByPurpose(observed, period),
      observed.aggregate(filter, ['purpose', 'payload_state']),
      observed.aggregate(filter, ['purpose', 'processing'])
    ])
    const statesOf = cells.valuesBy(states, 'purpose', 'payload_state')
    const placesOf = cells.valuesBy(places, 'purpose', 'processing')
    const published = declared.records.purposes.filter(
      ({ id, useCase }) => useCase?.published === true && seen.providers.has(id)
    )
    return cells.sorted(
      published.map(({ id, useCase }) => [
        cells.declared(useCase?.title),
        cells.declared(useCase?.effect),
        cells.declaredList(useCase?.customerData ?? [], '; '),
        entitiesOf(declared, seen.providers.get(id) ?? []),
        cells.declaredList(placesOf.get(id) ?? []),
        cells.observedList(statesOf.get(id) ?? []),
        cells.declared(useCase?.oversight),
        cells.declared(purposeOf(declared, id)?.useCase?.disclosure),
        cells.declared(declared.records.organisation?.contact)
      ])
    )
  }
}
