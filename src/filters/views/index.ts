import type { RawFinding } from '../scanner/scan.ts'
import type { Traits } from '../scanner/traits.ts'
import type { Steps } from '../steps.ts'
import { type Block, findBlocks } from './blocks.ts'
import { undisguise } from './disguise.ts'
import { closeUp } from './spaced.ts'
import type { View } from './text-map.ts'
import { type Joined, joinable, joinLines } from './wrapped.ts'

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

/** What is seen in a text as it stands. */
export interface Seen {
  readonly findings: RawFinding[]
  readonly traits: Traits
}

export type Find = (text: string) => Steps<Seen>

/** Other ways in which a text reads. */
export interface Readings {
  readonly undisguised: View | undefined
  readonly closedUp: View | undefined
  readonly joined: readonly Joined[]
  readonly blocks: readonly Block[]
}

/**
 * How else the text reads: without invisible and disguised characters and with escapes decoded, with spaced-out and
 * line-wrapped values in one piece, inside base64 and hexadecimal; undefined where there is no other way, as in plain text.
 * @param traits of the text
 */
export function* readingsOf(text: string, traits: Traits): Steps<Readings | undefined> {
  const undisguised = undisguise(text, traits.signs)
  yield
  const closedUp = closeUp(text, traits)
  const joined = joinLines(text)
  yield
  const blocks = findBlocks(text, traits)
  const isPlain = undisguised === undefined && closedUp === undefined && joined.length + blocks.length === 0
  return isPlain ? undefined : { undisguised, closedUp, joined, blocks }
}

/**
 * What `find` finds in other ways of reading the text, with offsets in the text itself. A finding covers each escape whole
 * and a base64 or hexadecimal block from end to end, so that the text around a replacement keeps its form. The work is
 * linear in the text: each way of reading is at most as long as the text, and wrappers are taken off no more than twice.
 */
export function* findInViews(
  text: string,
  readings: Readings,
  known: readonly RawFinding[],
  find: Find,
  depth = 0
): Steps<RawFinding[]> {
  const found: RawFinding[] = []
  for (const [view, next] of [
    [readings.undisguised, depth + 1],
    [readings.closedUp, MAX_DEPTH]
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
  yield* lookAcrossLines(readings.joined, known, find, found)
  yield
  for (const block of readings.blocks) {
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
  const { findings, traits } = yield* find(text)
  if (depth >= MAX_DEPTH) return findings
  const readings = yield* readingsOf(text, traits)
  if (readings === undefined) return findings
  return [...findings, ...(yield* findInViews(text, readings, findings, find, depth))]
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
  joined: readonly Joined[],
  known: readonly RawFinding[],
  find: Find,
  found: RawFinding[]
): Steps<void> {
  if (joined.length === 0) return
  const addresses = new Set(known.filter(isWholeAddress).map(one => one.start))
  for (const [at, { offset, view, cut }] of joined.entries()) {
    if (at % PIECE === PIECE - 1) yield
    for (const finding of (yield* find(view.text)).findings) {
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
