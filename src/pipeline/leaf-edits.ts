import { splice, toSource } from '../core/json/splice.ts'
import type { Leaf, Walk } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'

/** Edits of the leaves of one document or event, collected and spliced once. */
export class LeafEdits {
  readonly #walk: Walk
  readonly #edits: Edit[] = []

  constructor(walk: Walk) {
    this.#walk = walk
  }

  get empty(): boolean {
    return this.#edits.length === 0
  }

  /** Edits of a leaf's decoded text. */
  add(leaf: Leaf, edits: readonly Edit[]): void {
    if (edits.length > 0) this.#edits.push(...toSource(leaf, edits))
  }

  /** An edit of the source itself. */
  addSource(edit: Edit): void {
    this.#edits.push(edit)
  }

  /** As `apply`, with edits of the source that do not stay. */
  applyWith(more: readonly Edit[]): string {
    const all = [...this.#edits, ...more].sort((a, b) => a.start - b.start || a.end - b.end)
    return splice(this.#walk.source, all)
  }

  /** The source with all edits; the same string when there are none. */
  apply(): string {
    if (this.#edits.length === 0) return this.#walk.source
    // A leaf's edits come in order, but an offset or a held tail may have been added after a later leaf.
    return splice(
      this.#walk.source,
      this.#edits.sort((a, b) => a.start - b.start || a.end - b.end)
    )
  }
}
