import type { FastifyRequest } from 'fastify'
import { errors } from '../errors.ts'

/** The JSON of an operator's request. @throws errors.BodyMediaType, FieldMissing */
export function jsonBody({ body }: FastifyRequest): unknown {
  if (!Buffer.isBuffer(body)) throw new errors.BodyMediaType()
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    throw new errors.FieldMissing('body', 'a JSON object')
  }
}
