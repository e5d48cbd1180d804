import type { Edit } from '../leaf.ts'
import type { Leaf } from './walker.ts'

/** Replaces the edited spans; everything else stays character for character. Edits are sorted and do not overlap. */
export function splice(source: string, edits: readonly Edit[]): string {
  let out = ''
  let from = 0
  for (const edit of edits) {
    out += source.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return out + source.slice(from)
}

/** JSON (RFC 8259 §6) without fraction and exponent. */
const WHOLE_NUMBER = /^-?(?:0|[1-9]\d*)$/

/**
 * Turns edits of a leaf's decoded text into edits of the source it stands in: offsets mapped, the replacement escaped
 * once for each string literal around it. A replaced number becomes a string, unless its replacement is one too.
 */
export function toSource(leaf: Leaf, edits: readonly Edit[]): Edit[] {
  const quoted = leaf.kind === 'number'
  return edits.map(({ start, end, text }) => ({
    start: leaf.map.at(start),
    end: leaf.map.at(end),
    text: escapeFor(
      quoted && !WHOLE_NUMBER.test(text)
        ? JSON.stringify(text)
        : leaf.kind === 'url'
          ? encodeURIComponent(text.toWellFormed())
          : text,
      leaf.levels
    )
  }))
}

/** Escapes text for this many nested JSON string literals; lone surrogates become \u escapes. */
export function escapeFor(text: string, levels: number): string {
  let escaped = text
  for (let level = 0; level < levels; level++) escaped = JSON.stringify(escaped).slice(1, -1)
  return escaped
}
