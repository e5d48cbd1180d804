import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entityOf } from '../declared/names.ts'
import type { AuditExport, Cell } from '../export.ts'

const BY = [
  'third_country',
  'processing',
  'provider',
  'mechanism',
  'purpose',
  'payload_state',
  'dpa',
  'contract'
]
/** What was declared of the transfer itself when it took place. */
const PAPERS = ['provider', 'mechanism', 'tia', 'mechanism_ref', 'mechanism_checked']

const mechanismGap = {
  en: 'Which decision, clauses or list entry the transfer rests on. Data protection holds it; contracts.mechanism.reference in the config names it.',
  de: 'Eine Übermittlung wird belegt: durch den Beschluss, die Klauseln oder den Listeneintrag, auf dem sie beruht. Der Datenschutz weiß es; contracts.mechanism.reference in der Konfiguration nennt es.'
}

/** Every flow to a recipient, by country, importer, mechanism, purpose and state of the data. */
export const transfers: AuditExport = {
  name: 'transfers',
  title: { en: 'Transfer register', de: 'Übermittlungsregister' },
  law: 'Art. 30(1)(e), 44–49 GDPR',
  columns: [
    columns.processingPlace,
    columns.thirdCountry,
    columns.text(
      'importer',
      { en: 'Importer', de: 'Importeur' },
      'config: profile of the provider, entity.name',
      columns.entityGap
    ),
    columns.mechanism,
    columns.text(
      'mechanism_ref',
      { en: 'Reference of the mechanism', de: 'Zeichen der Grundlage' },
      'trail: transfer.mechanism_ref',
      mechanismGap
    ),
    columns.date('mechanism_checked', { en: 'Checked on', de: 'Geprüft am' }, 'trail: transfer.checked_on', {
      en: 'A mechanism can end (list entries lapse, decisions fall). Data protection looks at it; contracts.mechanism.checked is the day.',
      de: 'Eine Grundlage kann entfallen (Listeneinträge erlöschen, Beschlüsse fallen). Der Datenschutz prüft; contracts.mechanism.checked ist der Tag.'
    }),
    columns.text(
      'tia',
      { en: 'Transfer impact assessment', de: 'Transferfolgenabschätzung' },
      'trail: transfer.tia_ref',
      {
        en: 'Tools of Art. 46 need an assessment of the law of the country (C-311/18, clause 14 SCC). Data protection writes it; contracts.tia names it.',
        de: 'Garantien nach Art. 46 verlangen eine Bewertung des Rechts des Landes (C-311/18, Klausel 14 SCC). Der Datenschutz schreibt sie; contracts.tia nennt sie.'
      }
    ),
    columns.purpose,
    columns.payloadState,
    columns.dpa,
    columns.date('dpa_from', { en: 'Contract from', de: 'Vertrag ab' }, 'config: contracts.from'),
    columns.date('dpa_to', { en: 'Contract until', de: 'Vertrag bis' }, 'config: contracts.to'),
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const filter = cells.admissions(period)
    const sums = await observed.aggregate(filter, BY)
    const papers = cells.keyed(
      (await observed.aggregate(filter, PAPERS)).toSorted((a, b) => (a.lastMs ?? 0) - (b.lastMs ?? 0)),
      ['provider', 'mechanism']
    )
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => {
        const abroad = key['third_country'] !== 'false'
        const mechanism = key['mechanism']
        const paper = papers.get(cells.keyOf(key, ['provider', 'mechanism']))?.key
        const contract = declared.contracts.get(key['contract'] ?? '')
        const named = (name: string): Cell => (abroad ? cells.declared(paper?.[name]) : cells.NOT_APPLICABLE)
        return [
          cells.declared(key['processing']),
          cells.declared(key['third_country']),
          entityOf(declared, key['provider']),
          // within the EEA there is nothing to base a transfer on
          abroad ? cells.declared(mechanism) : cells.derived('none_eea'),
          named('mechanism_ref'),
          named('mechanism_checked'),
          needsAssessment(mechanism) ? named('tia') : cells.NOT_APPLICABLE,
          cells.declared(key['purpose']),
          cells.observed(key['payload_state']),
          cells.declared(key['dpa']),
          contract === undefined ? cells.NOT_APPLICABLE : cells.declared(contract.from),
          contract?.to == null ? cells.NOT_APPLICABLE : cells.declared(contract.to),
          cells.observed(events),
          cells.day(firstMs),
          cells.day(lastMs)
        ]
      })
    )
  }
}

/** Art. 46 tools, and what nobody knows the ground of; not adequacy, not the derogations of Art. 49. */
function needsAssessment(mechanism: string | null | undefined): boolean {
  return !/^(adequacy|derog|none)/.test(mechanism ?? 'unknown')
}
