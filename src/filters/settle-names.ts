import type { RawFinding } from './scanner/scan.ts'

/** A finding of this score or more counts against a name. */
const COUNTS = 0.5

/**
 * What several recognizers say of one name becomes one finding, before overlaps are resolved: persons that overlap are
 * joined, so that `Anna` of a greeting does not leave the surname behind that the tagger saw; a person of the tagger gives
 * way to something else that covers most of it (`Rue Henri Barbusse`); and a bare place or company gives way to anything
 * else that overlaps it, because policy keeps those and must not keep an address with them.
 * @param tagger index of the recognizer that tags
 */
export function settleNames(found: readonly RawFinding[], tagger: number): readonly RawFinding[] {
  if (!found.some(({ recognizer }) => recognizer === tagger)) return found
  const others = found.filter(({ recognizer, score }) => recognizer !== tagger && score >= COUNTS)
  others.sort((a, b) => a.start - b.start)
  const settled: RawFinding[] = []
  let first = 0
  let person = -1
  for (const finding of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (first < others.length && (others[first]?.end ?? 0) <= finding.start) first++
    if (finding.recognizer === tagger && givesWay(finding, others, first)) continue
    const last = settled[person]
    if (finding.type === 'PERSON' && last !== undefined && finding.start < last.end)
      settled[person] = joined(last, finding)
    else {
      if (finding.type === 'PERSON') person = settled.length
      settled.push(finding)
    }
  }
  return settled
}

/** @param first of `others`, sorted by start, that ends behind the start of the finding */
function givesWay(finding: RawFinding, others: readonly RawFinding[], first: number): boolean {
  const isPerson = finding.type === 'PERSON'
  for (let i = first; i < others.length; i++) {
    const other = others[i]
    if (other === undefined || other.start >= finding.end) return false
    const shared = Math.min(finding.end, other.end) - Math.max(finding.start, other.start)
    if (isPerson ? other.type !== 'PERSON' && shared * 2 >= finding.end - finding.start : shared > 0)
      return true
  }
  return false
}

function joined(a: RawFinding, b: RawFinding): RawFinding {
  const best = b.score > a.score ? b : a
  return { ...best, start: a.start, end: Math.max(a.end, b.end) }
}
