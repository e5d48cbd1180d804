import type { FastifyRequest } from 'fastify'
import type { ByteBudget } from '../core/budget.ts'
import { errors } from '../errors.ts'

/** The JSON of an operator's request; its bytes are given back to the budget. @throws errors.BodyMediaType, FieldMissing */
export function jsonBody({ body }: FastifyRequest, budget: ByteBudget): unknown {
  if (!Buffer.isBuffer(body)) throw new errors.BodyMediaType()
  budget.release(body.length)
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    throw new errors.FieldMissing('body', 'a JSON object')
  }
}
