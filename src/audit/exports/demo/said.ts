import type { RecordsFile } from '../declared/schema.ts'

/** What people of the sample group said: their file of records, with the gaps that records are there to name. */
export const SAID: RecordsFile = {
  organisation: {
    name: 'Prüfbank AG',
    contact: 'Am Hafen 1, 20457 Hamburg',
    dpo: { name: 'Datenschutz der Prüfgruppe', contact: 'datenschutz@pruefbank.example' },
    lei: '5299001TESTBANK00061',
    country: 'DE',
    authority: 'BaFin'
  },
  clients: [
    {
      name: 'Stiftung Musterhafen',
      contact: 'Kai 2, 20457 Hamburg',
      categories: ['Auslesen von Verträgen'],
      purposes: ['p-contracts']
    }
  ],
  purposes: [
    {
      id: 'p-support',
      retention: '13 Monate',
      measures: 'TOM 2026-1',
      notice: 'DSH-4',
      dataCategories: ['Kontaktdaten', 'Vertragsdaten'],
      validFrom: '2026-01-15',
      released: '2026-01-10',
      logic: 'keine automatisierte Entscheidung',
      useCase: {
        title: 'Antworten im Kundendienst',
        why: 'Verarbeitung in Deutschland, kein Training',
        reasons: 'Gespräch mit Kunden, Hinweis nach Art. 50',
        author: 'M. Beispiel',
        date: '2026-01-12',
        reviewDue: '2027-01-12',
        screened: '2026-01-12',
        effect: 'Antwortentwurf, den Menschen senden',
        customerData: ['Anliegen', 'Kontaktdaten'],
        oversight: 'Teamleitung Kundendienst',
        disclosure: 'Hinweis im Chat',
        training: 'KI-Grundlagen 2026',
        published: true
      }
    },
    {
      id: 'p-credit',
      retention: '13 Monate',
      measures: 'TOM 2026-1',
      notice: 'DSH-5',
      useCase: {
        title: 'Vorbereitung von Kreditentscheidungen',
        reasons: 'Kreditwürdigkeit natürlicher Personen, Anhang III Nr. 5 b',
        author: 'M. Beispiel',
        date: '2026-02-01',
        oversight: 'Kreditreferat'
      }
    }
  ],
  providers: [
    {
      id: 'nordlicht',
      parent: { name: 'Polar Holding AB', code: '5493001TESTHOLD00046' },
      headquarters: 'DE',
      sla: { availabilityPercent: 95, meanMs: 2500, p95Ms: 4000 },
      exit: { plan: 'EXIT-1', tested: '2026-08-15', alternatives: ['pacific'], noticeDays: 90 },
      assessed: '2026-05-01',
      assessment: 'LIEF-2026-3',
      subcontractors: [
        { name: 'Hosting Nord AG', code: '2138001TESTHOST00021', codeType: 'LEI', country: 'DE', rank: 2 }
      ]
    },
    {
      id: 'pacific',
      parent: { name: 'Polar Holding AB', code: '5493001TESTHOLD00046' },
      headquarters: 'US',
      sla: { availabilityPercent: 99.9, meanMs: 900 }
    }
  ],
  fallbackTests: [
    { from: 'nordlicht-de', to: 'pacific-us', date: '2026-08-15', result: 'passed', reference: 'TEST-7' }
  ]
}
