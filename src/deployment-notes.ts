import type { FastifyBaseLogger } from 'fastify'
import type { AuditEvent } from './audit/event/builder.ts'
import type { AuditLog } from './audit/log.ts'
import type { DispatchDeps } from './pipeline/dispatch.ts'
import type { AttemptDeps } from './pipeline/attempt.ts'
import type { OnBreaker } from './providers/health.ts'
import { UseWatch, type UseWatchDeps } from './use-watch.ts'

export interface NotesDeps extends Pick<UseWatchDeps, 'dataDir' | 'clock' | 'events'> {
  /** Opened after the deployments. */
  readonly audit: () => Pick<AuditLog, 'append'>
}

/** What the gateway learns of its deployments, on the record and in the log: whoever relies on them must know. */
export function deploymentNotes(
  log: Pick<FastifyBaseLogger, 'error' | 'warn'>,
  { events, audit, ...more }: NotesDeps
): {
  readonly onBreaker: OnBreaker
  readonly onContradiction: DispatchDeps['onContradiction']
  readonly onAdmitted: AttemptDeps['onAdmitted']
  /** Resolves when all is on the disk. */
  close(): Promise<void>
} {
  const record = (event: AuditEvent) => audit().append(event)
  const onFault = () => log.error('the record could not be written')
  const note = (event: AuditEvent): void => {
    record(event).catch(onFault)
  }
  const uses = new UseWatch({ ...more, events, record, onFault })
  return {
    onAdmitted: deployment => uses.admitted(deployment),
    close: () => uses.close(),
    onBreaker: ({ id }, state) => {
      log.warn({ deployment: id, state }, 'the breaker of a deployment changed')
      note(events.create('breaker.changed', { deployment: { id }, state }))
    },
    onContradiction: ({ candidate }, { evidence, place }) => {
      const { id, places } = candidate.provider.deployment
      const fields = { deployment: { id }, declared: places, observed: place, evidence }
      log.error(fields, 'an answer proves another place than the deployment declares')
      note(events.create('deployment.contradicted', fields))
      // data may have been where no one allowed it: someone has to say whether that is a breach (Art. 33 GDPR)
      note(events.create('breach_candidate', { deployment: { id }, kind: 'unexpected_place' }))
    }
  }
}
