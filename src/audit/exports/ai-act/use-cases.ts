import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { entityOf, purposeOf, recordsOf } from '../declared/names.ts'
import type { AuditExport, Text } from '../export.ts'
import { seenByPurpose } from '../gdpr/seen.ts'

const BY = [
  'use_case',
  'purpose',
  'function',
  'ai_role',
  'risk_class',
  'disclosure',
  'human_review',
  'provider'
]
/** Logs of high-risk systems are kept at least six months (Art. 26(6)). */
const SIX_MONTHS_DAYS = 183
const DAY_MS = 86_400_000

const ownerGap: Text = {
  en: 'Each use of AI is registered with its role and risk class, with reasons (Art. 6, 26 AI Act). The owner of the app writes it under apps.purpose.useCase.',
  de: 'Jeder KI-Einsatz wird mit Rolle und Risikoklasse begründet verzeichnet (Art. 6, 26 KI-VO). Wer die App verantwortet, trägt es unter apps.purpose.useCase ein.'
}

const described = (name: string, en: string, de: string, why: readonly [string, string], key: string) =>
  columns.text(
    name,
    { en, de },
    `records: purposes.useCase.${key}`,
    columns.recordsGap(why[0], why[1], `purposes.useCase.${key}`)
  )

/** Where and how AI is used, by purpose and provider. */
export const useCases: AuditExport = {
  name: 'use-cases',
  title: { en: 'Register of AI use cases', de: 'Register der KI-Anwendungsfälle' },
  law: 'Art. 3, 4, 5, 6, 26, 27, 49, 50 Regulation (EU) 2024/1689',
  columns: [
    columns.text('use_case', { en: 'Use case', de: 'Anwendungsfall' }, 'trail: ai.use_case_id', ownerGap),
    described(
      'title',
      'Title',
      'Bezeichnung',
      ['A register is read by people.', 'Ein Register lesen Menschen.'],
      'title'
    ),
    columns.purpose,
    columns.text('function', { en: 'Business function', de: 'Funktion' }, 'trail: function.id', {
      en: 'Which business function it serves links this register with DORA. apps.purpose.function names it.',
      de: 'Welcher Funktion es dient, verbindet dieses Register mit DORA. apps.purpose.function nennt sie.'
    }),
    columns.provider,
    columns.providerEntity,
    columns.text('models', { en: 'Models', de: 'Modelle' }, 'trail: model.requested'),
    described(
      'why',
      'Why this tool',
      'Warum dieses Werkzeug',
      [
        'Origin, function and treatment of data are examined before use (Art. 28(1) GDPR, 26 AI Act).',
        'Herkunft, Funktion und Umgang mit Daten werden vor dem Einsatz geprüft (Art. 28 Abs. 1 DSGVO, 26 KI-VO).'
      ],
      'why'
    ),
    columns.text('role', { en: 'Role', de: 'Rolle' }, 'trail: ai.role', ownerGap),
    columns.text('risk_class', { en: 'Risk class', de: 'Risikoklasse' }, 'trail: ai.risk_class', ownerGap),
    described(
      'reasons',
      'Reasons',
      'Begründung',
      [
        'Role and risk class are documented with reasons (Art. 6(4), 26 AI Act).',
        'Rolle und Risikoklasse werden mit Begründung dokumentiert (Art. 6 Abs. 4, 26 KI-VO).'
      ],
      'reasons'
    ),
    described('author', 'Author', 'Verfasst von', ['Who classified it.', 'Wer eingestuft hat.'], 'author'),
    columns.date(
      'date',
      { en: 'Date', de: 'Datum' },
      'records: purposes.useCase.date',
      columns.recordsGap('When it was classified.', 'Wann eingestuft wurde.', 'purposes.useCase.date')
    ),
    columns.date(
      'review_due',
      { en: 'Review due', de: 'Prüfung fällig' },
      'records: purposes.useCase.reviewDue',
      columns.recordsGap(
        'Use, models and law change: when it is looked at again.',
        'Einsatz, Modelle und Recht ändern sich; hier steht, wann erneut geprüft wird.',
        'purposes.useCase.reviewDue'
      )
    ),
    columns.date(
      'screened',
      { en: 'Screened for Art. 5', de: 'Geprüft auf Art. 5' },
      'records: purposes.useCase.screened',
      columns.recordsGap(
        'Prohibited practices are ruled out for each use (Art. 5 AI Act).',
        'Verbotene Praktiken werden für jeden Einsatz ausgeschlossen (Art. 5 KI-VO).',
        'purposes.useCase.screened'
      )
    ),
    described(
      'customer_data',
      'Customer data',
      'Kundendaten',
      ['Which data of customers are used.', 'Welche Daten von Kunden genutzt werden.'],
      'customerData'
    ),
    described(
      'effect',
      'Effect on customers',
      'Wirkung auf Kunden',
      [
        'How customers are affected decides on duties of information (Art. 26(11), 86 AI Act).',
        'Wie Kunden betroffen sind, entscheidet über Informationspflichten (Art. 26 Abs. 11, 86 KI-VO).'
      ],
      'effect'
    ),
    columns.text(
      'personal_data',
      { en: 'Personal data found', de: 'Personenbezogene Daten gefunden' },
      'trail: findings'
    ),
    columns.text(
      'payload_states',
      { en: 'State of the data', de: 'Zustand der Daten' },
      'trail: transfer.payload_state'
    ),
    described(
      'oversight',
      'Human oversight',
      'Menschliche Aufsicht',
      [
        'Who oversees it, with competence and authority (Art. 14, 26(2) AI Act, 22 GDPR).',
        'Wer beaufsichtigt, mit Kompetenz und Befugnis (Art. 14, 26 Abs. 2 KI-VO, 22 DSGVO).'
      ],
      'oversight'
    ),
    columns.text(
      'human_review',
      { en: 'Human review', de: 'Prüfung durch Menschen' },
      'trail: ai.human_review'
    ),
    columns.text('disclosure', { en: 'Disclosure', de: 'Hinweis auf KI' }, 'trail: ai.disclosure_ref', {
      en: 'Who talks to a machine is told so (Art. 50 AI Act). apps.purpose.disclosure names the notice.',
      de: 'Wer mit einer Maschine spricht, erfährt es (Art. 50 KI-VO). apps.purpose.disclosure nennt den Hinweis.'
    }),
    described(
      'training',
      'Training',
      'Schulung',
      [
        'Those who use it are supported in their AI literacy (Art. 4 AI Act).',
        'Wer es einsetzt, wird in KI-Kompetenz unterstützt (Art. 4 KI-VO).'
      ],
      'training'
    ),
    columns.text('dpia', { en: 'Impact assessment', de: 'Folgenabschätzung' }, 'config: apps.purpose.dpia', {
      en: 'Whether an assessment is needed is examined for each use (Art. 35 GDPR, 26(9) AI Act); apps.purpose.dpia names it.',
      de: 'Ob eine Abschätzung nötig ist, wird für jeden Einsatz geprüft (Art. 35 DSGVO, 26 Abs. 9 KI-VO); apps.purpose.dpia nennt sie.'
    }),
    columns.text(
      'fria',
      { en: 'Fundamental-rights assessment', de: 'Grundrechte-Folgenabschätzung' },
      'config: apps.purpose.fria',
      {
        en: 'Credit scoring and pricing of life and health insurance need it (Art. 27 AI Act); apps.purpose.fria names it.',
        de: 'Bei Kreditwürdigkeit und bei Preisen von Lebens- und Krankenversicherungen ist sie verlangt (Art. 27 KI-VO); apps.purpose.fria nennt sie.'
      }
    ),
    columns.text(
      'provider_evidence',
      { en: 'Evidence of the provider', de: 'Nachweise des Anbieters' },
      'records: purposes.useCase.evidence or providers.assessment',
      columns.recordsGap(
        'That the provider keeps its own duties (Art. 13, 50, 53 AI Act) is shown by its papers.',
        'Dass der Anbieter seine Pflichten erfüllt (Art. 13, 50, 53 KI-VO), zeigen seine Unterlagen.',
        'providers.assessment'
      )
    ),
    columns.text('incidents', { en: 'Incidents', de: 'Vorfälle' }, 'records: purposes.useCase.incidents'),
    columns.integer(
      'log_days',
      { en: 'Days on record', de: 'Tage aufgezeichnet' },
      'derived: first record up to the end of the period'
    ),
    columns.text(
      'log_six_months',
      { en: 'Six months on record', de: 'Sechs Monate aufgezeichnet' },
      'derived: first record up to the end of the period'
    ),
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const filter = cells.admissions(period)
    const [sums, models, states, seen, ever] = await Promise.all([
      observed.aggregate(filter, BY),
      observed.aggregate(filter, ['purpose', 'provider', 'model']),
      observed.aggregate(filter, ['purpose', 'provider', 'payload_state']),
      seenByPurpose(observed, period),
      observed.aggregate(cells.admissions({ fromMs: 0, toMs: period.toMs }), ['purpose'])
    ])
    const firstOf = new Map(ever.map(({ key, firstMs }) => [key['purpose'], firstMs ?? 0]))
    const pair = ({ key }: (typeof sums)[number]): string => cells.keyOf(key, ['purpose', 'provider'])
    const valuesOf = (all: typeof sums, dimension: string, at: string): string[] =>
      all.filter(sum => pair(sum) === at).flatMap(sum => sum.key[dimension] ?? [])
    return cells.sorted(
      sums.map(sum => {
        const { key, events, firstMs, lastMs } = sum
        const purpose = declared.purposes.get(key['purpose'] ?? '')
        const use = purposeOf(declared, key['purpose'])?.useCase
        const evidence = use?.evidence ?? recordsOf(declared, key['provider'])?.assessment
        const days = Math.floor((period.toMs - (firstOf.get(key['purpose'] ?? null) ?? period.toMs)) / DAY_MS)
        const high = /^high_annexIII_5[bc]$/.test(key['risk_class'] ?? '')
        return [
          cells.declared(key['use_case']),
          cells.declared(use?.title ?? purpose?.title),
          cells.declared(key['purpose']),
          cells.declared(key['function']),
          cells.observed(key['provider']),
          entityOf(declared, key['provider']),
          cells.observedList(valuesOf(models, 'model', pair(sum))),
          cells.declared(use?.why),
          cells.declared(key['ai_role']),
          cells.declared(key['risk_class']),
          cells.declared(use?.reasons),
          cells.declared(use?.author),
          cells.declared(use?.date),
          cells.declared(use?.reviewDue),
          cells.declared(use?.screened),
          cells.declaredList(use?.customerData ?? [], '; '),
          cells.declared(use?.effect),
          cells.observedList(seen.classes.get(key['purpose'] ?? '') ?? []),
          cells.observedList(valuesOf(states, 'payload_state', pair(sum))),
          cells.declared(use?.oversight),
          key['human_review'] === null ? cells.derived('none') : cells.declared(key['human_review']),
          // only where people talk to it
          key['disclosure'] === null && key['risk_class'] !== 'transparency_art50'
            ? cells.NOT_APPLICABLE
            : cells.declared(key['disclosure']),
          cells.declared(use?.training),
          cells.declared(purpose?.dpia),
          high ? cells.declared(purpose?.fria) : cells.NOT_APPLICABLE,
          cells.declared(evidence),
          use?.incidents === undefined ? cells.NOT_APPLICABLE : cells.declared(use.incidents),
          cells.derived(days),
          cells.derived(days >= SIX_MONTHS_DAYS ? 'yes' : 'no'),
          cells.observed(events),
          cells.day(firstMs),
          cells.day(lastMs)
        ]
      })
    )
  }
}
