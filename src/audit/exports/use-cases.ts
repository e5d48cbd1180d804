import * as cells from './cells.ts'
import * as columns from './columns.ts'
import type { AuditExport, Text } from './export.ts'

const BY = ['use_case', 'purpose', 'ai_role', 'risk_class', 'disclosure', 'human_review', 'provider', 'model']

const ownerGap: Text = {
  en: 'Each use of AI is registered with its role and risk class, with reasons (Art. 6, 26 AI Act). The owner of the app writes it under apps.purpose.useCase.',
  de: 'Jeder KI-Einsatz wird mit Rolle und Risikoklasse begründet verzeichnet (Art. 6, 26 KI-VO). Wer die App verantwortet, trägt es unter apps.purpose.useCase ein.'
}

/** Where and how AI is used, by purpose and model. */
export const useCases: AuditExport = {
  name: 'use-cases',
  title: { en: 'Register of AI use cases', de: 'Register der KI-Anwendungsfälle' },
  law: 'Art. 26, 49, 50 Regulation (EU) 2024/1689',
  columns: [
    columns.text('use_case', { en: 'Use case', de: 'Anwendungsfall' }, ownerGap),
    columns.purpose,
    columns.text('role', { en: 'Role', de: 'Rolle' }, ownerGap),
    columns.text('risk_class', { en: 'Risk class', de: 'Risikoklasse' }, ownerGap),
    columns.text(
      'disclosure',
      { en: 'Disclosure', de: 'Hinweis auf KI' },
      {
        en: 'Who talks to a machine is told so (Art. 50 AI Act). apps.purpose.disclosure names the notice.',
        de: 'Wer mit einer Maschine spricht, erfährt es (Art. 50 KI-VO). apps.purpose.disclosure nennt den Hinweis.'
      }
    ),
    columns.text(
      'human_review',
      { en: 'Human review', de: 'Prüfung durch Menschen' },
      {
        en: 'Whether a person checks the outcome (Art. 22 GDPR, 26(2) AI Act) is for the owner of the app to say.',
        de: 'Ob ein Mensch das Ergebnis prüft (Art. 22 DSGVO, Art. 26 Abs. 2 KI-VO), sagt, wer die App verantwortet.'
      }
    ),
    columns.provider,
    { name: 'model', title: { en: 'Model', de: 'Modell' }, kind: 'text' },
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed }, period) {
    const sums = await observed.aggregate(cells.admissions(period), BY)
    return cells.sorted(
      sums.map(({ key, events, firstMs, lastMs }) => [
        ...['use_case', 'purpose', 'ai_role', 'risk_class', 'disclosure', 'human_review'].map(name =>
          cells.declared(key[name])
        ),
        cells.observed(key['provider']),
        cells.observed(key['model']),
        cells.observed(events),
        cells.day(firstMs),
        cells.day(lastMs)
      ])
    )
  }
}
