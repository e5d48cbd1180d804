import type { Shape } from '../core/json/shape.ts'
import { type Walk, walkJson } from '../core/json/walker.ts'
import { isPublicError } from '../errors.ts'

export interface AnswerLimits {
  readonly maxJsonDepth: number
  readonly maxJsonLeaves: number
}

/**
 * Reads the JSON of an answer or of one of its events.
 * @param source attacker-controlled
 * @returns null when it is no JSON or beyond the limits
 */
export function readAnswer(source: string, shape: Shape, limits: AnswerLimits): Walk | null {
  try {
    return walkJson(source, shape, {
      maxDepth: limits.maxJsonDepth,
      maxLeaves: limits.maxJsonLeaves,
      as: 'answer'
    })
  } catch (error) {
    if (isPublicError(error)) return null
    throw error
  }
}
