import type { Aggregate } from '../../index/aggregate.ts'
import type { Durations } from '../../index/durations.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { recordsOf } from '../declared/names.ts'
import type { RecordsProvider } from '../declared/schema.ts'
import type { AuditExport } from '../export.ts'

const slaGap = columns.recordsGap(
  'For critical functions the contract says which level of service is owed (Art. 30(3)(a) DORA). Purchasing holds it.',
  'Für kritische Funktionen sagt der Vertrag, welches Niveau geschuldet ist (Art. 30 Abs. 3 lit. a DORA). Der Einkauf hat ihn.',
  'providers.sla'
)

const PERCENTILES = 'derived: duration_ms of answered attempts, within 1.6 %'

/** How reliable and fast each deployment was, against what was agreed. What the caller broke off is nobody's failure. */
export const serviceLevels: AuditExport = {
  name: 'service-levels',
  title: { en: 'Service levels', de: 'Dienstgüte' },
  law: 'Art. 28(6), 30(2)(e), 30(3)(a) DORA',
  columns: [
    columns.provider,
    columns.deployment,
    columns.text('month', { en: 'Month', de: 'Monat' }, 'trail: occurred_at'),
    columns.count('attempts', { en: 'Attempts that count', de: 'Gewertete Versuche' }),
    columns.count('answered', { en: 'Answered', de: 'Beantwortet' }),
    columns.count('failed', { en: 'Failed at the provider', de: 'Beim Anbieter gescheitert' }),
    columns.decimal(
      'availability_percent',
      { en: 'Availability in %', de: 'Verfügbarkeit in %' },
      'derived: answered of those that count'
    ),
    columns.decimal(
      'agreed_percent',
      { en: 'Agreed availability in %', de: 'Vereinbarte Verfügbarkeit in %' },
      'records: providers.sla.availabilityPercent',
      slaGap
    ),
    columns.text(
      'availability_met',
      { en: 'Availability met', de: 'Verfügbarkeit eingehalten' },
      'derived: measured against agreed'
    ),
    columns.integer(
      'mean_ms',
      { en: 'Mean time of an answer in ms', de: 'Mittlere Antwortzeit in ms' },
      'derived: duration_ms of answered attempts'
    ),
    columns.integer('p50_ms', { en: 'Half within ms', de: 'Die Hälfte binnen ms' }, PERCENTILES),
    columns.integer('p95_ms', { en: '95 % within ms', de: '95 % binnen ms' }, PERCENTILES),
    columns.integer('p99_ms', { en: '99 % within ms', de: '99 % binnen ms' }, PERCENTILES),
    columns.text(
      'agreed_times',
      { en: 'Agreed times', de: 'Vereinbarte Zeiten' },
      'records: providers.sla.meanMs, p50Ms, p95Ms, p99Ms',
      slaGap
    ),
    columns.text(
      'time_met',
      { en: 'Times met', de: 'Zeiten eingehalten' },
      'derived: measured against agreed'
    )
  ],
  async rows({ observed, declared }, period) {
    const by = ['provider', 'deployment', 'month']
    const sums = await Promise.all(
      ['completed', 'failed'].map(type =>
        observed.aggregate(cells.ofType(`ai.request.${type}`, period), [...by, 'outcome'])
      )
    )
    const levels = new Map<string, Level>()
    for (const sum of sums.flat()) addTo(levels, sum, cells.keyOf(sum.key, by))
    const answers = cells.narrowed(cells.ofType('ai.request.completed', period), 'outcome', ...ANSWERED)
    const times = await observed.durations(answers, by)
    const timesOf = new Map(times.map(time => [cells.keyOf(time.key, by), time]))
    return cells.sorted(
      [...levels.values()]
        .filter(({ answered, failed }) => answered + failed > 0)
        .map(level =>
          rowOf(
            level,
            timesOf.get(cells.keyOf(level.key, by)),
            recordsOf(declared, level.key['provider'])?.sla
          )
        )
    )
  }
}

interface Level {
  readonly key: Aggregate['key']
  answered: number
  failed: number
  durationMs: number
  timed: number
}

type Agreed = NonNullable<RecordsProvider['sla']>

function rowOf(
  { key, answered, failed, durationMs, timed }: Level,
  times: Durations | undefined,
  sla: Agreed = {}
) {
  const share = Math.round((answered / (answered + failed)) * 100_000) / 1000
  const mean = timed === 0 ? undefined : Math.round(durationMs / timed)
  const agreed = [
    ['mean', mean, sla.meanMs],
    ['p50', times?.p50, sla.p50Ms],
    ['p95', times?.p95, sla.p95Ms],
    ['p99', times?.p99, sla.p99Ms]
  ] as const
  const owed = agreed.flatMap(([name, ms, most]) => (most === undefined ? [] : [{ name, ms, most }]))
  return [
    cells.observed(key['provider']),
    cells.observed(key['deployment']),
    cells.observed(key['month']),
    cells.observed(answered + failed),
    cells.observed(answered),
    cells.observed(failed),
    cells.derived(share),
    cells.declared(sla.availabilityPercent),
    met(sla.availabilityPercent === undefined ? null : share >= sla.availabilityPercent),
    ...agreed.map(([, ms]) => (ms === undefined ? cells.NOT_APPLICABLE : cells.derived(ms))),
    cells.declared(owed.map(({ name, most }) => `${name} ≤ ${most} ms`).join('; ')),
    met(owed.length === 0 || mean === undefined ? null : owed.every(({ ms = 0, most }) => ms <= most))
  ]
}

/** Refused for what the model wrote is an answer too; `client_abort` and our own faults say nothing of the provider. */
const ANSWERED: ReadonlySet<string> = new Set(['ok', 'blocked_policy'])
const FAILED: ReadonlySet<string> = new Set(['provider_error', 'timeout'])

function addTo(levels: Map<string, Level>, sum: Aggregate, at: string): void {
  const level = levels.get(at) ?? { key: sum.key, answered: 0, failed: 0, durationMs: 0, timed: 0 }
  levels.set(at, level)
  const outcome = sum.key['outcome'] ?? ''
  if (FAILED.has(outcome)) level.failed += sum.events
  if (!ANSWERED.has(outcome)) return
  level.answered += sum.events
  level.durationMs += sum.duration_ms ?? 0
  level.timed += sum.timed ?? 0
}

function met(value: boolean | null) {
  return value === null ? cells.NOT_APPLICABLE : cells.derived(value ? 'yes' : 'no')
}
