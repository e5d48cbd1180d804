import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { Cell } from '../export.ts'
import { entity, grouped } from './question.ts'

/** Who received data, under which papers, and where. */

const seen = [columns.requests, columns.firstSeen, columns.lastSeen]
const seenCells = ({ events, firstMs, lastMs }: Parameters<typeof entity>[0]) => [
  cells.observed(events),
  cells.day(firstMs),
  cells.day(lastMs)
]

export const vendors = grouped({
  name: 'vendors',
  title: { en: 'AI vendors that received data', de: 'KI-Anbieter, die Daten erhielten' },
  question: {
    en: 'Which AI vendors received data in the period?',
    de: 'Welche KI-Anbieter haben im Zeitraum Daten erhalten?'
  },
  law: 'Art. 15(1)(c), 30(1)(d) GDPR; Art. 28(3) DORA',
  by: ['provider', 'deployment'],
  columns: [columns.provider, columns.providerEntity, columns.deployment, ...seen],
  cells: (sum, declared) => [
    cells.observed(sum.key['provider']),
    entity(sum, declared),
    cells.observed(sum.key['deployment']),
    ...seenCells(sum)
  ]
})

export const papers = grouped({
  name: 'papers',
  title: {
    en: 'Contracts, processing agreements, mechanisms',
    de: 'Verträge, Auftragsverarbeitung, Grundlagen'
  },
  question: {
    en: 'Under which contract, processing agreement and transfer mechanism?',
    de: 'Unter welchem Vertrag, welcher Auftragsverarbeitung und welcher Grundlage der Übermittlung?'
  },
  law: 'Art. 28, 44–49 GDPR; Art. 30 DORA',
  by: ['provider', 'contract', 'dpa', 'third_country', 'mechanism', 'mechanism_ref'],
  columns: [
    columns.provider,
    columns.providerEntity,
    columns.text('contract', { en: 'Contract', de: 'Vertrag' }, 'trail: contract_ref', {
      en: 'Whoever receives data has a contract (Art. 28(3) GDPR, 30 DORA). Purchasing holds it; contracts in the config names it.',
      de: 'Wer Daten erhält, hat einen Vertrag (Art. 28 Abs. 3 DSGVO, 30 DORA). Der Einkauf hat ihn; contracts in der Konfiguration nennt ihn.'
    }),
    columns.dpa,
    columns.thirdCountry,
    columns.mechanism,
    columns.text(
      'mechanism_ref',
      { en: 'Its reference', de: 'Ihr Zeichen' },
      'trail: transfer.mechanism_ref'
    ),
    ...seen
  ],
  cells: (sum, declared) => {
    const { key } = sum
    const home = key['third_country'] === 'false'
    return [
      cells.observed(key['provider']),
      entity(sum, declared),
      cells.declared(key['contract']),
      cells.declared(key['dpa']),
      cells.declared(key['third_country']),
      home ? cells.derived('none_eea') : cells.declared(key['mechanism']),
      said(key['mechanism_ref']),
      ...seenCells(sum)
    ]
  }
})

export const countries = grouped({
  name: 'countries',
  title: { en: 'Countries', de: 'Länder' },
  question: {
    en: 'In which countries were data processed?',
    de: 'In welchen Ländern wurden Daten verarbeitet?'
  },
  law: 'Art. 30(1)(e), 44 GDPR; Art. 30(2)(b) DORA',
  by: ['processing', 'third_country', 'provider', 'payload_state'],
  columns: [columns.processingPlace, columns.thirdCountry, columns.provider, columns.payloadState, ...seen],
  cells: sum => [
    cells.declared(sum.key['processing']),
    cells.declared(sum.key['third_country']),
    cells.observed(sum.key['provider']),
    cells.observed(sum.key['payload_state']),
    ...seenCells(sum)
  ]
})

export const functions = grouped({
  name: 'functions',
  title: { en: 'Functions and who they depend on', de: 'Funktionen und wovon sie abhängen' },
  question: {
    en: 'Which functions, and which critical ones, depend on whom?',
    de: 'Welche Funktionen, und welche kritischen, hängen von wem ab?'
  },
  law: 'Art. 28(3), 29 DORA',
  by: ['function', 'critical', 'entity', 'provider', 'contract'],
  columns: [
    columns.text('function', { en: 'Function', de: 'Funktion' }, 'trail: function.id', {
      en: 'Dependence is judged by function (Art. 28 DORA). The owner of the app names it under apps.purpose.function.',
      de: 'Abhängigkeit wird je Funktion beurteilt (Art. 28 DORA). Wer die App verantwortet, nennt sie unter apps.purpose.function.'
    }),
    columns.text(
      'critical',
      { en: 'Critical or important', de: 'Kritisch oder wichtig' },
      'trail: function.critical'
    ),
    columns.text('entity', { en: 'Entity', de: 'Unternehmen' }, 'trail: legal_entity.code'),
    columns.provider,
    columns.providerEntity,
    columns.text('contract', { en: 'Contract', de: 'Vertrag' }, 'trail: contract_ref'),
    ...seen
  ],
  cells: (sum, declared) => [
    cells.declared(sum.key['function']),
    said(sum.key['critical']),
    said(sum.key['entity']),
    cells.observed(sum.key['provider']),
    entity(sum, declared),
    said(sum.key['contract']),
    ...seenCells(sum)
  ]
})

/** Said where it applies; other questions list what is missing. */
function said(value: string | null | undefined): Cell {
  return value == null ? cells.NOT_APPLICABLE : cells.declared(value)
}
