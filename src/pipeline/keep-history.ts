import type { Mark } from '../core/json/walk-options.ts'
import type { Leaf, Note } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'
import type { CachedFindings } from '../filters/findings-cache.ts'
import { PROSE } from '../filters/flags/index.ts'
import type { ResentSegments } from '../filters/resent.ts'
import type { Replays } from './answer-memory.ts'
import { type Histories, MIN_HISTORY } from './histories.ts'
import { type History, isKnownPlace, type KnownLeaf, knownLeafOf } from './history.ts'
import type { ReadRequest, ResentRead } from './read-request.ts'

/** Estimated bytes of a history, and of each leaf, note and finding in it. */
const HISTORY_BYTES = 600
const LEAF_BYTES = 400
const NOTE_BYTES = 120
const FOUND_BYTES = 120

/** One request whose texts were replaced. */
export interface Replaced {
  readonly read: ReadRequest
  readonly body: Buffer
  readonly place: ResentRead
  readonly segments: ResentSegments
  readonly edits: readonly (readonly Edit[])[]
  readonly circumstances: string
  /** Where the model may be told of codes. */
  readonly tellable: readonly Leaf[] | null
}

/** Keeps what came of the turns in a request, for the next one. */
export function keepHistory(histories: Histories, replaced: Replaced): void {
  const history = historyOf(histories, replaced)
  if (history !== null) histories.keep(history)
}

function historyOf(histories: Histories, replaced: Replaced): History | null {
  const { read, body, place, segments, circumstances } = replaced
  const { from, to, index, api } = place
  const { source } = read.walk
  if (to.at - from.at < MIN_HISTORY / 4) return null
  const notes = read.walk.notes.slice(from.note, to.note)
  if (!notes.every(({ slot }) => isKnownPlace(slot))) return null
  const kept = keptLeaves(replaced)
  if (kept === null) return null
  const start = Buffer.byteLength(source.slice(0, from.at))
  const byteLength = Buffer.byteLength(source.slice(from.at, to.at))
  if (byteLength < MIN_HISTORY) return null
  const bytes = body.subarray(start, start + byteLength)
  return {
    place: histories.placeOf(api, index, body.subarray(start)),
    byteLength,
    tag: histories.tag(bytes),
    start: from.at,
    length: to.at - from.at,
    count: place.count - index,
    leafCount: to.leaf - from.leaf + place.unlisted,
    leaves: kept.leaves,
    notes,
    known: { found: kept.found, carried: segments.carried, stems: segments.stems },
    circumstances,
    head: headOf(histories, replaced),
    bytes: sizeOf(kept.found, notes)
  }
}

/** The leaves that matter to what comes behind them or are replaced; null when one of them can't be kept. */
function keptLeaves(replaced: Replaced): { leaves: KnownLeaf[]; found: CachedFindings[] } | null {
  const { read, place, segments } = replaced
  const { leaves: all, source } = read.walk
  const leaves: KnownLeaf[] = []
  const found: CachedFindings[] = []
  const carrier = firstCarrier(replaced)
  for (let at = place.from.leaf; at < place.to.leaf; at++) {
    const leaf = all[at]
    const seen = segments.found[at] ?? null
    if (leaf === undefined || seen === null) return null
    if (leaf !== carrier && isIdle(replaced, leaf, seen, at)) continue
    const known = knownLeafOf(leaf, source)
    if (known === null) return null
    leaves.push(known)
    found.push(seen)
  }
  return { leaves, found }
}

/** Nothing was found in it, nothing is done in it, and no flag may come of it. */
function isIdle({ segments, edits }: Replaced, { kind }: Leaf, seen: CachedFindings, at: number): boolean {
  if (segments.touched[at] !== false || (edits[at]?.length ?? 0) > 0) return false
  if (seen.findings.length > 0 || seen.names.length > 0) return false
  return !PROSE.has(kind) || seen.lacks.flags === true
}

/** Behind a code in the head the model is told in the first text of the caller that comes. */
function firstCarrier({ read, place, tellable }: Replaced): Leaf | undefined {
  if (tellable === null || tellable.length === 0) return undefined
  const carriers = new Set(tellable)
  for (let at = place.from.leaf; at < place.to.leaf; at++) {
    const leaf = read.walk.leaves[at]
    if (leaf !== undefined && carriers.has(leaf)) return leaf
  }
  return undefined
}

/** A tag of all in the head that codes further on depend on; empty when there is nothing. */
export function headOf(
  histories: Histories,
  { read, place, segments, edits }: Pick<Replaced, 'read' | 'place' | 'segments' | 'edits'>
): string {
  const effects: unknown[] = []
  for (let at = 0; at < place.from.leaf; at++) {
    const leaf = read.walk.leaves[at]
    if (leaf === undefined || segments.touched[at] === false) continue
    effects.push([leaf.kind, leaf.text, segments.found[at]?.findings ?? null, edits[at] ?? null])
  }
  return effects.length === 0 ? '' : histories.tag(Buffer.from(JSON.stringify(effects)))
}

/** Where a history ends in a walk. */
type End = Pick<Mark, 'at' | 'leaf'>

/** A tag of the earlier answers up to its end that leave as the provider wrote them; empty for none. */
export function replaysIn(histories: Histories, from: Mark, to: End, replays: Replays): string {
  const edits = replays.edits.filter(edit => edit.start < to.at)
  if (edits.length === 0) return ''
  const codes = [...replays.codesAt].filter(([leaf, codes]) => leaf < to.leaf && codes.length > 0)
  const places = edits.map(({ start, end, text }) => [start - from.at, end - start, text])
  return histories.tag(Buffer.from(JSON.stringify([places, codes.map(([, code]) => code)])))
}

function sizeOf(found: readonly CachedFindings[], notes: readonly Note[]): number {
  const items = found.reduce((sum, { findings, names }) => sum + findings.length + names.length, 0)
  return HISTORY_BYTES + found.length * LEAF_BYTES + notes.length * NOTE_BYTES + items * FOUND_BYTES
}
