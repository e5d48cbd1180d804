import type { FastifyInstance } from 'fastify'
import type { EventBuilder } from './audit/event/builder.ts'
import type { AuditLog } from './audit/log.ts'
import { NoteTaker } from './audit/notes.ts'
import type { Config } from './config.ts'
import type { DetectorSet } from './filters/detectors/set.ts'
import { changesBetween, inForce, readInForce, writeInForce } from './in-force.ts'
import type { Governor } from './reload.ts'

export interface StartRecordDeps {
  readonly audit: AuditLog
  readonly events: EventBuilder
  readonly governor: Governor
  readonly detectors: DetectorSet
}

/** How soon what the command line did is on the record. */
const EVERY_MS = 2_000

/**
 * Records the start, what changed since the last run, and from then on what the command line did.
 * @throws errors.RecordFailed
 */
export async function recordStart(
  app: FastifyInstance,
  config: Config,
  { audit, events, governor, detectors }: StartRecordDeps
): Promise<void> {
  const { dataDir } = config
  const state = () => {
    const { current } = governor
    const version = detectors.versionWith(current.rulesets[0].analyzer)
    return inForce({ ...config, apps: governor.config.apps }, current, version)
  }
  const { id, version, hash } = governor.current.rulesets[0].policy
  await audit.admit(events.create('gateway.started', { policy: { id, version, hash } }))
  const before = readInForce(dataDir)
  if (before !== undefined)
    for (const event of changesBetween(before, state(), events)) await audit.admit(event)
  await writeInForce(dataDir, state())

  const notes = new NoteTaker({
    dataDir,
    events,
    record: event => audit.admit(event),
    onBadNote: note => app.log.error({ note }, 'this file is no note of the command line; remove it')
  })
  let { last } = governor
  const step = async (): Promise<void> => {
    await notes.take()
    if (governor.last === last) return
    last = governor.last
    await writeInForce(dataDir, state())
  }
  await step()
  const timer = setInterval(() => {
    step().catch(() => app.log.error('what the command line did could not be recorded; it is tried again'))
  }, EVERY_MS).unref()
  app.addHook('onClose', () => clearInterval(timer))
}
