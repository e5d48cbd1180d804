import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { grouped } from './question.ts'

/** What was found, and what was done about it. */

const dataClass = columns.text('class', { en: 'Class of data', de: 'Datenart' }, 'trail: findings.class')
const action = columns.text('action', { en: 'What was done', de: 'Was geschah' }, 'trail: findings.action')
const findings = columns.count('findings', { en: 'Findings', de: 'Fundstellen' })

/** By class; special categories stand beside the classes of the same requests. */
export const dataClasses = grouped({
  name: 'data-classes',
  title: { en: 'Classes of personal data', de: 'Arten personenbezogener Daten' },
  question: {
    en: 'Which classes of personal data, and which special categories, were found?',
    de: 'Welche Arten personenbezogener Daten und welche besonderen Kategorien wurden gefunden?'
  },
  law: 'Art. 9, 10, 30(1)(c) GDPR',
  by: ['class', 'flag', 'purpose'],
  findings: true,
  columns: [
    dataClass,
    columns.text(
      'special_category',
      { en: 'Special category of the request', de: 'Besondere Kategorie der Anfrage' },
      'trail: flags'
    ),
    columns.purpose,
    columns.requests,
    findings
  ],
  cells: ({ key, events, findings: count = 0 }) => [
    cells.observed(key['class']),
    key['flag'] == null ? cells.NOT_APPLICABLE : cells.observed(key['flag']),
    cells.declared(key['purpose']),
    cells.observed(events),
    cells.observed(count)
  ]
})

/** What passed in clear stands with the policy that let it pass. */
export const masked = grouped({
  name: 'masked',
  title: { en: 'Masked, and passed in clear', de: 'Maskiert und im Klartext weitergegeben' },
  question: {
    en: 'What was masked, what passed in clear, and why?',
    de: 'Was wurde maskiert, was ging im Klartext weiter, und warum?'
  },
  law: 'Art. 25, 32(1)(a) GDPR',
  by: ['class', 'action', 'side', 'app', 'policy', 'policy_version'],
  findings: true,
  columns: [
    dataClass,
    action,
    columns.text(
      'side',
      { en: 'In request or answer', de: 'In Anfrage oder Antwort' },
      'trail: findings.side'
    ),
    columns.app,
    columns.text(
      'policy',
      { en: 'Policy that said so', de: 'Richtlinie, die es bestimmt' },
      'trail: policy.id'
    ),
    columns.text('policy_version', { en: 'Its version', de: 'Ihre Fassung' }, 'trail: policy.version'),
    columns.requests,
    findings
  ],
  cells: ({ key, events, findings: count = 0 }) => [
    cells.observed(key['class']),
    cells.observed(key['action']),
    cells.observed(key['side']),
    cells.observed(key['app']),
    cells.observed(key['policy']),
    cells.observed(key['policy_version']),
    cells.observed(events),
    cells.observed(count)
  ]
})
