import type { Finding } from '../core/finding.ts'
import type { Segment } from '../core/leaf.ts'
import { findByName, mayBeNamed } from './labelled.ts'
import { tagAhead } from './recognizers/person/tagged.ts'
import { resolveOverlaps } from './resolve-overlaps.ts'
import type { RawFinding, Scan } from './scanner/scan.ts'
import { settleNames } from './settle-names.ts'
import { finish, type Steps } from './steps.ts'
import { type Find, findInViews, type Readings, readingsOf } from './views/index.ts'

/** Longer texts are read with pauses, and after so much text there is one. UTF-16 code units. */
export const PIECE = 65_536

/** False for a finding that the policy allows. */
export type IsCounted = (text: string, finding: RawFinding) => boolean

/** What makes findings of what recognizers report. */
export interface Ruling {
  /** By recognizer. */
  readonly ids: readonly string[]
  /** The recognizer that tags. */
  readonly tagger: number
  readonly isCounted: IsCounted | null
}

/**
 * Findings of one segment, sorted and free of overlaps. Straight: most texts are short and plain, and pausing has its price.
 * @param scan knows the names of the call
 */
export function analyzeShort(scan: Scan, segment: Segment, ruling: Ruling): Finding[] {
  const { text } = segment
  if (text === '') return []
  const found = scan.run(segment)
  const { traits } = scan
  const readings = hasReadings(segment) ? finish(readingsOf(text, traits)) : undefined
  if (readings === undefined && !mayBeNamed(segment, traits.signs)) return conclude(found, text, ruling)
  return finish(analyzeFurther(scan, segment, found, traits.signs, readings, ruling))
}

/** The same with pauses, in which `scan` must not be used for anything else. */
export function* analyzeLong(scan: Scan, segment: Segment, ruling: Ruling): Steps<Finding[]> {
  const { text } = segment
  scan.ahead = scan.quick ? null : yield* tagAhead(text)
  const found = yield* scan.runInPieces(segment)
  const { traits } = scan
  const readings = hasReadings(segment) ? yield* readingsOf(text, traits) : undefined
  return yield* analyzeFurther(scan, segment, found, traits.signs, readings, ruling)
}

function hasReadings({ kind }: Segment): boolean {
  return kind !== 'number' && kind !== 'fixed-number'
}

/**
 * Looks at other readings of the text and at what names tell of values.
 * @param found in the text as it stands
 * @param signs of the text, bits of `scanner/signs.ts`
 */
function* analyzeFurther(
  scan: Scan,
  segment: Segment,
  found: RawFinding[],
  signs: number,
  readings: Readings | undefined,
  ruling: Ruling
): Steps<Finding[]> {
  const { text } = segment
  const find: Find = function* (text) {
    if (text.length > PIECE) scan.ahead = scan.quick ? null : yield* tagAhead(text)
    const findings =
      text.length > PIECE ? yield* scan.runInPieces({ ...segment, text }) : scan.run({ ...segment, text })
    return { findings, traits: scan.traits }
  }
  if (readings !== undefined)
    for (const finding of yield* findInViews(text, readings, found, find)) found.push(finding)
  for (const finding of yield* findByName(scan, segment, signs, found)) found.push(finding)
  yield
  return conclude(found, text, ruling)
}

/** The findings that count, sorted and free of overlaps. */
function conclude(found: readonly RawFinding[], text: string, ruling: Ruling): Finding[] {
  const { ids, tagger, isCounted } = ruling
  // Before overlaps are resolved: an allowed company name must not take the person inside it along.
  const counted = isCounted === null ? found : found.filter(finding => isCounted(text, finding))
  const kept = resolveOverlaps(settleNames(counted, tagger, text))
  return kept.map(({ start, end, type, score, recognizer }) => ({
    start,
    end,
    type,
    score,
    recognizer: ids[recognizer] ?? ''
  }))
}
