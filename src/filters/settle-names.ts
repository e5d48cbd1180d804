import { ALNUM, is } from './scanner/chars.ts'
import type { RawFinding } from './scanner/scan.ts'

/** A finding of this score or more counts against a name. */
const COUNTS = 0.5
/** What is left of a name beside something else is a name from so many UTF-16 code units on. */
const SHORTEST = 3

/**
 * What several recognizers say of one name becomes one finding, before overlaps are resolved: persons that overlap are
 * joined, so that `Anna` of a greeting does not leave the surname behind that the tagger saw; a person is cut off where
 * something else begins (`Pierre Joubert Hauptstraße 5` is a person and an address, `Anna Weber (anna.weber@…` one and a
 * mail address): lost to it as a whole, the name would leave in clear. A person of the tagger gives way to what covers
 * most of it, unless that is an address; and a bare place or company gives way to anything that overlaps it, because policy
 * keeps those and must not keep an address with them.
 * @param tagger index of the recognizer that tags
 */
export function settleNames(
  found: readonly RawFinding[],
  tagger: number,
  text: string
): readonly RawFinding[] {
  if (!isTagged(found, tagger)) return found
  const others = found.filter(({ recognizer, score }) => recognizer !== tagger && score >= COUNTS)
  others.sort((a, b) => a.start - b.start)
  const settled: RawFinding[] = []
  let first = 0
  let person = -1
  for (const finding of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (first < others.length && (others[first]?.end ?? 0) <= finding.start) first++
    const isName = finding.recognizer === tagger || finding.type === 'PERSON'
    const name = isName ? besideOthers(finding, others, first, finding.recognizer === tagger, text) : finding
    if (name === null) continue
    const last = settled[person]
    if (name.type === 'PERSON' && last !== undefined && name.start < last.end)
      settled[person] = joined(last, name)
    else {
      if (name.type === 'PERSON') person = settled.length
      settled.push(name)
    }
  }
  return settled
}

function isTagged(found: readonly RawFinding[], tagger: number): boolean {
  for (const { recognizer } of found) if (recognizer === tagger) return true
  return false
}

/**
 * What is left of a name beside the others; null when nothing is. A rule's person is cut off by what is surer only.
 * @param first of `others`, sorted by start, that ends behind the start of the finding
 */
function besideOthers(
  finding: RawFinding,
  others: readonly RawFinding[],
  first: number,
  tagged: boolean,
  text: string
): RawFinding | null {
  const isPerson = finding.type === 'PERSON'
  let { start, end } = finding
  for (let i = first; i < others.length; i++) {
    const other = others[i]
    if (other === undefined || other.start >= end) break
    if (other.end <= start || (isPerson && other.type === 'PERSON')) continue
    if (!isPerson) return null
    if (!tagged && other.score <= finding.score) continue
    const coversMost = (Math.min(end, other.end) - Math.max(start, other.start)) * 2 >= end - start
    if (coversMost && other.type !== 'ADDRESS') {
      if (tagged) return null
      continue
    }
    if (other.start - start >= SHORTEST) end = wordEndBefore(text, other.start)
    else start = other.end
  }
  return end - start < SHORTEST && end - start < finding.end - finding.start
    ? null
    : { ...finding, start, end }
}

/** The end of the last word before an offset: brackets and blanks are no part of a name, the full stop of an initial is. */
function wordEndBefore(text: string, offset: number): number {
  let end = offset
  while (end > 0 && text.charCodeAt(end - 1) !== 0x2e && !is(text.charCodeAt(end - 1), ALNUM)) end--
  return end
}

function joined(a: RawFinding, b: RawFinding): RawFinding {
  const best = b.score > a.score ? b : a
  return { ...best, start: a.start, end: Math.max(a.end, b.end) }
}
