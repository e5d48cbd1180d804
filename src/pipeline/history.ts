import { spelledIn } from '../core/json/decode.ts'
import type { KnownElements } from '../core/json/walk-options.ts'
import type { SourceMap } from '../core/json/source-map.ts'
import type { Leaf, Note, Slot } from '../core/json/walker.ts'
import type { LeafKind } from '../core/leaf.ts'
import type { KnownSegments } from '../filters/resent.ts'

/** A leaf as places in its body. Keys that the caller chose are left out. */
export interface KnownLeaf {
  readonly kind: LeafKind
  readonly levels: number
  readonly slot: Slot
  readonly map: SourceMap
  /** Its decoded text, in UTF-16 units. */
  readonly length: number
}

/**
 * What reading and replacing came to in the turns of a conversation that are sent again: places, types and hashes, so that
 * they need not be read again. Of their leaves only those are kept in which something was found or done. Text is never kept;
 * where it is needed it is taken from the body, whose bytes are the same.
 */
export interface History {
  /** By what it is looked for. */
  readonly place: string
  readonly byteLength: number
  /** Of its bytes. */
  readonly tag: string
  /** Where it stood in the body it was made from. UTF-16 units, as all offsets. */
  readonly start: number
  readonly length: number
  /** Elements, and all leaves that they have. */
  readonly count: number
  readonly leafCount: number
  readonly leaves: readonly KnownLeaf[]
  readonly notes: readonly Note[]
  readonly known: KnownSegments
  /** What else all this depends on: scope, policy, detectors, earlier answers that leave as they were. */
  readonly circumstances: string
  /** What was replaced or known in what stands before it. */
  readonly head: string
  /** It holds in memory. Estimated. */
  readonly bytes: number
}

/** The history as elements of a body. @param at where it begins there */
export function elementsOf(history: History, source: string, at: number): KnownElements {
  const { start, count, length, leafCount } = history
  const by = at - start
  const leaves = history.leaves.map(known => leafOf(known, source, by))
  const notes =
    by === 0
      ? history.notes
      : history.notes.map(note => ({ ...note, start: note.start + by, end: note.end + by }))
  return { count, length, leafCount, leaves, notes }
}

function leafOf({ kind, levels, slot, map, length }: KnownLeaf, source: string, by: number): Leaf {
  const here = map.shifted(by)
  const text = spelledIn(source.slice(here.at(0), here.at(length)), levels)
  return { kind, text, label: slot.label, map: here, levels, slot }
}

/** A leaf without its text; null when its text could not be had from the body again. */
export function knownLeafOf({ kind, text, levels, slot, map }: Leaf, source: string): KnownLeaf | null {
  const { length } = text
  if (spelledIn(source.slice(map.at(0), map.at(length)), levels) !== text) return null
  return { kind, levels, slot: withoutKeys(slot), map, length }
}

/** The same place, without keys that the caller chose: they are text of the request. */
function withoutKeys(slot: Slot): Slot {
  let outermost: Slot | null = null
  for (let at: Slot | undefined = slot; at !== undefined; at = at.frame?.slot) if (!at.known) outermost = at
  if (outermost === null) return slot
  return { frame: outermost.frame, key: '*', known: false, label: '' }
}

/** False when a key on the way to this place was chosen by the caller. */
export function isKnownPlace(slot: Slot): boolean {
  return withoutKeys(slot) === slot
}
