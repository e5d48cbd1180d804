import type { Aggregate } from '../../index/aggregate.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { recordsOf } from '../declared/names.ts'
import type { Declared } from '../declared/declared.ts'
import type { AuditExport, Cell } from '../export.ts'

/** What dependence is measured by: provider, who owns it, and where it processes. */
type View = 'provider' | 'parent' | 'country'

interface Share {
  readonly view: View
  /** Null for a place. */
  readonly whom: Cell | null
  readonly country: Cell | null
  events: number
  fallbacks: number
  critical: number
  firstMs: number
  lastMs: number
}

/** How much of the traffic depends on whom and where. A request with two places counts under each. */
export const concentration: AuditExport = {
  name: 'concentration',
  title: { en: 'Concentration of providers', de: 'Anbieterkonzentration' },
  law: 'Art. 28(4)–(8), 29 DORA',
  columns: [
    columns.text('view', { en: 'By', de: 'Nach' }, 'derived: provider, its parent, place of processing'),
    columns.text(
      'whom',
      { en: 'Provider or parent', de: 'Anbieter oder Mutterunternehmen' },
      'trail: provider.id; records: providers.parent',
      columns.recordsGap(
        'Dependence is judged by groups of companies too (Art. 29 DORA). Purchasing knows the parent.',
        'Abhängigkeit wird auch nach Konzernen beurteilt (Art. 29 DORA). Der Einkauf kennt das Mutterunternehmen.',
        'providers.parent'
      )
    ),
    columns.processingPlace,
    columns.requests,
    columns.decimal(
      'share_percent',
      { en: 'Share in %', de: 'Anteil in %' },
      'derived: of all requests of the period'
    ),
    columns.count('critical_requests', {
      en: 'Of these for critical functions',
      de: 'Davon für kritische Funktionen'
    }),
    columns.count('fallback_requests', { en: 'Of these as fallback', de: 'Davon als Ausweichweg' }),
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const filter = cells.admissions(period)
    const all = await observed.aggregate(filter, [])
    const total = all.reduce((sum, { events }) => sum + events, 0)
    const shares = new Map<string, Share>()
    for (const [dimension, view] of [
      ['provider', 'provider'],
      ['provider', 'parent'],
      ['processing', 'country']
    ] as const) {
      for (const sum of await observed.aggregate(filter, [dimension, 'attempt_reason', 'critical']))
        add(shares, { view, ...valueOf(declared, view, sum.key[dimension]) }, sum)
    }
    return cells.sorted(
      [...shares.values()].map(share => [
        cells.derived(share.view),
        share.whom ?? cells.NOT_APPLICABLE,
        share.country ?? cells.NOT_APPLICABLE,
        cells.observed(share.events),
        cells.derived(cells.percent(share.events, total)),
        cells.observed(share.critical),
        cells.observed(share.fallbacks),
        cells.day(share.firstMs),
        cells.day(share.lastMs)
      ])
    )
  }
}

function valueOf(declared: Declared, view: View, value: string | null | undefined) {
  if (view === 'country') return { whom: null, country: cells.declared(value) }
  if (view === 'provider') return { whom: cells.observed(value), country: null }
  return { whom: cells.declared(recordsOf(declared, value)?.parent?.name), country: null }
}

function add(shares: Map<string, Share>, of: Pick<Share, 'view' | 'whom' | 'country'>, sum: Aggregate): void {
  const key = JSON.stringify([of.view, of.whom?.value, of.country?.value])
  const { events, firstMs = 0, lastMs = 0 } = sum
  const share = shares.get(key) ?? { ...of, events: 0, fallbacks: 0, critical: 0, firstMs, lastMs }
  share.events += events
  if (sum.key['attempt_reason'] === 'fallback') share.fallbacks += events
  if (sum.key['critical'] === 'true') share.critical += events
  share.firstMs = Math.min(share.firstMs, firstMs)
  share.lastMs = Math.max(share.lastMs, lastMs)
  shares.set(key, share)
}
