import type { Edit } from '../core/leaf.ts'

/**
 * Turns changes of "held text + slice" into edits of the slice alone: held text that may leave is inserted at 0, what
 * must stay is cut off the tail.
 * @param source held text and slice. @param base length of the held text: where the slice begins.
 * @param cut everything from here on is held. @param changes sorted, before `cut`.
 */
export function sliceEdits(
  source: string,
  base: number,
  cut: number,
  changes: readonly Edit[]
): readonly Edit[] {
  const edits: Edit[] = []
  let head = ''
  let at = 0
  for (const change of changes) {
    if (change.start < base) {
      head += source.slice(at, change.start) + change.text
      at = change.end
    } else edits.push({ start: change.start - base, end: change.end - base, text: change.text })
  }
  if (at < base) {
    const until = Math.min(base, cut)
    head += source.slice(at, until)
    at = Math.max(at, until)
  }
  const headEnd = Math.max(0, at - base)
  if (head !== '' || headEnd > 0) edits.unshift({ start: 0, end: headEnd, text: head })
  if (cut < source.length)
    edits.push({ start: Math.max(cut - base, headEnd), end: source.length - base, text: '' })
  return mergeEdits(edits)
}

/** Edits that touch become one, so that no two begin at the same place. */
export function mergeEdits(edits: readonly Edit[]): readonly Edit[] {
  const merged: Edit[] = []
  for (const edit of edits) {
    const last = merged.at(-1)
    if (last !== undefined && last.end === edit.start) {
      merged[merged.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text }
    } else merged.push(edit)
  }
  return merged.filter(edit => edit.end > edit.start || edit.text !== '')
}
