import type { FacetedRow } from './batch.ts'
import { type FindingRow, type IndexRow, MEASURES } from './row.ts'

export const DAY = 0
export const MONTH = 1
export const DAY_MS = 86_400_000

/** Sums over one day or month (UTC) of the events of one facet. */
export interface Rollup {
  /** `DAY` or `MONTH`. */
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

/** Days since the epoch stay below this until the year 2243. */
const MAX_DAYS = 100_000

/** Sums of one batch, by facet and by context; findings by context only, for they name their class themselves. */
export function rollUp(events: readonly FacetedRow[]): {
  readonly rollups: readonly Rollup[]
  readonly findings: readonly FindingRollup[]
} {
  const sums = new Map<number, Rollup>()
  const findings = new Map<string, FindingRollup>()
  for (const { row, facetId, contextId } of events) {
    const start = dayOf(row.timeMs)
    for (const id of [facetId, contextId]) {
      const key = id * MAX_DAYS + start / DAY_MS
      const sum = sums.get(key) ?? emptySum(DAY, start, id, row.timeMs)
      sums.set(key, sum)
      addRow(sum, row)
    }
    for (const found of row.findings) addFinding(findings, found, start, contextId)
  }
  const days = [...sums.values()]
  const found = [...findings.values()]
  return { rollups: [...days, ...monthly(days)], findings: [...found, ...monthlyFindings(found)] }
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

function monthly(days: readonly Rollup[]): Rollup[] {
  const months = new Map<string, Rollup>()
  for (const day of days) {
    const start = monthOf(day.start)
    const key = `${start} ${day.facetId}`
    const month = months.get(key) ?? emptySum(MONTH, start, day.facetId, day.firstMs)
    months.set(key, month)
    month.events += day.events
    month.firstMs = Math.min(month.firstMs, day.firstMs)
    month.lastMs = Math.max(month.lastMs, day.lastMs)
    for (const [at, value] of day.sums.entries()) month.sums[at] = (month.sums[at] ?? 0) + value
  }
  return [...months.values()]
}

function monthlyFindings(days: readonly FindingRollup[]): FindingRollup[] {
  const months = new Map<string, FindingRollup>()
  for (const day of days) {
    const start = monthOf(day.start)
    const key = `${start} ${day.facetId} ${day.class} ${day.side} ${day.action}`
    const month = months.get(key) ?? { ...day, grain: MONTH, start, events: 0, findings: 0 }
    months.set(key, month)
    month.events += day.events
    month.findings += day.findings
  }
  return [...months.values()]
}

function emptySum(grain: number, start: number, facetId: number, timeMs: number): Rollup {
  return { grain, start, facetId, events: 0, firstMs: timeMs, lastMs: timeMs, sums: MEASURES.map(() => 0) }
}

/** First millisecond of the day, UTC. */
export function dayOf(ms: number): number {
  return ms - (ms % DAY_MS)
}

/** First millisecond of the month, UTC. @param offset in months */
export function monthOf(ms: number, offset = 0): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1)
}
