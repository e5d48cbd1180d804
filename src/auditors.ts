import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Registry } from './apps/registry.ts'
import { readRegister } from './audit/exports/dora/import.ts'
import type { ExportSource } from './audit/exports/export.ts'
import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import type { EventFields } from './audit/event/schema.ts'
import type { AuditLog } from './audit/log.ts'
import type { ActorKeys } from './audit/personal.ts'
import { openTrail } from './audit/trail.ts'
import { startAuditService } from './audit-service.ts'
import type { Note } from './audit-worker.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { HmacKey } from './core/hmac.ts'
import { declaredIn } from './declared.ts'
import type { Governance } from './governance.ts'
import { keysOfFile, keysOfUrl } from './jwks.ts'
import { actorRef } from './pipeline/actor.ts'
import type { Access } from './routes/access.ts'
import { auditActorRoutes } from './routes/audit-actors.ts'
import { type AuditQuestion, auditRoutes } from './routes/audit.ts'
import { type AuditorAccess, auditorTokenFile, createAuditorAccess } from './routes/audit-access.ts'
import { auditRecipientRoutes } from './routes/audit-recipients.ts'
import { auditStatementRoutes } from './routes/audit-statements.ts'
import { auditExportRoutes } from './routes/audit-export.ts'
import { auditRecordRoutes } from './routes/audit-records.ts'
import { version } from './version.ts'

type ExportedAs = EventFields<'audit.exported'>['format']

export interface AuditorsDeps {
  readonly clock: Clock
  readonly randomBytes: (size: number) => Buffer
  readonly audit: AuditLog
  readonly events: EventBuilder
  /** Keys the references to people who log in. */
  readonly secret: HmacKey
  /** Apps with their purpose records, as they are in force now. */
  readonly current: () => Governance
  /** Who may erase persons. */
  readonly access: Access
  readonly actors: ActorKeys
}

/** Serves auditors: index and shipments in their own thread, questions by HTTP, each on the record before its answer. */
export function serveAuditors(app: FastifyInstance, config: Config, deps: AuditorsDeps): void {
  const { engine, ship } = config.auditors
  const index = startAuditService({
    dataDir: config.dataDir,
    engine,
    ship,
    base: dirname(config.file),
    anchors: config.audit,
    onFault: ({ of, fault }) => {
      if (fault === null) app.log.info({ of }, 'the audit trail is followed again')
      else app.log.error({ of, fault }, 'the audit trail can not be followed; the record itself goes on')
    },
    onNote: note => {
      if ('change' in note && note.change.reason !== null)
        app.log.warn(note.change, 'the audit trail could not be anchored outside; it is tried again')
      deps.audit
        .append(eventOf(deps.events, note))
        .catch(() => app.log.error('the record could not be written'))
    }
  })
  const access = createAccess(app, config, deps)
  const { audit, events } = deps
  const facts = ({ auditor, filterHash, rows }: AuditQuestion) => ({
    by: { type: 'api' as const, role: 'auditor' as const, credential_id: auditor.credentialId },
    filter_hash: filterHash,
    rows
  })
  // only events that a checkpoint covers are indexed, so a proof can be made as long as the tiles are there
  const trail = openTrail(join(config.dataDir, 'audit'))
  auditRoutes(app, {
    access,
    index,
    prove: trail.prove,
    version,
    recordQuery: question => audit.admit(events.create('audit.queried', facts(question)))
  })
  const recordExport = ({ format, ...question }: AuditQuestion & { readonly format: ExportedAs }) =>
    audit.admit(events.create('audit.exported', { ...facts(question), format, recipient_role: 'auditor' }))
  auditExportRoutes(app, { access, index, recordExport })
  const source = (): ExportSource => ({
    observed: index,
    declared: declaredIn(config, deps.current().registry, deps.clock.now()),
    register: async () => (config.register === undefined ? null : readRegister(config.register))
  })
  auditRecordRoutes(app, { access, trail, source, recordExport })
  const persons = {
    ...deps,
    keys: deps.actors,
    dir: join(config.dataDir, 'audit'),
    refs: (name: string, app: string | undefined) =>
      appsOf(deps.current().registry, app).map(id => actorRef(deps.secret, id, name)),
    now: () => deps.clock.now()
  }
  auditActorRoutes(app, persons)
  auditRecipientRoutes(app, { ...persons, source })
  auditStatementRoutes(app, deps)
  app.addHook('onClose', () => index.close())
}

/** Where a person may be known: one app, or all. */
function appsOf({ apps, local }: Registry, app: string | undefined): string[] {
  return app === undefined ? [...apps, local].map(({ id }) => id) : [app]
}

/** What witnesses and time-stamping authorities did or did not do, and that the log is not the one that was indexed. */
function eventOf(events: EventBuilder, note: Note): AuditEvent {
  if ('contradicts' in note) return events.create('breach_candidate', { kind: 'log_inconsistent' })
  if ('stamped' in note) {
    const { authority, head, tokenHash } = note.stamped
    return events.create('checkpoint.timestamped', { authority, head, token_hash: `sha256:${tokenHash}` })
  }
  const { kind, anchor, head, reason } = note.change
  return reason === null
    ? events.create('anchor.recovered', { anchor, head, kind })
    : events.create('anchor.failed', { anchor, head, kind, reason })
}

function createAccess(app: FastifyInstance, config: Config, deps: AuditorsDeps): AuditorAccess {
  const { clock, randomBytes, secret } = deps
  const { oidc } = config.auditors
  const common = {
    tokenFile: auditorTokenFile(config.dataDir),
    local: config.apps.length === 0,
    clock,
    randomBytes,
    pseudonym: (subject: string) => secret.hex(subject)
  }
  if (oidc === undefined) return createAuditorAccess(common)
  const { jwksFile, jwksUrl = '', caFile, privateNetwork } = oidc
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8')
  const source =
    jwksFile === undefined ? keysOfUrl(jwksUrl, clock, { privateNetwork, ca }) : keysOfFile(jwksFile)
  app.addHook('onClose', () => source.close())
  return createAuditorAccess({ ...common, oidc: { ...oidc, keys: () => source.keys() } })
}
