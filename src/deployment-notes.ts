import type { FastifyBaseLogger } from 'fastify'
import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import type { DispatchDeps } from './pipeline/dispatch.ts'
import type { OnBreaker } from './providers/health.ts'

export interface NotesDeps {
  readonly log: Pick<FastifyBaseLogger, 'error' | 'warn'>
  readonly events: EventBuilder
  readonly record: (event: AuditEvent) => Promise<unknown>
}

/** What the gateway learns of its deployments, on the record and in the log: whoever relies on them must know. */
export function deploymentNotes({ log, events, record }: NotesDeps): {
  readonly onBreaker: OnBreaker
  readonly onContradiction: DispatchDeps['onContradiction']
} {
  const note = (event: AuditEvent): void => {
    record(event).catch(() => log.error('the record could not be written'))
  }
  return {
    onBreaker: ({ id }, state) => {
      log.warn({ deployment: id, state }, 'the breaker of a deployment changed')
      note(events.create('breaker.changed', { deployment: { id }, state }))
    },
    onContradiction: ({ candidate }, { evidence, place }) => {
      const { id, places } = candidate.provider.deployment
      const fields = { deployment: { id }, declared: places, observed: place, evidence }
      log.error(fields, 'an answer proves another place than the deployment declares')
      note(events.create('deployment.contradicted', fields))
    }
  }
}
