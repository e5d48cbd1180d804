import type { AuditFilter } from '../../index/filter.ts'
import { valueAt } from '../../index/dimensions.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { AuditExport, ExportRow, Observed, Period } from '../export.ts'
import { entitiesOf } from '../declared/names.ts'
import type { Declared } from '../declared/declared.ts'
import { eventsOf } from '../events.ts'

/** Events that say something of a breach or of what could be one; each is a line of its own. */
const INCIDENTS = [
  'breach_candidate',
  'deployment.contradicted',
  'key.rotated',
  'key.destroyed',
  'credential.revoked',
  'policy.changed',
  'config.changed',
  'log.recovered',
  'breaker.changed',
  'erasure',
  'actor.erased',
  'depseudonymised'
]
const DAY_MS = 86_400_000

const none = cells.NOT_APPLICABLE

/**
 * What happened in a period, day by day: what left, for whom, in which state, and what was done to gateway and keys. An
 * authority is told within 72 hours of knowing; this is the part of Art. 33(3) that a gateway knows.
 */
export const breachTimeline: AuditExport = {
  name: 'breach-timeline',
  title: { en: 'Timeline for a breach report', de: 'Zeitleiste für eine Meldung' },
  law: 'Art. 33(3), 33(5), 34(3)(a) GDPR',
  columns: [
    columns.text('at', { en: 'Time (UTC)', de: 'Zeit (UTC)' }, 'trail: occurred_at'),
    columns.text('what', { en: 'What', de: 'Was' }, 'trail: event_type'),
    columns.text(
      'detail',
      { en: 'Detail', de: 'Einzelheit' },
      'trail: kind, reason, state or part of the event'
    ),
    columns.payloadState,
    columns.count('requests', { en: 'Requests', de: 'Anfragen' }),
    columns.text(
      'recipients',
      { en: 'Recipients', de: 'Empfänger' },
      'trail: provider.id, named by its profile'
    ),
    columns.text('purposes', { en: 'Purposes', de: 'Zwecke' }, 'trail: purpose.id'),
    columns.dataClasses,
    columns.count('findings', { en: 'Findings', de: 'Fundstellen' }),
    columns.text(
      'special_categories',
      { en: 'Special categories', de: 'Besondere Kategorien' },
      'trail: flags'
    ),
    columns.eventId
  ],
  async rows({ observed, declared }, period) {
    const rows: ExportRow[] = []
    for (let fromMs = period.fromMs; fromMs < period.toMs; fromMs += DAY_MS) {
      const day = { fromMs, toMs: Math.min(fromMs + DAY_MS, period.toMs) }
      rows.push(...(await traffic(observed, declared, day)))
    }
    const filter: AuditFilter = { ...period, values: new Map([['type', INCIDENTS]]), missing: [] }
    for (const { json } of await eventsOf(observed, filter)) rows.push(incident(JSON.parse(json)))
    return cells.sorted(rows)
  }
}

/** What left on one day, by the state it left in. */
async function traffic(observed: Observed, declared: Declared, day: Period): Promise<ExportRow[]> {
  const all = cells.admissions(day)
  const states = await observed.aggregate(all, ['payload_state'])
  return Promise.all(
    states.map(async ({ key, events }) => {
      const state = key['payload_state'] ?? ''
      const filter = cells.narrowed(all, 'payload_state', state)
      const values = async (dimension: string): Promise<string[]> =>
        (await observed.aggregate(filter, [dimension])).flatMap(sum => sum.key[dimension] ?? [])
      const found = await observed.findings(filter, ['class'])
      const providers = await values('provider')
      return [
        cells.observed(cells.isoDay(day.fromMs)),
        cells.observed('ai.request.admitted'),
        none,
        cells.observed(state),
        cells.observed(events),
        entitiesOf(declared, providers),
        cells.declaredOrNone(await values('purpose')),
        cells.observedList(found.flatMap(sum => sum.key['class'] ?? [])),
        cells.observed(found.reduce((sum, { findings = 0 }) => sum + findings, 0)),
        cells.observedList(await values('flag')),
        none
      ]
    })
  )
}

function incident(event: unknown): ExportRow {
  const at = (...path: readonly string[]): string | undefined => {
    const value = valueAt(event, ...path)
    return typeof value === 'string' ? value : undefined
  }
  const detail = ['kind', 'reason', 'state', 'store', 'direction', 'observed'].flatMap(name => at(name) ?? [])
  const named = [at('key', 'purpose'), at('deployment', 'id')].flatMap(value => value ?? [])
  const classes = valueAt(event, 'classes')
  const count = valueAt(event, 'count')
  return [
    cells.observed(at('occurred_at')),
    cells.observed(at('event_type')),
    cells.observed([...named, ...detail].join(' ')),
    none,
    none,
    none,
    none,
    Array.isArray(classes) ? cells.observedList(classes.map(String)) : none,
    typeof count === 'number' ? cells.observed(count) : none,
    none,
    cells.observed(at('event_id'))
  ]
}
