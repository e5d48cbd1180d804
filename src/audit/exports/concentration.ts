import * as cells from './cells.ts'
import * as columns from './columns.ts'
import type { AuditExport } from './export.ts'

/** What dependence is measured by. */
const VIEWS = ['provider_entity', 'provider', 'processing'] as const

/** How much of the traffic depends on whom and where. */
export const concentration: AuditExport = {
  name: 'concentration',
  title: { en: 'Concentration of providers', de: 'Anbieterkonzentration' },
  law: 'Art. 28(4)–(8), 29 DORA',
  columns: [
    { name: 'view', title: { en: 'By', de: 'Nach' }, kind: 'text' },
    columns.text('value', { en: 'Value', de: 'Wert' }, columns.entityGap),
    columns.requests,
    { name: 'share_percent', title: { en: 'Share in %', de: 'Anteil in %' }, kind: 'decimal' },
    {
      name: 'fallback_requests',
      title: { en: 'Of these as fallback', de: 'Davon als Ausweichweg' },
      kind: 'integer'
    },
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed }, period) {
    const filter = cells.admissions(period)
    const fallback = { ...filter, values: new Map([...filter.values, ['attempt_reason', ['fallback']]]) }
    const total = (await observed.aggregate(filter, [])).reduce((sum, { events }) => sum + events, 0)
    const rows = await Promise.all(
      VIEWS.map(async dimension => {
        const sums = await observed.aggregate(filter, [dimension])
        const fallbacks = new Map(
          (await observed.aggregate(fallback, [dimension])).map(({ key, events }) => [key[dimension], events])
        )
        return sums.map(({ key, events, firstMs, lastMs }) => [
          cells.derived(dimension),
          cells.declared(key[dimension]),
          cells.observed(events),
          cells.derived(total === 0 ? 0 : Math.round((events / total) * 1000) / 10),
          cells.observed(fallbacks.get(key[dimension] ?? null) ?? 0),
          cells.day(firstMs),
          cells.day(lastMs)
        ])
      })
    )
    return cells.sorted(rows.flat())
  }
}
