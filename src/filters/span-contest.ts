import type { Finding } from '../core/finding.ts'
import type { Lookalike } from './lookalike.ts'

/** A piece of a text with an entity type. */
export type Span = Pick<Finding, 'start' | 'end' | 'type'>

/**
 * A finding wins over a lookalike it touches, unless the lookalike is strict and covers all it touches: then they are parts
 * of something that looks like a pseudonym. Both lists are sorted and free of overlaps.
 */
export function contest(
  spans: readonly Span[],
  lookalikes: readonly Lookalike[]
): { kept: Lookalike[]; covered: Set<Span> } {
  const kept: Lookalike[] = []
  const covered = new Set<Span>()
  let from = 0
  for (const lookalike of lookalikes) {
    while ((spans[from]?.end ?? Infinity) <= lookalike.start) from++
    let until = from
    while ((spans[until]?.start ?? Infinity) < lookalike.end) until++
    const touched = spans.slice(from, until)
    const covers = touched.every(span => lookalike.start <= span.start && span.end <= lookalike.end)
    if (touched.length > 0 && !(lookalike.strict && covers)) continue
    kept.push(lookalike)
    for (const span of touched) covered.add(span)
  }
  return { kept, covered }
}

/** Detectors report without overlaps and in order; should they not, the later span gives way where they touch. */
export function untangle(findings: readonly Finding[]): readonly Span[] {
  const isClean = findings.every(
    ({ start, end }, index) => start < end && start >= (findings[index - 1]?.end ?? 0)
  )
  if (isClean) return findings
  const spans: Span[] = []
  let from = 0
  for (const { start, end, type } of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= from || end <= start) continue
    spans.push({ start: Math.max(start, from), end, type })
    from = end
  }
  return spans
}
