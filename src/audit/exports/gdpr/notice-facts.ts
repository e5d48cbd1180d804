import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entitiesOf, partyOf, purposeOf } from '../declared/names.ts'
import type { AuditExport } from '../export.ts'
import { seenByPurpose } from './seen.ts'

const DIM = ['purpose', 'legal_basis']

/** What a privacy notice says of each purpose, with what traffic shows of it. */
export const noticeFacts: AuditExport = {
  name: 'notice-facts',
  title: { en: 'Facts for privacy notices', de: 'Angaben für Datenschutzhinweise' },
  law: 'Art. 13, 14 GDPR',
  columns: [
    columns.purpose,
    columns.purposeTitle,
    columns.controller,
    columns.controllerContact,
    columns.dpo,
    columns.legalBasis,
    columns.text(
      'interest',
      { en: 'Legitimate interest', de: 'Berechtigtes Interesse' },
      'records: purposes.interest',
      columns.recordsGap(
        'Who relies on Art. 6(1)(f) names the interest (Art. 13(1)(d) GDPR).',
        'Wer sich auf Art. 6 Abs. 1 lit. f stützt, nennt das Interesse (Art. 13 Abs. 1 lit. d DSGVO).',
        'purposes.interest'
      )
    ),
    columns.recipients,
    columns.thirdCountries,
    columns.mechanisms,
    columns.retention,
    columns.text('models', { en: 'AI models used', de: 'Eingesetzte KI-Modelle' }, 'trail: model.requested'),
    columns.text(
      'logic',
      { en: 'Automated decisions and their logic', de: 'Automatisierte Entscheidungen und ihre Logik' },
      'records: purposes.logic',
      columns.recordsGap(
        'A notice says whether decisions rest on it alone, and by which logic (Art. 13(2)(f), 22 GDPR).',
        'Ein Hinweis sagt, ob Entscheidungen allein darauf beruhen und nach welcher Logik (Art. 13 Abs. 2 lit. f, 22 DSGVO).',
        'purposes.logic'
      )
    ),
    columns.text(
      'notice',
      { en: 'Notice that says so', de: 'Hinweis, der es sagt' },
      'records: purposes.notice',
      columns.recordsGap(
        'Persons are told before it begins (Art. 13, 14 GDPR). The owner of the app knows where.',
        'Betroffene erfahren es vorher (Art. 13, 14 DSGVO). Wer die App verantwortet, weiß, wo es steht.',
        'purposes.notice'
      )
    )
  ],
  async rows({ observed, declared }, period) {
    const { organisation } = declared.records
    const seen = await seenByPurpose(observed, period)
    const sums = await observed.aggregate(cells.admissions(period), DIM)
    return cells.sorted(
      sums.map(({ key }) => {
        const id = key['purpose'] ?? ''
        const purpose = declared.purposes.get(id)
        const extra = purposeOf(declared, id)
        return [
          cells.declared(key['purpose']),
          cells.declared(purpose?.title),
          cells.declared(purpose?.controller?.name),
          cells.declared(organisation?.contact),
          cells.declared(partyOf(organisation?.dpo)),
          cells.declared(key['legal_basis']),
          key['legal_basis'] === '6_1_f' ? cells.declared(extra?.interest) : cells.NOT_APPLICABLE,
          entitiesOf(declared, seen.providers.get(id) ?? []),
          cells.declaredOrNone(seen.thirdCountries.get(id) ?? []),
          cells.declaredOrNone(seen.mechanisms.get(id) ?? []),
          cells.declared(extra?.retention),
          cells.observedList(seen.models.get(id) ?? []),
          cells.declared(extra?.logic),
          cells.declared(extra?.notice)
        ]
      })
    )
  }
}
