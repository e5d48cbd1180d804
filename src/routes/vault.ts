import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { EventBuilder } from '../audit/event/builder.ts'
import { REASONS } from '../audit/event/values.ts'
import type { AuditLog } from '../audit/log.ts'
import { errors } from '../errors.ts'
import type { Vault } from '../filters/vault/vault.ts'
import { eraseObject } from '../pipeline/stored-state.ts'
import type { Access } from './access.ts'
import { jsonBody } from './json-body.ts'

export interface VaultRouteOptions {
  readonly access: Access
  readonly vault: Vault
  readonly audit: AuditLog
  readonly events: EventBuilder
  /** What this process still knows of the vault is dropped. */
  readonly forget: () => void
}

const why = {
  reason: Type.Enum([...REASONS]),
  case_ref: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$' }))
}
const value = Type.String({ minLength: 1, maxLength: 1000 })
const id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,128}$' })
const closed = { additionalProperties: false } as const
const about = Type.Object({ value, ...why }, closed)
const object = Type.Object({ object: id, app: Type.String({ minLength: 1, maxLength: 64 }), ...why }, closed)
const findBody = Compile(about)
const eraseBody = Compile(Type.Union([about, object]))

/**
 * Look-up and erasure in the vault, for operators. Both are on the record with a reason before they are answered; the
 * record holds counts, never the value. A person is looked for by name or value, a conversation by a stored object of it.
 */
export function vaultRoutes(app: FastifyInstance, options: VaultRouteOptions): void {
  const { access, vault, audit, events, forget } = options
  const record = (
    request: FastifyRequest,
    count: number,
    body: { reason: (typeof REASONS)[number]; case_ref?: string }
  ) => ({
    by: { type: 'api' as const, credential_id: access.admitAdmin(request) ?? undefined },
    count,
    reason: body.reason,
    ...(body.case_ref === undefined ? {} : { case_ref: body.case_ref })
  })
  app.post('/admin/vault/find', async request => {
    access.admitAdmin(request)
    const body = jsonBody(request)
    if (!findBody.Check(body))
      throw new errors.FieldMissing('value or reason', `a text, and one of ${REASONS.join(', ')}`)
    const scopes = await vault.find(body.value)
    await audit.admit(events.create('depseudonymised', record(request, scopes.size, body)))
    return {
      conversations: scopes.size,
      entries: [...scopes.values()].reduce((sum, count) => sum + count, 0)
    }
  })
  app.post('/admin/vault/erase', async request => {
    access.admitAdmin(request)
    const body = jsonBody(request)
    if (!eraseBody.Check(body))
      throw new errors.FieldMissing(
        'value, or object and app, or reason',
        `texts, and one of ${REASONS.join(', ')}`
      )
    const erased =
      'value' in body ? await vault.eraseAbout(body.value) : await eraseObject(vault, body.app, body.object)
    forget()
    await audit.admit(events.create('erasure', { ...record(request, erased, body), store: 'vault' }))
    return { erased }
  })
}
