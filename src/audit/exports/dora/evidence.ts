import type { Aggregate } from '../../index/aggregate.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { AuditExport, Text } from '../export.ts'

/** The parts of the key of B_02.02 that traffic shows. */
const BY = [
  'contract',
  'entity',
  'provider_code',
  'function',
  'service',
  'provision',
  'storage',
  'processing'
]
/** Sums are taken by eight at most; the country of provision follows from the rest. */
const WITHOUT_PROVISION = BY.filter(name => name !== 'provision')

const profileGap: Text = {
  en: 'Part of the key of B_02.02: without it the traffic can not be matched with a contract. The profile of the provider or contracts in the config declares it.',
  de: 'Teil des Schlüssels von B_02.02: ohne ihn lässt sich der Verkehr keinem Vertrag zuordnen. Das Profil des Anbieters oder contracts in der Konfiguration gibt ihn an.'
}
const appGap: Text = {
  en: 'Part of the key of B_02.02: which entity uses the service for which function. apps.purpose declares it.',
  de: 'Teil des Schlüssels von B_02.02: welches Unternehmen den Dienst für welche Funktion nutzt. apps.purpose gibt es an.'
}

/** What traffic says of each row of B_02.02: when it was used, how much, and how it went. */
export const evidence: AuditExport = {
  name: 'dora-evidence',
  title: { en: 'DORA evidence by contract', de: 'DORA-Nachweis je Vertrag' },
  law: 'Art. 28(3) DORA; (EU) 2024/2956, B_02.02',
  columns: [
    columns.text(
      'c0010',
      { en: 'Contract (c0010)', de: 'Vertrag (c0010)' },
      'trail: contract_ref',
      profileGap
    ),
    columns.text(
      'c0020',
      { en: 'Entity (c0020)', de: 'Unternehmen (c0020)' },
      'trail: legal_entity.code',
      appGap
    ),
    columns.text(
      'c0030',
      { en: 'Provider code (c0030)', de: 'Anbietercode (c0030)' },
      'trail: provider.code',
      profileGap
    ),
    columns.text('c0050', { en: 'Function (c0050)', de: 'Funktion (c0050)' }, 'trail: function.id', appGap),
    columns.text(
      'c0060',
      { en: 'Service (c0060)', de: 'Dienst (c0060)' },
      'trail: ict_service_type',
      profileGap
    ),
    columns.text(
      'c0130',
      { en: 'Provided from (c0130)', de: 'Erbracht aus (c0130)' },
      'trail: location.provision',
      profileGap
    ),
    columns.text(
      'c0150',
      { en: 'Data at rest (c0150)', de: 'Daten gespeichert (c0150)' },
      'trail: location.storage',
      profileGap
    ),
    columns.text(
      'c0160',
      { en: 'Processed in (c0160)', de: 'Verarbeitet in (c0160)' },
      'trail: location.processing',
      profileGap
    ),
    columns.requests,
    columns.count('completed', { en: 'Completed', de: 'Beendet' }),
    columns.count('failed', { en: 'Failed', de: 'Fehlgeschlagen' }),
    columns.count('blocked', { en: 'Answers stopped', de: 'Angehaltene Antworten' }),
    columns.integer(
      'refused',
      {
        en: 'Refused before sending, same entity and function',
        de: 'Vor dem Senden abgelehnt, gleiches Unternehmen, gleiche Funktion'
      },
      'trail: ai.request.blocked, which names no contract'
    ),
    columns.integer('input_tokens', { en: 'Input tokens', de: 'Eingabe-Token' }, 'trail: usage.input_tokens'),
    columns.integer(
      'output_tokens',
      { en: 'Output tokens', de: 'Ausgabe-Token' },
      'trail: usage.output_tokens'
    ),
    columns.decimal(
      'cost',
      { en: 'Cost, estimated', de: 'Kosten, geschätzt' },
      'derived: tokens times the price list'
    ),
    columns.dataClasses,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed }, period) {
    const of = (type: string, by: readonly string[]) =>
      observed.aggregate(cells.ofType(`ai.request.${type}`, period), by)
    const stopped = cells.narrowed(cells.ofType('ai.request.completed', period), 'outcome', 'blocked_policy')
    const [admitted, completed, failed, blocked, refused, found] = await Promise.all([
      of('admitted', BY),
      of('completed', BY),
      of('failed', BY),
      observed.aggregate(stopped, BY),
      of('blocked', ['entity', 'function']),
      observed.findings(cells.admissions(period), [...WITHOUT_PROVISION, 'class'])
    ])
    const sums: Sums = {
      completed: cells.keyed(completed, BY),
      failed: cells.keyed(failed, BY),
      blocked: cells.keyed(blocked, BY),
      refused: cells.keyed(refused, ['entity', 'function']),
      classes: new Map()
    }
    for (const { key } of found) {
      const at = cells.keyOf(key, WITHOUT_PROVISION)
      sums.classes.set(at, [...(sums.classes.get(at) ?? []), key['class'] ?? ''])
    }
    return cells.sorted(admitted.map(sum => rowOf(sum, sums)))
  }
}

interface Sums {
  readonly completed: ReadonlyMap<string, Aggregate>
  readonly failed: ReadonlyMap<string, Aggregate>
  readonly blocked: ReadonlyMap<string, Aggregate>
  readonly refused: ReadonlyMap<string, Aggregate>
  readonly classes: Map<string, readonly string[]>
}

function rowOf({ key, events, firstMs, lastMs }: Aggregate, sums: Sums) {
  const at = cells.keyOf(key, BY)
  const ends = [sums.completed.get(at), sums.failed.get(at)]
  const total = (name: 'input_tokens' | 'output_tokens' | 'cost_micro'): number =>
    ends.reduce((sum, end) => sum + (end?.[name] ?? 0), 0)
  return [
    ...BY.map(name => cells.declared(key[name])),
    cells.observed(events),
    cells.observed(ends[0]?.events ?? 0),
    cells.observed(ends[1]?.events ?? 0),
    cells.observed(sums.blocked.get(at)?.events ?? 0),
    cells.observed(sums.refused.get(cells.keyOf(key, ['entity', 'function']))?.events ?? 0),
    cells.observed(total('input_tokens')),
    cells.observed(total('output_tokens')),
    cells.derived(Math.round(total('cost_micro') / 10_000) / 100),
    cells.observedList(sums.classes.get(cells.keyOf(key, WITHOUT_PROVISION)) ?? []),
    cells.day(firstMs),
    cells.day(lastMs)
  ]
}
