import type { FacetedRow } from './batch.ts'
import { durationOf, type FindingRow, type IndexRow, MEASURES } from './row.ts'

export const DAY = 0
export const MONTH = 1
/** Seven days from a Thursday on, as the epoch was one; for contexts only. */
export const WEEK = 2
export const DAY_MS = 86_400_000
export const WEEK_MS = 7 * DAY_MS

/** Sums over one day or month (UTC) of the events of one facet. */
export interface Rollup {
  /** `DAY`, `WEEK` or `MONTH`. */
  readonly grain: number
  /** First millisecond of the day or month. */
  readonly start: number
  readonly facetId: number
  events: number
  firstMs: number
  lastMs: number
  /** In the order of `MEASURES`. */
  readonly sums: number[]
}

/** Counts over one day or month of the findings of one kind in the events of one facet. */
export interface FindingRollup {
  readonly grain: number
  readonly start: number
  readonly facetId: number
  readonly class: string
  readonly side: string
  readonly action: string
  events: number
  findings: number
}

/** How many events of one day and facet took so long. */
export interface DurationRollup {
  readonly start: number
  readonly facetId: number
  /** Milliseconds, rounded (`roundedMs`). */
  readonly ms: number
  events: number
}

/** Days since the epoch stay below this until the year 2243. */
const MAX_DAYS = 100_000

/** Sums of one batch, by facet and by context; findings by context only, for they name their class themselves. */
export function rollUp(events: readonly FacetedRow[]): {
  readonly rollups: readonly Rollup[]
  readonly findings: readonly FindingRollup[]
  readonly durations: readonly DurationRollup[]
} {
  const sums = new Map<number, Rollup>()
  const findings = new Map<string, FindingRollup>()
  const durations = new Map<string, DurationRollup>()
  for (const { row, facetId, contextId, timedId } of events) {
    const start = dayOf(row.timeMs)
    for (const id of [facetId, contextId]) {
      const key = id * MAX_DAYS + start / DAY_MS
      const sum = sums.get(key) ?? emptySum(DAY, start, id, row.timeMs)
      sums.set(key, sum)
      addRow(sum, row)
    }
    for (const found of row.findings) addFinding(findings, found, start, contextId)
    const ms = durationOf(row)
    if (ms !== null) addDuration(durations, roundedMs(ms), start, timedId)
  }
  const days = [...sums.values()]
  const found = [...findings.values()]
  const contexts = new Set(events.map(({ contextId }) => contextId))
  const ofContexts = days.filter(({ facetId }) => contexts.has(facetId))
  return {
    rollups: [...days, ...summed(days, MONTH), ...summed(ofContexts, WEEK)],
    findings: [...found, ...summedFindings(found, MONTH), ...summedFindings(found, WEEK)],
    durations: [...durations.values()]
  }
}

function addRow(sum: Rollup, row: IndexRow): void {
  sum.events++
  if (row.timeMs < sum.firstMs) sum.firstMs = row.timeMs
  if (row.timeMs > sum.lastMs) sum.lastMs = row.timeMs
  for (let at = 0; at < MEASURES.length; at++) sum.sums[at] = (sum.sums[at] ?? 0) + (row.measures[at] ?? 0)
}

function addFinding(
  findings: Map<string, FindingRollup>,
  { class: type, side, action, count }: FindingRow,
  start: number,
  facetId: number
): void {
  const key = `${start} ${facetId} ${type} ${side} ${action}`
  const found = findings.get(key)
  if (found === undefined)
    findings.set(key, { grain: DAY, start, facetId, class: type, side, action, events: 1, findings: count })
  else {
    found.events++
    found.findings += count
  }
}

function addDuration(
  durations: Map<string, DurationRollup>,
  ms: number,
  start: number,
  facetId: number
): void {
  const key = `${start} ${facetId} ${ms}`
  const found = durations.get(key)
  if (found === undefined) durations.set(key, { start, facetId, ms, events: 1 })
  else found.events++
}

/** Longer than any attempt may take. */
const LONGEST_MS = 2 ** 30

/** Six binary digits of a duration: exact below 64 ms, within 1.6 % above. So few values are enough for all times. */
export function roundedMs(ms: number): number {
  const bounded = Math.min(ms, LONGEST_MS)
  const step = 2 ** Math.max(0, 26 - Math.clz32(bounded))
  return Math.round(bounded / step) * step
}

type Coarse = typeof MONTH | typeof WEEK

function startOf(grain: Coarse, ms: number): number {
  return grain === MONTH ? monthOf(ms) : weekOf(ms)
}

function summed(days: readonly Rollup[], grain: Coarse): Rollup[] {
  const all = new Map<string, Rollup>()
  for (const day of days) {
    const start = startOf(grain, day.start)
    const key = `${start} ${day.facetId}`
    const sum = all.get(key) ?? emptySum(grain, start, day.facetId, day.firstMs)
    all.set(key, sum)
    sum.events += day.events
    sum.firstMs = Math.min(sum.firstMs, day.firstMs)
    sum.lastMs = Math.max(sum.lastMs, day.lastMs)
    for (const [at, value] of day.sums.entries()) sum.sums[at] = (sum.sums[at] ?? 0) + value
  }
  return [...all.values()]
}

function summedFindings(days: readonly FindingRollup[], grain: Coarse): FindingRollup[] {
  const all = new Map<string, FindingRollup>()
  for (const day of days) {
    const start = startOf(grain, day.start)
    const key = `${start} ${day.facetId} ${day.class} ${day.side} ${day.action}`
    const sum = all.get(key) ?? { ...day, grain, start, events: 0, findings: 0 }
    all.set(key, sum)
    sum.events += day.events
    sum.findings += day.findings
  }
  return [...all.values()]
}

function emptySum(grain: number, start: number, facetId: number, timeMs: number): Rollup {
  return { grain, start, facetId, events: 0, firstMs: timeMs, lastMs: timeMs, sums: MEASURES.map(() => 0) }
}

/** First millisecond of the day, UTC. */
export function dayOf(ms: number): number {
  return ms - (ms % DAY_MS)
}

/** First millisecond of the week as sums have it. */
export function weekOf(ms: number): number {
  return ms - (ms % WEEK_MS)
}

/** First millisecond of the month, UTC. @param offset in months */
export function monthOf(ms: number, offset = 0): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1)
}
