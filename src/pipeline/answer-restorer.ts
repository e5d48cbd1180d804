import type { Slot, Walk } from '../core/json/walker.ts'
import type { Leaf } from '../core/json/walker.ts'
import { splice } from '../core/json/splice.ts'
import type { Edit, LeafKind } from '../core/leaf.ts'
import type { FindingCount } from '../audit/event-schema.ts'
import type { Issued } from '../filters/issued.ts'
import { Reidentifier, restoreWhole } from '../filters/reidentifier.ts'
import { createRestoreStats } from '../filters/restore-stats.ts'
import type { JoinedText } from './joined-text.ts'
import type { LeafEdits } from './leaf-edits.ts'

/** What became of pseudonyms in an answer, and what was found in it besides. */
export interface AnswerCounts {
  readonly restored: {
    readonly exact: number
    readonly altered: number
    readonly invented: number
    readonly unresolved: number
  }
  readonly findings: readonly FindingCount[]
}

/** Restores the texts of one answer: all its choices, tool calls and snapshots share what the request issued. */
export class AnswerRestorer {
  readonly #issued: Issued
  readonly #stats = createRestoreStats()

  constructor(issued: Issued) {
    this.#issued = issued
  }

  get counts(): AnswerCounts {
    const { restoredExact, restoredAltered, invented, unresolved } = this.#stats
    return {
      restored: { exact: restoredExact, altered: restoredAltered, invented, unresolved },
      findings: []
    }
  }

  /** Edits of a leaf that stands alone: nothing of it continues elsewhere. */
  whole(leaf: Leaf): readonly Edit[] {
    return restoreWhole(leaf.text, this.#issued, leaf.kind === 'json' ? 'json' : 'text', this.#stats)
  }

  /** A text that is not JSON at all (error pages). */
  plain(text: string): string {
    return splice(text, restoreWhole(text, this.#issued, 'text', this.#stats))
  }

  /** The way of a text that comes in deltas. */
  joined(kind: LeafKind): JoinedText {
    return new Reidentifier(this.#issued, kind === 'json' ? 'json' : 'text', this.#stats)
  }
}

/** Moves offsets that count characters of a restored text (annotations, content filters). */
export function shiftOffsets(
  walk: Walk,
  textAt: (slot: Slot) => JoinedText | undefined,
  edits: LeafEdits
): void {
  for (const note of walk.notes) {
    if (note.tag !== 'offset') continue
    const offset = Number(walk.source.slice(note.start, note.end))
    if (!Number.isSafeInteger(offset) || offset < 0) continue
    const shifted = textAt(note.slot)?.shift(offset) ?? offset
    if (shifted !== offset) edits.addSource({ start: note.start, end: note.end, text: String(shifted) })
  }
}
