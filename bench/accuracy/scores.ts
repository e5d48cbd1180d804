import type { Analyzer } from '../../src/filters/analyzer.ts'
import { fits } from './labelled.ts'
import type { Item } from './read-set.ts'

/** Scores are counted in steps of 0.05. */
const STEPS = 20

/** By step of the score, for one entity type. */
interface Counts {
  /** Findings, and how many of them lie on something labelled as their type. */
  readonly predicted: number[]
  readonly right: number[]
  /** Labelled places by the best score of a finding on them. */
  readonly found: number[]
  labelled: number
}

/** By finding type: what the thresholds per type are set by. */
export type ScoreTable = Map<string, Counts>

/** Adds the findings of types that the corpus labels. */
export function countScores(table: ScoreTable, items: readonly Item[], analyzer: Analyzer): void {
  const types = new Set(
    items.flatMap(item => [...(item.labelled_types ?? []), ...(item.spans ?? []).map(span => span.type)])
  )
  for (const item of items) {
    const findings = analyzer.analyze([{ kind: 'text', text: item.text, label: '' }])[0] ?? []
    for (const finding of findings) {
      if (![...types].some(type => fits(type, finding.type))) continue
      const counts = countsOf(table, finding.type)
      const step = stepOf(finding.score)
      add(counts.predicted, step)
      const isRight = (item.spans ?? []).some(
        span => fits(span.type, finding.type) && span.start < finding.end && span.end > finding.start
      )
      if (isRight) add(counts.right, step)
    }
    for (const span of item.spans ?? []) {
      const hits = findings.filter(
        ({ type, start, end }) => fits(span.type, type) && start < span.end && end > span.start
      )
      const [best] = hits.sort((a, b) => b.score - a.score)
      const counts = countsOf(table, best?.type ?? span.type)
      counts.labelled++
      if (best !== undefined) add(counts.found, stepOf(best.score))
    }
  }
}

function countsOf(table: ScoreTable, type: string): Counts {
  const known = table.get(type)
  if (known !== undefined) return known
  const zeros = (): number[] => Array.from({ length: STEPS + 1 }, () => 0)
  const made = { predicted: zeros(), right: zeros(), found: zeros(), labelled: 0 }
  table.set(type, made)
  return made
}

function add(counts: number[], step: number): void {
  counts[step] = (counts[step] ?? 0) + 1
}

function stepOf(score: number): number {
  return Math.floor(score * STEPS + 1e-9)
}

/** One line per type: right of found by score; then the threshold with the best F2 and what it gains over 0.5. */
export function printScores(table: ScoreTable): void {
  for (const [type, counts] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cells = counts.predicted.flatMap((predicted, step) =>
      predicted === 0 ? [] : [`${(step / STEPS).toFixed(2)}: ${counts.right[step]}/${predicted}`]
    )
    if (cells.length > 0) console.log(`${type.padEnd(20)} ${bestOf(counts)}  ${cells.join('  ')}`)
  }
}

function bestOf(counts: Counts): string {
  let best = { threshold: 0, value: -1 }
  for (let step = 0; step <= STEPS; step++) {
    const value = fTwo(counts, step)
    if (value > best.value + 1e-4) best = { threshold: step / STEPS, value }
  }
  const now = fTwo(counts, STEPS / 2)
  return `best ${best.threshold.toFixed(2)} F2 ${best.value.toFixed(3)} (0.50: ${now.toFixed(3)})`
}

/** F2 of what is found from a step on: a place missed weighs four times a false one. */
function fTwo(counts: Counts, from: number): number {
  const sum = (list: readonly number[]): number => list.slice(from).reduce((total, count) => total + count, 0)
  const predicted = sum(counts.predicted)
  if (predicted === 0 || counts.labelled === 0) return 0
  const precision = sum(counts.right) / predicted
  const recall = sum(counts.found) / counts.labelled
  return (5 * precision * recall) / (4 * precision + recall) || 0
}
