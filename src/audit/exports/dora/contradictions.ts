import { expandPlaces } from '../../../core/places.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { isInForce } from '../declared/declared.ts'
import type { AuditExport, ExportRow, ExportSource, Period } from '../export.ts'
import { NO_COUNTRY } from './lists.ts'
import type { Register } from './package.ts'
import { unique } from './traffic-rows.ts'
import { type Use, usesOf } from './used.ts'

type Kind =
  | 'traffic_without_contract'
  | 'contract_without_traffic'
  | 'other_region'
  | 'ended_contract'
  | 'critical_unassessed'

/** What is contradicted, each once, however many requests show it. */
interface Contradiction {
  readonly kind: Kind
  /** Contract or deployment. */
  readonly subject: string
  readonly said: string
  readonly seen: string
  readonly requests: number
  readonly firstMs?: number
  readonly lastMs?: number
}

/** Where the register says one thing and traffic another. */
export const contradictions: AuditExport = {
  name: 'dora-contradictions',
  title: { en: 'Register against traffic', de: 'Register gegen Verkehr' },
  law: 'Art. 28(3), 28(8), 30(2)(b) DORA',
  columns: [
    columns.text('kind', { en: 'Kind', de: 'Art' }, 'derived: register and config against trail'),
    columns.text(
      'subject',
      { en: 'Contract or deployment', de: 'Vertrag oder Bereitstellung' },
      'trail: contract_ref, deployment.id'
    ),
    columns.text(
      'said',
      { en: 'Declared', de: 'Angegeben' },
      'config: contracts; register: B_02.02, B_07.01'
    ),
    columns.text('seen', { en: 'Seen', de: 'Gesehen' }, 'trail'),
    columns.requests,
    columns.firstSeen,
    columns.lastSeen
  ],
  async rows(source, period) {
    const facts = { ...source, register: await source.register(), uses: await usesOf(source, period), period }
    const found = [
      ...withoutContract(facts),
      ...unused(facts),
      ...(await otherRegions(facts)),
      ...(await ended(facts)),
      ...unassessed(facts)
    ]
    return cells.sorted(found.map(rowOf))
  }
}

interface Facts extends Omit<ExportSource, 'register'> {
  readonly register: Register | null
  readonly uses: readonly Use[]
  readonly period: Period
}

function rowOf({ kind, subject, said, seen, requests, firstMs, lastMs }: Contradiction): ExportRow {
  const day = (ms: number | undefined) => (ms === undefined ? cells.NOT_APPLICABLE : cells.day(ms))
  return [
    cells.derived(kind),
    cells.observed(subject),
    cells.derived(said),
    cells.derived(seen),
    cells.observed(requests),
    day(firstMs),
    day(lastMs)
  ]
}

function together(uses: readonly Use[]): Pick<Contradiction, 'requests' | 'firstMs' | 'lastMs'> {
  return {
    requests: uses.reduce((sum, { requests }) => sum + requests, 0),
    firstMs: Math.min(...uses.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...uses.map(({ lastMs }) => lastMs))
  }
}

/** Shadow AI: once per provider. */
function withoutContract({ uses }: Facts): Contradiction[] {
  const open = Map.groupBy(
    uses.filter(({ contract }) => contract === null),
    ({ provider }) => provider ?? ''
  )
  return [...open].map(([provider, some]) => ({
    kind: 'traffic_without_contract',
    subject: provider,
    said: '',
    seen: unique(
      some.flatMap(({ entity }) => entity ?? []),
      one => one
    ).join(' '),
    ...together(some)
  }))
}

/** Contracts with providers that the gateway knows, in force on a day of the period: others are no business of it. */
function unused({ uses, declared, register, period }: Facts): Contradiction[] {
  const used = new Set(uses.map(({ contract }) => contract))
  const [from, to] = [cells.isoDay(period.fromMs), cells.isoDay(period.toMs - 1)]
  const codes = new Set([...declared.providers.values()].flatMap(({ code }) => code ?? []))
  const configured = [...declared.contracts.values()]
    .filter(contract => contract.from <= to && (contract.to === null || contract.to >= from))
    .map(({ reference }) => reference)
  const registered = (register?.get('B_02.02') ?? [])
    .filter(row => codes.has(row.get('c0030') ?? ''))
    .filter(row => isInForce({ from: '', to: row.get('c0080') ?? null }, from))
    .flatMap(row => row.get('c0010') ?? [])
  return unique([...configured, ...registered], one => one)
    .filter(reference => !used.has(reference))
    .map(subject => ({
      kind: 'contract_without_traffic',
      subject,
      said: `${from} – ${to}`,
      seen: '',
      requests: 0
    }))
}

/** What answers prove, and what the trail recorded against the register: once per deployment or contract and place. */
async function otherRegions({ uses, observed, register, period }: Facts): Promise<Contradiction[]> {
  const ends = cells.ofType('ai.request.completed', period)
  const proofs = await observed.aggregate(ends, ['deployment', 'observed'])
  const places = cells.valuesBy(
    await observed.aggregate(cells.admissions(period), ['deployment', 'processing']),
    'deployment',
    'processing'
  )
  const proved = proofs.flatMap(({ key, events, firstMs, lastMs }): Contradiction[] => {
    const [subject, seen] = [key['deployment'], key['observed']]
    if (subject == null || seen == null) return []
    const said = places.get(subject) ?? []
    if (said.includes('world') || expandPlaces(said).has(seen)) return []
    return [
      {
        kind: 'other_region',
        subject,
        said: said.join(' '),
        seen,
        requests: events,
        ...times(firstMs, lastMs)
      }
    ]
  })
  return [...proved, ...againstRegister(uses, register)]
}

function times(firstMs: number | undefined, lastMs: number | undefined) {
  return { ...(firstMs === undefined ? {} : { firstMs }), ...(lastMs === undefined ? {} : { lastMs }) }
}

function againstRegister(uses: readonly Use[], register: Register | null): Contradiction[] {
  const rows = register?.get('B_02.02') ?? []
  const said = Map.groupBy(rows, row => row.get('c0010') ?? '')
  const wrong = uses.filter(({ contract, processing }) => {
    const declared = (said.get(contract ?? '') ?? []).map(row => row.get('c0160') ?? NO_COUNTRY)
    const known = declared.filter(code => code !== NO_COUNTRY)
    return known.length > 0 && processing !== null && !known.includes(`eba_GA:${processing}`)
  })
  const groups = Map.groupBy(wrong, ({ contract, processing }) => `${contract} ${processing}`)
  return [...groups.values()].flatMap((some): Contradiction[] => {
    const [first] = some
    const declared = (said.get(first?.contract ?? '') ?? []).map(row => row.get('c0160') ?? '')
    return [
      {
        kind: 'other_region',
        subject: first?.contract ?? '',
        said: unique(declared, one => one)
          .join(' ')
          .replaceAll('eba_GA:', ''),
        seen: first?.processing ?? '',
        ...together(some)
      }
    ]
  })
}

const DAY_MS = 86_400_000

/** By the end that the company's register names, else by that of the config; once per contract. */
async function ended({ observed, declared, register, period }: Facts): Promise<Contradiction[]> {
  const ends = new Map<string, string>()
  for (const { reference, to } of declared.contracts.values()) if (to !== null) ends.set(reference, to)
  for (const row of register?.get('B_02.02') ?? []) {
    const [reference, to] = [row.get('c0010'), row.get('c0080')]
    if (reference !== undefined && to !== undefined) ends.set(reference, to)
  }
  const found: Contradiction[] = []
  for (const [subject, said] of ends) {
    const afterMs = Date.parse(said) + DAY_MS
    if (Number.isNaN(afterMs) || afterMs >= period.toMs) continue
    const after = { fromMs: Math.max(afterMs, period.fromMs), toMs: period.toMs }
    const filter = cells.narrowed(cells.admissions(after), 'contract', subject)
    const [sum] = await observed.aggregate(filter, [])
    if (sum === undefined || sum.events === 0) continue
    const { events, firstMs, lastMs } = sum
    found.push({
      kind: 'ended_contract',
      subject,
      said,
      seen: cells.isoDay(lastMs ?? 0),
      requests: events,
      ...times(firstMs, lastMs)
    })
  }
  return found
}

/** Once per contract, provider and service. */
function unassessed({ uses, register }: Facts): Contradiction[] {
  const assessed = new Set(
    (register?.get('B_07.01') ?? []).map(row => `${row.get('c0010')} ${row.get('c0020')} ${row.get('c0040')}`)
  )
  const open = uses.filter(
    ({ critical, contract, code, service }) =>
      critical && contract !== null && !assessed.has(`${contract} ${code} eba_TA:${service}`)
  )
  const groups = Map.groupBy(open, ({ contract, code, service }) => `${contract} ${code} ${service}`)
  return [...groups.values()].map(some => ({
    kind: 'critical_unassessed',
    subject: some[0]?.contract ?? '',
    said: '',
    seen: unique(
      some.flatMap(one => one.function ?? []),
      one => one
    ).join(' '),
    ...together(some)
  }))
}
