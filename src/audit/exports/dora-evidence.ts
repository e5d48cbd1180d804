import type { Aggregate } from '../index/aggregate.ts'
import * as cells from './cells.ts'
import * as columns from './columns.ts'
import type { AuditExport, ExportRow, Text } from './export.ts'

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

const profileGap: Text = {
  en: 'Part of the key of B_02.02: without it the traffic can not be matched with a contract. The profile of the provider declares it.',
  de: 'Teil des Schlüssels von B_02.02: ohne ihn lässt sich der Verkehr keinem Vertrag zuordnen. Das Profil des Anbieters gibt ihn an.'
}
const appGap: Text = {
  en: 'Part of the key of B_02.02: which entity uses the service for which function. apps.purpose declares it.',
  de: 'Teil des Schlüssels von B_02.02: welches Unternehmen den Dienst für welche Funktion nutzt. apps.purpose gibt es an.'
}

/** What traffic says of each row of B_02.02: when it was used, how much, and how it went. */
export const doraEvidence: AuditExport = {
  name: 'dora-evidence',
  title: { en: 'DORA evidence by contract', de: 'DORA-Nachweis je Vertrag' },
  law: 'Art. 28(3) DORA; (EU) 2024/2956, B_02.02',
  columns: [
    columns.text('c0010', { en: 'Contract (c0010)', de: 'Vertrag (c0010)' }, profileGap),
    columns.text('c0020', { en: 'Entity (c0020)', de: 'Unternehmen (c0020)' }, appGap),
    columns.text('c0030', { en: 'Provider code (c0030)', de: 'Anbietercode (c0030)' }, profileGap),
    columns.text('c0050', { en: 'Function (c0050)', de: 'Funktion (c0050)' }, appGap),
    columns.text('c0060', { en: 'Service (c0060)', de: 'Dienst (c0060)' }, profileGap),
    columns.text('c0130', { en: 'Provided from (c0130)', de: 'Erbracht aus (c0130)' }, profileGap),
    columns.text('c0150', { en: 'Data at rest (c0150)', de: 'Daten gespeichert (c0150)' }, profileGap),
    columns.text('c0160', { en: 'Processed in (c0160)', de: 'Verarbeitet in (c0160)' }, profileGap),
    columns.requests,
    columns.count('completed', { en: 'Completed', de: 'Beendet' }),
    columns.count('failed', { en: 'Failed', de: 'Fehlgeschlagen' }),
    columns.count('input_tokens', { en: 'Input tokens', de: 'Eingabe-Token' }),
    columns.count('output_tokens', { en: 'Output tokens', de: 'Ausgabe-Token' }),
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows({ observed }, period) {
    const [admitted, completed, failed] = await Promise.all(
      ['admitted', 'completed', 'failed'].map(type =>
        observed.aggregate(cells.ofType(`ai.request.${type}`, period), BY)
      )
    )
    const ended = new Map((completed ?? []).map(sum => [keyOf(sum), sum]))
    const broken = new Map((failed ?? []).map(sum => [keyOf(sum), sum]))
    return cells.sorted(
      (admitted ?? []).map(sum => rowOf(sum, ended.get(keyOf(sum)), broken.get(keyOf(sum))))
    )
  }
}

function keyOf({ key }: Aggregate): string {
  return JSON.stringify(BY.map(name => key[name]))
}

function rowOf(sum: Aggregate, ended: Aggregate | undefined, broken: Aggregate | undefined): ExportRow {
  const tokens = (name: 'input_tokens' | 'output_tokens'): number =>
    (ended?.[name] ?? 0) + (broken?.[name] ?? 0)
  return [
    ...BY.map(name => cells.declared(sum.key[name])),
    cells.observed(sum.events),
    cells.observed(ended?.events ?? 0),
    cells.observed(broken?.events ?? 0),
    cells.observed(tokens('input_tokens')),
    cells.observed(tokens('output_tokens')),
    cells.day(sum.firstMs),
    cells.day(sum.lastMs)
  ]
}
