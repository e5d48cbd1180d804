import * as cells from './cells.ts'
import * as columns from './columns.ts'
import type { AuditExport } from './export.ts'

/** One row per purpose: what Art. 30(1) asks for, as declared and as seen. */
export const processing: AuditExport = {
  name: 'processing',
  title: { en: 'Record of processing activities', de: 'Verzeichnis der Verarbeitungstätigkeiten' },
  law: 'Art. 30(1) GDPR',
  columns: [
    columns.purpose,
    columns.purposeTitle,
    columns.text(
      'controller',
      { en: 'Controller', de: 'Verantwortlicher' },
      {
        en: 'The record names who decides (Art. 30(1)(a) GDPR). Legal or data protection knows; it belongs in apps.purpose.controller.',
        de: 'Das Verzeichnis nennt, wer entscheidet (Art. 30 Abs. 1 lit. a DSGVO). Recht oder Datenschutz weiß es; es gehört in apps.purpose.controller.'
      }
    ),
    columns.text(
      'legal_basis',
      { en: 'Legal basis', de: 'Rechtsgrundlage' },
      {
        en: 'Processing needs a basis of Art. 6 GDPR. Data protection decides; apps.purpose.legalBasis declares it.',
        de: 'Verarbeitung braucht eine Grundlage nach Art. 6 DSGVO. Der Datenschutz entscheidet; apps.purpose.legalBasis gibt sie an.'
      }
    ),
    columns.text(
      'data_subjects',
      { en: 'Categories of data subjects', de: 'Kategorien betroffener Personen' },
      {
        en: 'Art. 30(1)(c) GDPR asks for them. The owner of the app knows; they belong in apps.purpose.dataSubjects.',
        de: 'Art. 30 Abs. 1 lit. c DSGVO verlangt sie. Wer die App verantwortet, weiß es; sie gehören in apps.purpose.dataSubjects.'
      }
    ),
    columns.text('data_classes', { en: 'Classes of data found', de: 'Gefundene Datenarten' }),
    columns.text('special_categories', {
      en: 'Special categories found (Art. 9, 10)',
      de: 'Gefundene besondere Kategorien (Art. 9, 10)'
    }),
    columns.text('recipients', { en: 'Recipients', de: 'Empfänger' }, columns.entityGap),
    columns.text('third_countries', { en: 'Third countries', de: 'Drittländer' }),
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, purposes }, period) {
    const filter = cells.admissions(period)
    const abroad = { ...filter, values: new Map([...filter.values, ['third_country', ['true']]]) }
    const [sums, classes, flags, entities, countries] = await Promise.all([
      observed.aggregate(filter, ['purpose', 'legal_basis']),
      observed.findings(filter, ['purpose', 'class']),
      observed.aggregate(filter, ['purpose', 'flag']),
      observed.aggregate(filter, ['purpose', 'provider_entity']),
      observed.aggregate(abroad, ['purpose', 'transfer_country'])
    ])
    const classesOf = cells.valuesBy(classes, 'purpose', 'class')
    const flagsOf = cells.valuesBy(flags, 'purpose', 'flag')
    const entitiesOf = cells.valuesBy(entities, 'purpose', 'provider_entity')
    const countriesOf = cells.valuesBy(countries, 'purpose', 'transfer_country')
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => {
        const id = key['purpose'] ?? ''
        const purpose = purposes.get(id)
        return [
          cells.declared(key['purpose']),
          cells.declared(purpose?.title),
          cells.declared(purpose?.controller),
          cells.declared(key['legal_basis']),
          cells.declaredList(purpose?.dataSubjects ?? []),
          cells.observedList(classesOf.get(id) ?? []),
          cells.observedList(flagsOf.get(id) ?? []),
          cells.declaredList(entitiesOf.get(id) ?? []),
          cells.observedList(countriesOf.get(id) ?? []),
          cells.observed(events),
          cells.day(firstMs),
          cells.day(lastMs)
        ]
      })
    )
  }
}
