import type { FastifyInstance } from 'fastify'
import type { EventBuilder } from './audit/event/builder.ts'
import type { AuditLog } from './audit/log.ts'
import { NoteTaker } from './audit/notes.ts'
import { watchClock } from './clock-watch.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { DetectorSet } from './filters/detectors/set.ts'
import type { Deployments } from './deployments.ts'
import { changesBetween, inForce, ownChanges, readInForce, writeInForce } from './in-force.ts'
import { mechanismChanges, mechanismsOn } from './mechanisms-in-force.ts'
import type { Governor } from './reload.ts'

export interface StartRecordDeps {
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: EventBuilder
  readonly governor: Governor
  readonly detectors: DetectorSet
  readonly deployments: Pick<Deployments, 'providers' | 'residency'>
}

/** How soon what the command line did is on the record. */
const EVERY_MS = 2_000

/**
 * Records the start, what changed since the last run, and from then on what the command line, the calendar and the clock did.
 * @throws errors.RecordFailed
 */
export async function recordStart(
  app: FastifyInstance,
  config: Config,
  { clock, audit, events, governor, detectors, deployments }: StartRecordDeps
): Promise<void> {
  const { dataDir } = config
  const known = deployments.providers.map(({ deployment }) => deployment)
  const today = () => new Date(clock.now()).toISOString().slice(0, 10)
  let day = today()
  let mechanisms = mechanismsOn(day, known, deployments.residency.countries)
  const state = () => {
    const { current } = governor
    const version = detectors.versionWith(current.rulesets[0].analyzer)
    return inForce({ ...config, apps: governor.config.apps }, current, version, mechanisms)
  }
  const { id, version, hash } = governor.current.rulesets[0].policy
  await audit.admit(events.create('gateway.started', { policy: { id, version, hash } }))
  const before = readInForce(dataDir)
  const changes =
    before === undefined ? ownChanges(before, state(), events) : changesBetween(before, state(), events)
  for (const event of changes) await audit.admit(event)
  await writeInForce(dataDir, state())
  watchClock(app, { clock, audit, events })

  const notes = new NoteTaker({
    dataDir,
    events,
    record: event => audit.admit(event),
    onBadNote: note => app.log.error({ note }, 'this file is no note of the command line; remove it')
  })
  let { last } = governor
  const step = async (): Promise<void> => {
    await notes.take()
    const isNewDay = today() !== day
    if (governor.last === last && !isNewDay) return
    if (isNewDay) {
      // contracts and adequacy decisions end with a day, not with a reload
      const were = mechanisms
      const now = mechanismsOn(today(), known, deployments.residency.countries)
      for (const event of mechanismChanges(were, now, 'system', events)) await audit.admit(event)
      ;[day, mechanisms] = [today(), now]
    }
    last = governor.last
    await writeInForce(dataDir, state())
  }
  await step()
  const timer = setInterval(() => {
    step().catch(() => app.log.error('what the command line did could not be recorded; it is tried again'))
  }, EVERY_MS).unref()
  app.addHook('onClose', () => clearInterval(timer))
}
