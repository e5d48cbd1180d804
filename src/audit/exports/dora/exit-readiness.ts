import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { Declared } from '../declared/declared.ts'
import { contractOf, entityOf, recordsOf } from '../declared/names.ts'
import type { AuditExport } from '../export.ts'

const exitGap = columns.recordsGap(
  'For critical functions there is an exit plan that was tested (Art. 28(8) DORA). Risk management holds it.',
  'Für kritische Funktionen gibt es einen getesteten Ausstiegsplan (Art. 28 Abs. 8 DORA). Das Risikomanagement hat ihn.',
  'providers.exit'
)

/** Whether the company could leave each provider that it used: plan, alternatives, what depends on it. */
export const exitReadiness: AuditExport = {
  name: 'exit-readiness',
  title: { en: 'Exit readiness', de: 'Ausstiegsbereitschaft' },
  law: 'Art. 28(8) DORA; (EU) 2024/2956, B_07.01',
  columns: [
    columns.provider,
    columns.providerEntity,
    columns.text('contract', { en: 'Contract', de: 'Vertrag' }, 'config: contracts.reference', {
      en: 'Without a contract there are no terms of an exit (Art. 28(8), 30 DORA). Purchasing holds it; contracts in the config names it.',
      de: 'Ohne Vertrag gibt es keine Bedingungen des Ausstiegs (Art. 28 Abs. 8, 30 DORA). Der Einkauf hat ihn; contracts in der Konfiguration nennt ihn.'
    }),
    columns.date('contract_to', { en: 'Contract until', de: 'Vertrag bis' }, 'config: contracts.to'),
    columns.integer(
      'notice_days',
      { en: 'Notice in days', de: 'Kündigungsfrist in Tagen' },
      'records: providers.exit.noticeDays',
      exitGap
    ),
    columns.text(
      'critical_functions',
      { en: 'Critical functions', de: 'Kritische Funktionen' },
      'trail: function.id where function.critical'
    ),
    columns.decimal(
      'share_percent',
      { en: 'Share in %', de: 'Anteil in %' },
      'derived: of all requests of the period'
    ),
    columns.text('plan', { en: 'Exit plan', de: 'Ausstiegsplan' }, 'records: providers.exit.plan', exitGap),
    columns.date('tested', { en: 'Tested on', de: 'Getestet am' }, 'records: providers.exit.tested', exitGap),
    columns.text(
      'alternatives',
      { en: 'Alternatives, as declared', de: 'Alternativen laut Angabe' },
      'records: providers.exit.alternatives',
      exitGap
    ),
    columns.text(
      'configured',
      { en: 'Others that serve its models', de: 'Andere, die seine Modelle bedienen' },
      'derived: deployments.models'
    ),
    columns.text(
      'used_instead',
      { en: 'Taken in its place', de: 'An seiner Stelle genommen' },
      'trail: attempt_cause.fallback_from'
    ),
    columns.requests,
    columns.lastSeen
  ],
  async rows({ observed, declared }, period) {
    const filter = cells.admissions(period)
    const critical = cells.narrowed(filter, 'critical', 'true')
    const [sums, functions, ways] = await Promise.all([
      observed.aggregate(filter, ['provider']),
      observed.aggregate(critical, ['provider', 'function']),
      observed.aggregate(cells.narrowed(filter, 'attempt_reason', 'fallback'), ['fallback_from', 'provider'])
    ])
    const total = sums.reduce((sum, { events }) => sum + events, 0)
    const functionsOf = cells.valuesBy(functions, 'provider', 'function')
    return cells.sorted(
      sums.map(({ key, events, lastMs }) => {
        const id = key['provider'] ?? ''
        const contract = contractOf(declared, id)
        const exit = recordsOf(declared, id)?.exit
        const instead = ways
          .filter(way => declared.deployments.get(way.key['fallback_from'] ?? '')?.provider === id)
          .flatMap(way => (way.key['provider'] === id ? [] : (way.key['provider'] ?? [])))
        return [
          cells.observed(key['provider']),
          entityOf(declared, id),
          cells.declared(contract?.reference),
          contract?.to == null ? cells.NOT_APPLICABLE : cells.declared(contract.to),
          cells.declared(exit?.noticeDays),
          cells.declaredOrNone(functionsOf.get(id) ?? []),
          cells.derived(cells.percent(events, total)),
          cells.declared(exit?.plan),
          cells.declared(exit?.tested),
          cells.declaredList(exit?.alternatives ?? []),
          cells.derived(alternativesOf(declared, id).join(' ')),
          cells.observedList(instead),
          cells.observed(events),
          cells.day(lastMs)
        ]
      })
    )
  }
}

/** Providers with a deployment that serves a model of this one. */
export function alternativesOf({ deployments }: Declared, provider: string): string[] {
  const all = [...deployments.values()]
  const own = new Set(all.filter(one => one.provider === provider).flatMap(({ models }) => models))
  const others = all.filter(one => one.provider !== provider && one.models.some(model => own.has(model)))
  return [...new Set(others.map(one => one.provider))].sort()
}
