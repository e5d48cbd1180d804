import type { Leaf } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'
import type { Issued } from '../filters/issued.ts'

/** The form of a code; a surrogate looks like a real value and must not be given away. */
const CODE = /^[A-Z]+(?:_[A-Z]+)*_[0-9A-HJKMNP-TV-Z]{8,10}$/

/** What the model is told of codes. The example is the first one of the request. */
function instruction(code: string): string {
  return (
    `\n\n(Codes such as ${code} stand for real names and values. Take each for the value itself and repeat it exactly as ` +
    'written; do not alter, translate or explain it.)'
  )
}

/**
 * Tells the model about codes, once, at the end of the first text of the caller at or after the first code. Where it stands
 * depends only on what stands before it, so that the next turn repeats it byte for byte and prompt caches match.
 * @param edits by leaf
 * @param carriers texts at whose end it may stand, in order
 */
export function withInstruction(
  leaves: readonly Leaf[],
  edits: readonly (readonly Edit[])[],
  issued: Issued,
  carriers: readonly Leaf[]
): readonly (readonly Edit[])[] {
  const codeIn = (found: readonly Edit[]) =>
    found.find(({ text }) => CODE.test(text) && issued.surfaceOf(text) !== undefined)
  const first = edits.findIndex(found => codeIn(found) !== undefined)
  const code = codeIn(edits[first] ?? [])?.text
  if (code === undefined) return edits
  const isCarrier = new Set(carriers)
  const at = leaves.findIndex((leaf, at) => at >= first && isCarrier.has(leaf))
  const carrier = leaves[at]
  if (carrier === undefined) return edits
  const end = carrier.text.length
  return edits.with(at, [...(edits[at] ?? []), { start: end, end, text: instruction(code) }])
}
