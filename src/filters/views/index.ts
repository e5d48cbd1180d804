import type { RawFinding } from '../scanner/scan.ts'
import type { Steps } from '../steps.ts'
import { findBlocks } from './blocks.ts'
import { undisguise } from './disguise.ts'
import { closeUp } from './spaced.ts'
import type { View } from './text-map.ts'
import { joinable, joinLines } from './wrapped.ts'

/** How many wrappers inside each other are taken off. */
const MAX_DEPTH = 2
/** How much around a change is read again, in characters: context words and the longest value. */
const MARGIN = 256
/** Below this score what is found inside a block does not condemn the block. */
const MIN_SCORE = 0.5
/** A score from which a finding is certain. */
const CERTAIN = 0.9

/** Parts read again without a pause, some hundred characters each. */
const PIECE = 64

/** Findings in a text as it stands. */
export type Find = (text: string) => Steps<RawFinding[]>

/**
 * What `find` finds in other ways of reading the text, with offsets in the text itself: without invisible and disguised
 * characters, with escapes decoded, with spaced-out and line-wrapped values in one piece, inside base64 and hexadecimal.
 * A finding covers each escape whole and a base64 or hexadecimal block from end to end, so that the text around a
 * replacement keeps its form. On plain text this is some searches for signs that do not occur. The work is linear in
 * the text: each way of reading is at most as long as the text, and wrappers are taken off no more than twice.
 */
export function* findInViews(
  text: string,
  known: readonly RawFinding[],
  find: Find,
  depth = 0
): Steps<RawFinding[]> {
  if (depth >= MAX_DEPTH) return []
  const found: RawFinding[] = []
  for (const [view, next] of [
    [undisguise(text), depth + 1],
    [closeUp(text), MAX_DEPTH]
  ] as const) {
    if (view === undefined) continue
    yield
    const inside: RawFinding[] = []
    for (const [at, { start, end }] of view.windows(MARGIN).entries()) {
      for (const finding of yield* look(view.text.slice(start, end), find, next))
        inside.push({ ...finding, start: finding.start + start, end: finding.end + start })
      if (at % PIECE === PIECE - 1) yield
    }
    yield
    for (const finding of located(text, view, inside, known)) found.push(finding)
    yield
  }
  yield* lookAcrossLines(text, known, find, found)
  yield
  for (const block of findBlocks(text)) {
    yield
    const inside = yield* look(block.text, find, depth + 1)
    const best = inside.reduce<RawFinding | undefined>(
      (a, b) => (a === undefined || b.score > a.score ? b : a),
      undefined
    )
    if (best !== undefined && best.score >= MIN_SCORE)
      found.push({ ...best, start: block.start, end: block.end })
  }
  return found
}

function* look(text: string, find: Find, depth: number): Steps<RawFinding[]> {
  const known = yield* find(text)
  return [...known, ...(yield* findInViews(text, known, find, depth))]
}

/**
 * The view's findings where they stand in the text. What holds nothing that the view changed counts only where nothing
 * is known yet: there the view has made a word readable that names the value (`Pass\u00adwort: …`). And nothing counts
 * that reaches only partly into what is known for certain: the escapes of a URL keep its parts apart.
 */
function located(
  text: string,
  view: View,
  inside: readonly RawFinding[],
  known: readonly RawFinding[]
): RawFinding[] {
  const marks = new Int32Array(text.length + 1)
  known.forEach(({ start, end, score }, i) => marks.fill(score >= CERTAIN ? i + 1 : -1, start, end))
  const crosses = (at: number): boolean => (marks[at] ?? 0) > 0 && marks[at] === marks[at - 1]
  const found: RawFinding[] = []
  for (const finding of inside) {
    const { start, end } = view.locate(finding.start, finding.end)
    const changed = text.slice(start, end) !== view.text.slice(finding.start, finding.end)
    if (changed ? !crosses(start) && !crosses(end) : marks.subarray(start, end).every(mark => mark === 0))
      found.push({ ...finding, start, end })
  }
  return found
}

/**
 * Only what crosses the line end, and is certain: everything else has been found where it stands. An address that is whole
 * before the full stop of its sentence does not go on with the next one.
 */
function* lookAcrossLines(
  text: string,
  known: readonly RawFinding[],
  find: Find,
  found: RawFinding[]
): Steps<void> {
  const joined = joinLines(text)
  if (joined.length === 0) return
  const addresses = new Set(known.filter(isWholeAddress).map(one => one.start))
  for (const [at, { offset, view, cut }] of joined.entries()) {
    if (at % PIECE === PIECE - 1) yield
    for (const finding of yield* find(view.text)) {
      if (
        finding.start >= cut ||
        finding.end <= cut ||
        finding.score < CERTAIN ||
        !joinable.test(finding.type)
      )
        continue
      const place = view.locate(finding.start, finding.end)
      const start = place.start + offset
      if (finding.type === 'EMAIL' && addresses.has(start)) continue
      found.push({ ...finding, start, end: place.end + offset })
    }
  }
}

function isWholeAddress({ type, score }: RawFinding): boolean {
  return type === 'EMAIL' && score >= CERTAIN
}
