import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { findActor } from '../audit/actor-search.ts'
import type { EventBuilder } from '../audit/event/builder.ts'
import { REASONS } from '../audit/event/values.ts'
import type { AuditLog } from '../audit/log.ts'
import type { ActorKeys } from '../audit/personal.ts'
import { errors } from '../errors.ts'
import type { Access } from './access.ts'
import { jsonBody } from './json-body.ts'

export interface ActorRouteOptions {
  readonly access: Access
  readonly keys: ActorKeys
  readonly audit: AuditLog
  readonly events: EventBuilder
  /** The folder of the trail. */
  readonly dir: string
  /** References to a person, one per app; all apps when none is named. */
  readonly refs: (name: string, app: string | undefined) => readonly string[]
  readonly now: () => number
}

/** Who is asked about, and why. */
export const personFields = {
  actor: Type.String({ minLength: 1, maxLength: 1000 }),
  app: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  reason: Type.Enum([...REASONS]),
  case_ref: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$' }))
}
const about = Compile(Type.Object(personFields, { additionalProperties: false }))

/**
 * What the record knows of one person, and erasing it (Art. 15, 17 GDPR), for operators. Both are on the record, with a
 * reason and without the person, before they are answered; an erasure before the key is destroyed.
 */
export function auditActorRoutes(app: FastifyInstance, options: ActorRouteOptions): void {
  const { keys, audit, events, dir, now } = options
  app.post('/admin/actors/find', async request => {
    const { refs, fields } = asked(request, options)
    const found = []
    for (const ref of refs) found.push(...(await findActor(dir, keys, ref)))
    await audit.admit(events.create('depseudonymised', { ...fields, count: found.length }))
    return { records: found }
  })
  app.post('/admin/actors/erase', async request => {
    const { refs, fields } = asked(request, options)
    let erased = 0
    for (const ref of refs) {
      const commitment = keys.commitmentOf(ref)
      if (commitment === undefined) continue
      await audit.admit(events.create('actor.erased', { ...fields, key_commitment: commitment }))
      keys.erase(ref, now())
      erased++
    }
    return { erased }
  })
}

/** @throws errors.AdminKeyInvalid, FieldMissing … */
function asked(request: FastifyRequest, { access, refs }: ActorRouteOptions) {
  const credential = access.admitAdmin(request)
  const body = jsonBody(request)
  if (!about.Check(body))
    throw new errors.FieldMissing('actor or reason', `a text, and one of ${REASONS.join(', ')}`)
  const by = { type: 'api' as const, credential_id: credential ?? undefined }
  return {
    refs: refs(body.actor, body.app),
    fields: { by, reason: body.reason, case_ref: body.case_ref }
  }
}
