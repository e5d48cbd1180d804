import type { Edit } from '../core/leaf.ts'

/** The text of one join key on its way from the provider's words to the client's. */
export interface JoinedText {
  /** Edits of this delta: what may leave now. Empty when it passes as it is. */
  push(delta: string): readonly Edit[]
  /** What is still held, restored where it is whole. Later deltas start anew. */
  end(): string
  /** Where an offset into the provider's text lies in the client's, in Unicode code points. */
  shift(offset: number): number
}

/** Edits of a text that is all here: as one delta and its end. */
export function wholeEdits(text: JoinedText, source: string): readonly Edit[] {
  const edits = text.push(source)
  const held = text.end()
  return held === '' ? edits : [...edits, { start: source.length, end: source.length, text: held }]
}
