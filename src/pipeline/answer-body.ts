import { isUtf8 } from 'node:buffer'
import { joinKeyOf } from '../core/json/pointer.ts'
import type { Shape } from '../core/json/shape.ts'
import type { Walk } from '../core/json/walker.ts'
import type { StreamRules } from '../dialects/dialect.ts'
import { pathOf } from '../policy/field-rules.ts'
import { type AnswerRestorer, shiftOffsets } from './answer-restorer.ts'
import { type JoinedText, wholeEdits } from './joined-text.ts'
import { LeafEdits } from './leaf-edits.ts'
import { type AnswerLimits, readAnswer } from './read-answer.ts'

/**
 * Restores a whole JSON answer: the same way its stream would have been, as one delta per text.
 * @returns the provider's own bytes when nothing was edited; null when they are no JSON
 * @throws errors.AnswerBlocked
 */
export function restoreBody(
  body: Buffer,
  shape: Shape,
  rules: StreamRules,
  restorer: AnswerRestorer,
  limits: AnswerLimits
): { readonly body: Buffer; readonly walk: Walk } | null {
  const walk = isUtf8(body) ? readAnswer(body.toString('utf8'), shape, limits) : null
  if (walk === null) return null
  const edits = new LeafEdits(walk)
  const texts = new Map<string, JoinedText>()
  for (const leaf of walk.leaves) {
    if (leaf.kind === 'text' || leaf.kind === 'json') {
      const key = joinKeyOf(leaf.slot)
      const text = restorer.joined(leaf.kind, rules.isSaid(key), () => pathOf(leaf.slot))
      texts.set(key, text)
      edits.add(leaf, wholeEdits(text, leaf.text))
    } else edits.add(leaf, restorer.whole(leaf))
  }
  shiftOffsets(walk, slot => texts.get(rules.offsetKeyOf(slot, walk) ?? ''), edits)
  return { body: edits.empty ? body : Buffer.from(edits.apply()), walk }
}
