import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { findActor } from '../audit/actor-search.ts'
import type { ExportSource } from '../audit/exports/export.ts'
import { FORMATS } from '../audit/exports/formats/index.ts'
import { personRecipients } from '../audit/exports/gdpr/person-recipients.ts'
import { openAuditReader } from '../audit/reader.ts'
import { REASONS } from '../audit/event/values.ts'
import { errors } from '../errors.ts'
import { type ActorRouteOptions, personFields } from './audit-actors.ts'
import { jsonBody } from './json-body.ts'

export interface RecipientRouteOptions extends ActorRouteOptions {
  readonly source: () => ExportSource
}

const body = Compile(
  Type.Object(
    {
      ...personFields,
      format: Type.Optional(Type.Enum(FORMATS.map(({ name }) => name))),
      lang: Type.Optional(Type.Enum(['de', 'en']))
    },
    { additionalProperties: false }
  )
)

/**
 * To whom the data of one person went (Art. 15 GDPR), for operators: through the keyed references to persons, recorded as a
 * look-up with its reason before it is answered.
 */
export function auditRecipientRoutes(app: FastifyInstance, options: RecipientRouteOptions): void {
  const { access, keys, audit, events, dir, refs, now, source } = options
  const reader = openAuditReader(dir)
  app.post('/admin/actors/recipients', async (request, reply) => {
    const credential = access.admitAdmin(request)
    const asked = jsonBody(request)
    if (!body.Check(asked))
      throw new errors.FieldMissing('actor or reason', `a text, and one of ${REASONS.join(', ')}`)
    const found: string[] = []
    for (const ref of refs(asked.actor, asked.app))
      for (const { log, index } of await findActor(dir, keys, ref))
        found.push(...(await reader.read(log, index, 1)).map(({ json }) => json))
    const by = { type: 'api' as const, credential_id: credential ?? undefined }
    const { reason, case_ref } = asked
    await audit.admit(events.create('depseudonymised', { by, case_ref, count: found.length, reason }))
    const record = personRecipients(found)
    const rows = await record.rows(source(), { fromMs: 0, toMs: now() })
    const days = found
      .map(json => (JSON.parse(json) as { readonly occurred_at: string }).occurred_at.slice(0, 10))
      .sort()
    const today = new Date(now()).toISOString().slice(0, 10)
    const filled = { record, rows, from: days[0] ?? today, to: days.at(-1) ?? today, createdMs: now() }
    const format = FORMATS.find(({ name }) => name === (asked.format ?? 'csv'))
    const pieces: Buffer[] = []
    for await (const piece of format?.write(filled, asked.lang === 'en' ? 'en' : 'de') ?? [])
      pieces.push(Buffer.from(piece))
    return reply
      .type(format?.contentType ?? 'text/plain')
      .header('cache-control', 'no-store')
      .send(Buffer.concat(pieces))
  })
}
