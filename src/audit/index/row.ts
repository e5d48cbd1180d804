import { facetKeyOf, valueAt, type FacetKey } from './dimensions.ts'
import type { AuditEntry } from '../reader.ts'
import type { Deletion } from './batch.ts'

/** What the index keeps of one entry, besides its JSON. */
export interface IndexRow {
  readonly leaf: number
  /** Milliseconds since the epoch. */
  readonly timeMs: number
  readonly type: string
  /** UUID, or null when the entry has none. */
  readonly eventId: string | null
  readonly requestId: string | null
  /** 0 when the event is of no attempt. */
  readonly attempt: number
  /** Names the attempt; null when the event is of none. */
  readonly attemptKey: string | null
  /** Of the event alone; an attempt's end takes over more. */
  readonly facet: FacetKey
  /** In the order of `MEASURES`; 0 where the event has none. */
  readonly measures: readonly number[]
  readonly findings: readonly FindingRow[]
  readonly json: string
  /** What the event says was deleted in a log; null for all others. */
  readonly deleted: Deletion | null
}

/** What is summed up, besides events; `timed` counts those with a duration, so that sums of both give a mean. */
export const MEASURES = [
  'input_tokens',
  'output_tokens',
  'cached_input_tokens',
  'reasoning_tokens',
  'cost_micro',
  'duration_ms',
  'timed'
] as const

export type Measure = (typeof MEASURES)[number]

const [DURATION, TIMED] = [MEASURES.indexOf('duration_ms'), MEASURES.indexOf('timed')]

/** Milliseconds that the event says it took; null when it says none. */
export function durationOf({ measures }: Pick<IndexRow, 'measures'>): number | null {
  return measures[TIMED] === 1 ? (measures[DURATION] ?? 0) : null
}

export interface FindingRow {
  readonly class: string
  readonly side: string
  readonly action: string
  readonly count: number
}

/** The type under which an entry is kept that is no event. */
export const UNREADABLE = 'unreadable'
/** Events that end an attempt. */
const ENDINGS: ReadonlySet<string> = new Set([
  'ai.request.completed',
  'ai.request.failed',
  'ai.request.orphaned'
])
const ADMITTED = 'ai.request.admitted'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isEnding(row: IndexRow): boolean {
  return ENDINGS.has(row.type)
}

export function isAdmission(row: IndexRow): boolean {
  return row.type === ADMITTED
}

/**
 * Reads an entry. One that is no event is kept too, as `unreadable` at the time of the entry before it: leaving it out
 * would look like a gap.
 */
export function rowOf(entry: AuditEntry, origin: string, timeBefore: number): IndexRow {
  const event = parse(entry.json)
  const type = textAt(event, 'event_type') ?? UNREADABLE
  const attempt = countAt(event, 'attempt')
  const requestId = uuidAt(event, 'request_id')
  return {
    leaf: entry.index,
    timeMs: timeOf(textAt(event, 'occurred_at') ?? '') ?? timeBefore,
    type,
    eventId: uuidAt(event, 'event_id'),
    requestId,
    attempt,
    attemptKey: requestId === null ? null : `${requestId}/${attempt}`,
    facet: facetKeyOf(event ?? { event_type: UNREADABLE }, origin),
    measures: measuresOf(event),
    findings: findingsOf(event),
    json: entry.json,
    deleted: type === 'retention.segment_deleted' ? deletionOf(event) : null
  }
}

/** Only content: the personal part never was in the index. */
function deletionOf(event: unknown): Deletion | null {
  const origin = textAt(event, 'log')
  if (origin === undefined || textAt(event, 'part') !== 'content') return null
  return { origin, from: countAt(event, 'from'), to: countAt(event, 'to') }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return undefined
  }
}

export function measuresOf(event: unknown): number[] {
  const usage = valueAt(event, 'usage')
  const cost = valueAt(event, 'cost')
  return [
    countAt(usage, 'input_tokens'),
    countAt(usage, 'output_tokens'),
    countAt(usage, 'cached_input_tokens'),
    countAt(usage, 'reasoning_tokens'),
    countAt(cost, 'micro'),
    countAt(event, 'duration_ms'),
    typeof valueAt(event, 'duration_ms') === 'number' ? 1 : 0
  ]
}

const NO_FINDINGS: readonly FindingRow[] = []

function findingsOf(event: unknown): readonly FindingRow[] {
  const list = valueAt(event, 'findings')
  if (!Array.isArray(list) || list.length === 0) return NO_FINDINGS
  return list.flatMap((item: unknown) => {
    const found = {
      class: textAt(item, 'class') ?? '',
      side: textAt(item, 'side') ?? '',
      action: textAt(item, 'action') ?? '',
      count: countAt(item, 'count')
    }
    return found.class === '' ? [] : [found]
  })
}

function countAt(event: unknown, name: string): number {
  const value = valueAt(event, name)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
}

function textAt(event: unknown, name: string): string | undefined {
  const value = valueAt(event, name)
  return typeof value === 'string' ? value : undefined
}

function uuidAt(event: unknown, name: string): string | null {
  return uuidOf(textAt(event, name) ?? '')
}

/** Null when it is none. */
export function uuidOf(value: string): string | null {
  return UUID.test(value) ? value : null
}

/** Milliseconds since the epoch; null when it is no time. */
export function timeOf(value: string): number | null {
  const ms = Date.parse(value)
  return Number.isSafeInteger(ms) && ms >= 0 ? ms : null
}
