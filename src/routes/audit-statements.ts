import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type TProperties, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { adminEvents } from '../audit/event/admin.ts'
import { uuid } from '../audit/event/fields.ts'
import type { EventBuilder } from '../audit/event/builder.ts'
import { BREACH_KINDS, REVIEW_RESULTS } from '../audit/event/values.ts'
import type { AuditLog } from '../audit/log.ts'
import { errors } from '../errors.ts'
import type { Access } from './access.ts'
import { jsonBody } from './json-body.ts'

export interface StatementOptions {
  readonly access: Access
  readonly audit: AuditLog
  readonly events: EventBuilder
}

const review = adminEvents['human_review.recorded']
const breach = adminEvents.breach_candidate

/** What is said is what the record takes, but for who said it. */
function said<T extends TProperties>(fields: T) {
  return Compile(Type.Object(fields, { additionalProperties: false }))
}
const reviewBody = said({
  request_id: uuid,
  decision_id: review.decision_id,
  case_ref: review.case_ref,
  result: review.result
})
const breachBody = said({
  kind: breach.kind,
  case_ref: breach.case_ref,
  classes: breach.classes,
  count: breach.count,
  deployment: breach.deployment
})

/**
 * What only people know, said by operators for the record: that someone reviewed an answer or decision and with what result
 * (Art. 14, 26(2) AI Act), and that something may be a breach (Art. 33(5) GDPR). Answered when it is on the disk.
 */
export function auditStatementRoutes(app: FastifyInstance, options: StatementOptions): void {
  const { access, audit, events } = options
  const by = (request: FastifyRequest) => ({
    type: 'api' as const,
    credential_id: access.admitAdmin(request) ?? undefined
  })
  app.post('/admin/reviews', async request => {
    const operator = by(request)
    const body = jsonBody(request)
    if (!reviewBody.Check(body))
      throw new errors.FieldMissing(
        'request_id or result',
        `the id of a request, and one of ${REVIEW_RESULTS.join(', ')}`
      )
    await audit.admit(events.create('human_review.recorded', { ...body, by: operator }))
    return { recorded: true }
  })
  app.post('/admin/breach-candidates', async request => {
    const operator = by(request)
    const body = jsonBody(request)
    if (!breachBody.Check(body)) throw new errors.FieldMissing('kind', `one of ${BREACH_KINDS.join(', ')}`)
    await audit.admit(events.create('breach_candidate', { ...body, by: operator }))
    return { recorded: true }
  })
}
