import { valueAt } from '../../index/dimensions.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { Declared } from '../declared/declared.ts'
import { entityOf, purposeOf } from '../declared/names.ts'
import type { AuditExport, ExportRow } from '../export.ts'

/** One admission of a person's request, as the log holds it. */
interface Seen {
  readonly key: readonly string[]
  readonly event: unknown
  readonly day: string
}

/** Requests of one person that went the same way. */
interface Way {
  readonly event: unknown
  requests: number
  first: string
  last: string
  readonly classes: Set<string>
}

const KEY = ['provider.id', 'deployment.id', 'purpose.id', 'transfer.payload_state'] as const

/**
 * Who received data when one person asked: what Art. 15(1)(c) and 15(2) GDPR give that person a right to, recipients by name
 * (C-154/21). Of the records that were found for the person; people who are spoken of in a request are not looked for.
 * @param events canonical JSON of the person's records
 */
export function personRecipients(events: readonly string[]): AuditExport {
  return {
    name: 'person-recipients',
    title: { en: 'Recipients of a person’s data', de: 'Empfänger der Daten einer Person' },
    law: 'Art. 15(1)(a)–(d), 15(2) GDPR',
    columns: [
      columns.providerEntity,
      columns.deployment,
      columns.text(
        'country',
        { en: 'Place of processing', de: 'Ort der Verarbeitung' },
        'trail: location.processing'
      ),
      columns.thirdCountry,
      columns.mechanism,
      columns.text(
        'mechanism_ref',
        { en: 'Reference of the safeguards', de: 'Zeichen der Garantien' },
        'trail: transfer.mechanism_ref'
      ),
      columns.purpose,
      columns.retention,
      columns.payloadState,
      columns.text(
        'data_classes',
        { en: 'Classes of data found', de: 'Gefundene Datenarten' },
        'trail: findings'
      ),
      columns.requests,
      columns.firstSeen,
      columns.lastSeen
    ],
    rows: async ({ declared }) => cells.sorted([...waysOf(events)].map(way => rowOf(way, declared)))
  }
}

function waysOf(events: readonly string[]): Iterable<Way> {
  const ways = new Map<string, Way>()
  for (const { key, event, day } of events.flatMap(seenOf)) {
    const at = JSON.stringify(key)
    const way = ways.get(at) ?? { event, requests: 0, first: day, last: day, classes: new Set() }
    ways.set(at, way)
    way.requests++
    if (day < way.first) way.first = day
    if (day > way.last) way.last = day
    const findings = valueAt(event, 'findings')
    for (const found of Array.isArray(findings) ? (findings as unknown[]) : [])
      way.classes.add(String(valueAt(found, 'class')))
  }
  return ways.values()
}

/** Refusals went nowhere. */
function seenOf(json: string): Seen[] {
  const event: unknown = JSON.parse(json)
  if (valueAt(event, 'event_type') !== 'ai.request.admitted') return []
  const key = KEY.map(path => text(event, path) ?? '')
  return [{ key, event, day: (text(event, 'occurred_at') ?? '').slice(0, 10) }]
}

function rowOf({ event, requests, first, last, classes }: Way, declared: Declared): ExportRow {
  const abroad = valueAt(event, 'transfer', 'third_country') !== false
  const places = valueAt(event, 'location', 'processing')
  const reference = abroad ? text(event, 'transfer.mechanism_ref') : undefined
  return [
    entityOf(declared, text(event, 'provider.id')),
    cells.observed(text(event, 'deployment.id') ?? ''),
    cells.declaredList(Array.isArray(places) ? places.map(String) : []),
    cells.declared(abroad ? 'true' : 'false'),
    abroad ? cells.declared(text(event, 'transfer.mechanism')) : cells.derived('none_eea'),
    reference === undefined ? cells.NOT_APPLICABLE : cells.declared(reference),
    cells.declared(text(event, 'purpose.id')),
    cells.declared(purposeOf(declared, text(event, 'purpose.id'))?.retention),
    cells.observed(text(event, 'transfer.payload_state') ?? ''),
    cells.observedList([...classes]),
    cells.observed(requests),
    cells.observed(first),
    cells.observed(last)
  ]
}

function text(event: unknown, path: string): string | undefined {
  const value = valueAt(event, ...path.split('.'))
  return typeof value === 'string' ? value : undefined
}
