import { isUtf8 } from 'node:buffer'
import { linesOf } from '../core/documents/json.ts'
import { joinKeyOf } from '../core/json/pointer.ts'
import type { Shape } from '../core/json/shape.ts'
import { splice } from '../core/json/splice.ts'
import type { Slot, Walk } from '../core/json/walker.ts'
import type { Endpoint, StreamRules } from '../dialects/dialect.ts'
import { pathOf } from '../policy/field-rules.ts'
import { type AnswerRestorer, shiftOffsets } from './answer-restorer.ts'
import { type JoinedText, wholeEdits } from './joined-text.ts'
import { LeafEdits } from './leaf-edits.ts'
import { type AnswerLimits, readAnswer } from './read-answer.ts'

/**
 * Restores a whole JSON answer: the same way its stream would have been, as one delta per text.
 * @param isFile it is what somebody gave to keep: fields that no map knows had whatever type they had
 * @returns the provider's own bytes when nothing was edited; null when they are no JSON
 * @throws errors.AnswerBlocked
 */
export function restoreBody(
  body: Buffer,
  shape: Shape,
  rules: StreamRules,
  restorer: AnswerRestorer,
  limits: AnswerLimits,
  isFile = false
): { readonly body: Buffer; readonly walk: Walk } | null {
  const walk = isUtf8(body) ? readAnswer(body.toString('utf8'), shape, limits) : null
  if (walk === null) return null
  const edits = new LeafEdits(walk)
  const texts = new Map<string, JoinedText>()
  for (const leaf of walk.leaves) {
    const number = isFile && isFree(leaf.slot) ? restorer.numberOf(leaf) : undefined
    if (number !== undefined)
      edits.addSource({ start: leaf.map.at(0) - 1, end: leaf.map.at(leaf.text.length) + 1, text: number })
    else if (leaf.kind === 'text' || leaf.kind === 'json') {
      const key = joinKeyOf(leaf.slot)
      const text = restorer.joined(leaf.kind, rules.isSaid(key), () => pathOf(leaf.slot))
      texts.set(key, text)
      edits.add(leaf, wholeEdits(text, leaf.text))
    } else edits.add(leaf, restorer.whole(leaf))
  }
  shiftOffsets(walk, slot => texts.get(rules.offsetKeyOf(slot, walk) ?? ''), edits)
  restorer.see(walk)
  return { body: edits.empty ? body : Buffer.from(edits.apply()), walk }
}

/** A field that no map knows, or something in one. */
function isFree(slot: Slot): boolean {
  for (let at: Slot | undefined = slot; at !== undefined; at = at.frame?.slot) if (!at.known) return true
  return false
}

/**
 * Restores what is no JSON document: JSON per line by the endpoint's map, other text as text. What is no text passes as
 * it came.
 */
export function restoreContent(
  body: Buffer,
  { answer, stream }: Endpoint,
  restorer: AnswerRestorer,
  limits: AnswerLimits
): Buffer {
  if (!isUtf8(body) || body.includes(0)) return body
  const text = body.toString('utf8')
  const lines = restoreLines(text, answer, stream, restorer, limits)
  if (lines !== null) return Buffer.from(lines)
  return Buffer.from(
    splice(
      text,
      wholeEdits(
        restorer.joined('text', false, () => []),
        text
      )
    )
  )
}

/** Null when a line is no JSON document. */
function restoreLines(
  text: string,
  shape: Shape,
  rules: StreamRules,
  restorer: AnswerRestorer,
  limits: AnswerLimits
): string | null {
  let out = ''
  let from = 0
  for (const { line, at } of linesOf(text)) {
    if (!/^\s*[{[]/.test(line)) return null
    const restored = restoreBody(Buffer.from(line), shape, rules, restorer, limits, true)
    if (restored === null) return null
    out += text.slice(from, at) + restored.body.toString('utf8')
    from = at + line.length
  }
  return out + text.slice(from)
}

/** Sound and pictures: no text to restore. @param type a media type, attacker-controlled */
export function isMedia(type: string): boolean {
  return /^(?:audio|video|image)\//i.test(type)
}
