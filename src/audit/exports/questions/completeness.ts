import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { Question } from './question.ts'

/** Whether the trail is whole. That it is unaltered is shown by its checkpoints and proofs, not by this table. */
export const completeness: Question = {
  name: 'completeness',
  title: { en: 'Whether the log is complete', de: 'Ob das Protokoll vollständig ist' },
  question: {
    en: 'Is the log complete and unaltered?',
    de: 'Ist das Protokoll vollständig und unverändert?'
  },
  law: '(EU) 2024/1774, Art. 12; Art. 5(2) GDPR',
  columns: [
    columns.text('log', { en: 'Log', de: 'Protokoll' }, 'trail: origin of the log'),
    columns.count('entries', { en: 'Entries', de: 'Einträge' }),
    columns.count('deleted', { en: 'Of these, content deleted', de: 'Davon Inhalt gelöscht' }),
    columns.text(
      'whole',
      { en: 'Every other entry counted', de: 'Jeder andere Eintrag gezählt' },
      'derived: entries against counts'
    ),
    columns.text('last', { en: 'Newest record (UTC)', de: 'Neuester Eintrag (UTC)' }, 'trail: occurred_at'),
    columns.text(
      'balanced',
      { en: 'Each admission of all logs has its end', de: 'Jede Zulassung aller Protokolle hat ihr Ende' },
      'derived: admitted = completed + failed + orphaned + open'
    ),
    columns.count('open', {
      en: 'Admissions under way, all logs',
      de: 'Laufende Zulassungen, alle Protokolle'
    })
  ],
  async rows({ observed }) {
    const { logs, balanced, open } = await observed.completeness()
    return logs.map(({ origin, entries, skipped, whole, lastEventMs }) => [
      cells.observed(origin),
      cells.observed(entries),
      cells.observed(skipped),
      cells.derived(whole ? 'yes' : 'no'),
      cells.observed(new Date(lastEventMs).toISOString()),
      cells.derived(balanced ? 'yes' : 'no'),
      cells.observed(open)
    ])
  },
  async evidence(_observed, period) {
    const types = ['log.heads', 'log.opened', 'log.recovered']
    return { of: 'all', filters: [{ ...period, values: new Map([['type', types]]), missing: [] }] }
  }
}
