import type { Analyzer } from '../../src/filters/analyzer.ts'
import { fits } from './labelled.ts'
import type { Item } from './read-set.ts'

interface Bucket {
  predicted: number
  right: number
}

/** By finding type and score in tenths: how many findings, how many of them on something labelled as their type. */
export type ScoreTable = Map<string, Map<number, Bucket>>

/** Adds the findings of types that the corpus labels: what the thresholds per type are set by. */
export function countScores(table: ScoreTable, items: readonly Item[], analyzer: Analyzer): void {
  const types = new Set(
    items.flatMap(item => [...(item.labelled_types ?? []), ...(item.spans ?? []).map(span => span.type)])
  )
  for (const item of items) {
    for (const finding of analyzer.analyze([{ kind: 'text', text: item.text, label: '' }])[0] ?? []) {
      if (![...types].some(type => fits(type, finding.type))) continue
      const isRight = (item.spans ?? []).some(
        span => fits(span.type, finding.type) && span.start < finding.end && span.end > finding.start
      )
      const buckets = table.get(finding.type) ?? new Map<number, Bucket>()
      const score = Math.floor(finding.score * 10 + 1e-9)
      const bucket = buckets.get(score) ?? { predicted: 0, right: 0 }
      bucket.predicted++
      if (isRight) bucket.right++
      table.set(finding.type, buckets.set(score, bucket))
    }
  }
}

/** One line per type: right of found, by score. */
export function printScores(table: ScoreTable): void {
  for (const [type, buckets] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cells = [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([score, { predicted, right }]) => `${(score / 10).toFixed(1)}: ${right}/${predicted}`)
    console.log(`${type.padEnd(24)} ${cells.join('  ')}`)
  }
}
