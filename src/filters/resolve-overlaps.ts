import type { Finding } from '../core/finding.ts'

/** What the rule looks at. */
type Candidate = Pick<Finding, 'start' | 'end' | 'type' | 'score'>

/**
 * Of findings that overlap one stays, decided in this order:
 * 1. the higher score; compared in steps of a tenth
 * 2. the longer span
 * 3. the earlier start
 * 4. the type first in alphabetical order, so that the outcome never depends on the order of the recognizers
 *
 * A finding that overlaps only a loser stays. The result is sorted by start and does not overlap.
 */
export function resolveOverlaps<T extends Candidate>(findings: readonly T[]): readonly T[] {
  if (isResolved(findings)) return findings
  const byPosition = [...findings].sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: T[] = []
  let from = 0
  while (from < byPosition.length) {
    let to = from + 1
    let reach = byPosition[from]?.end ?? 0
    while (to < byPosition.length && (byPosition[to]?.start ?? 0) < reach) {
      reach = Math.max(reach, byPosition[to]?.end ?? 0)
      to++
    }
    if (to === from + 1) kept.push(...byPosition.slice(from, to))
    else resolveGroup(byPosition.slice(from, to), reach, kept)
    from = to
  }
  return kept
}

/** Most texts' findings come in order and apart. */
function isResolved(findings: readonly Candidate[]): boolean {
  let reach = 0
  for (const { start, end } of findings) {
    if (start < reach) return false
    reach = end
  }
  return true
}

/** Findings that hang together by overlaps: takes the best, drops what overlaps it, and so on. */
function resolveGroup<T extends Candidate>(group: T[], reach: number, kept: T[]): void {
  const from = group[0]?.start ?? 0
  // One mark per character: time is linear in the spans, also for a chain of 100,000 findings made by an attacker.
  const taken = new Uint8Array(reach - from)
  const chosen = group.sort(compare).filter(finding => {
    const end = finding.end - from
    for (let i = finding.start - from; i < end; i++) if (taken[i] === 1) return false
    taken.fill(1, finding.start - from, end)
    return true
  })
  for (const finding of chosen.sort((a, b) => a.start - b.start)) kept.push(finding)
}

function compare(a: Candidate, b: Candidate): number {
  return (
    Math.round(b.score * 10) - Math.round(a.score * 10) ||
    b.end - b.start - (a.end - a.start) ||
    a.start - b.start ||
    (a.type < b.type ? -1 : a.type > b.type ? 1 : b.score - a.score)
  )
}
