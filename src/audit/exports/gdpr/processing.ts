import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entitiesOf, partyOf, purposeOf } from '../declared/names.ts'
import type { AuditExport } from '../export.ts'
import { seenByPurpose } from './seen.ts'

/** One row per purpose and legal basis: what Art. 30(1) asks for, as declared and as seen. */
export const processing: AuditExport = {
  name: 'processing',
  title: { en: 'Record of processing activities', de: 'Verzeichnis der Verarbeitungstätigkeiten' },
  law: 'Art. 30(1) GDPR',
  columns: [
    columns.text('record_id', { en: 'Record', de: 'Eintrag' }, 'config: apps.purpose.ropa', {
      en: 'The number of the entry in the record of processing links both. Data protection gives it; it belongs in apps.purpose.ropa.',
      de: 'Die Nummer des Eintrags verbindet beide Verzeichnisse. Der Datenschutz vergibt sie; sie gehört in apps.purpose.ropa.'
    }),
    columns.integer('version', { en: 'Version', de: 'Fassung' }, 'config: apps.purpose.version', {
      en: 'Which wording of the purpose holds. apps.purpose.version says it.',
      de: 'Welche Fassung des Zwecks gilt. apps.purpose.version sagt es.'
    }),
    columns.date(
      'valid_from',
      { en: 'Valid from', de: 'Gültig ab' },
      'records: purposes.validFrom',
      columns.recordsGap('Since when the entry holds.', 'Seit wann der Eintrag gilt.', 'purposes.validFrom')
    ),
    columns.date(
      'released',
      { en: 'Released by the DPO', de: 'Freigegeben vom Datenschutz' },
      'records: purposes.released',
      columns.recordsGap(
        'The data protection officer is involved before use begins (Art. 38(1) GDPR); the day is before the first request.',
        'Datenschutzbeauftragte werden vor dem Einsatz beteiligt (Art. 38 Abs. 1 DSGVO); der Tag liegt vor der ersten Anfrage.',
        'purposes.released'
      )
    ),
    columns.purpose,
    columns.purposeTitle,
    columns.controller,
    columns.controllerContact,
    columns.dpo,
    columns.legalBasis,
    columns.text(
      'data_subjects',
      { en: 'Categories of data subjects', de: 'Kategorien betroffener Personen' },
      'config: apps.purpose.dataSubjects',
      {
        en: 'Art. 30(1)(c) GDPR asks for them. The owner of the app knows; they belong in apps.purpose.dataSubjects.',
        de: 'Art. 30 Abs. 1 lit. c DSGVO verlangt sie. Wer die App verantwortet, weiß es; sie gehören in apps.purpose.dataSubjects.'
      }
    ),
    columns.text(
      'data_categories',
      { en: 'Categories of data, as declared', de: 'Datenkategorien laut Angabe' },
      'records: purposes.dataCategories',
      columns.recordsGap(
        'Art. 30(1)(c) GDPR asks for categories of data; what was found shows only a part. The owner of the app knows.',
        'Art. 30 Abs. 1 lit. c DSGVO verlangt Kategorien; Gefundenes zeigt nur einen Teil. Wer die App verantwortet, weiß es.',
        'purposes.dataCategories'
      )
    ),
    columns.dataClasses,
    columns.text(
      'special_categories',
      { en: 'Special categories found (Art. 9, 10)', de: 'Gefundene besondere Kategorien (Art. 9, 10)' },
      'trail: flags'
    ),
    columns.recipients,
    columns.thirdCountries,
    columns.mechanisms,
    columns.retention,
    columns.measures,
    columns.text('dpia', { en: 'Impact assessment', de: 'Folgenabschätzung' }, 'config: apps.purpose.dpia', {
      en: 'Whether an assessment is needed is examined for each processing (Art. 35 GDPR); write its reference, or not_required, into apps.purpose.dpia.',
      de: 'Ob eine Abschätzung nötig ist, wird für jede Verarbeitung geprüft (Art. 35 DSGVO); ihr Zeichen oder not_required gehört in apps.purpose.dpia.'
    }),
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const { organisation } = declared.records
    const seen = await seenByPurpose(observed, period)
    const sums = await observed.aggregate(cells.admissions(period), ['purpose', 'legal_basis'])
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => {
        const id = key['purpose'] ?? ''
        const purpose = declared.purposes.get(id)
        const extra = purposeOf(declared, id)
        return [
          cells.declared(purpose?.ropa),
          cells.declared(purpose?.version),
          cells.declared(extra?.validFrom),
          cells.declared(extra?.released),
          cells.declared(key['purpose']),
          cells.declared(purpose?.title),
          cells.declared(purpose?.controller?.name),
          cells.declared(organisation?.contact),
          cells.declared(partyOf(organisation?.dpo)),
          cells.declared(key['legal_basis']),
          cells.declaredList(purpose?.dataSubjects ?? []),
          cells.declaredList(extra?.dataCategories ?? [], '; '),
          cells.observedList(seen.classes.get(id) ?? []),
          cells.observedList(seen.flags.get(id) ?? []),
          entitiesOf(declared, seen.providers.get(id) ?? []),
          cells.declaredOrNone(seen.thirdCountries.get(id) ?? []),
          cells.declaredOrNone(seen.mechanisms.get(id) ?? []),
          cells.declared(extra?.retention),
          cells.declared(extra?.measures),
          cells.declared(purpose?.dpia),
          cells.observed(events),
          cells.day(firstMs),
          cells.day(lastMs)
        ]
      })
    )
  }
}
