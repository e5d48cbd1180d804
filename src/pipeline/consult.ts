import type { Clock } from '../core/clock.ts'
import { errors } from '../errors.ts'
import type { Consult, Consulted } from '../filters/detectors/set.ts'
import type { Policy } from '../policy.ts'
import type { Residency } from '../residency/decision.ts'
import type { DeploymentFacts, RequestFacts } from '../residency/facts.ts'
import type { Recorder } from './recorder.ts'

export interface ConsultDeps {
  readonly residency: Residency
  readonly clock: Pick<Clock, 'now'>
}

/**
 * How a request's texts go to detectors outside of this process: by the same rules as to a provider. They leave in
 * clear, so the places of policy are held against them; the record is on the disk before the first byte leaves.
 * @throws errors.DetectorPlaceRefused, RecordFailed, and what the detector throws
 */
export function consultWith(
  { residency, clock }: ConsultDeps,
  facts: Pick<RequestFacts, 'app' | 'purpose' | 'endpoint'>,
  policy: Policy,
  record: Recorder
): Consult {
  return async (detector, find) => {
    const request: RequestFacts = { ...facts, payload: 'clear', types: [], clearTypes: [], flags: [] }
    const { allowed } = residency.decide(policy.residency, request, factsOf(detector), clock.now(), false)
    if (!allowed) throw new errors.DetectorPlaceRefused(detector.id, detector.recipient.places.join(', '))
    const ended = await record.consulting(detector)
    try {
      const found = await find()
      ended()
      return found
    } catch (error) {
      ended(error)
      throw error
    }
  }
}

/** Nobody declares papers of a detector: rules that ask for some refuse it. */
function factsOf({ id, recipient }: Consulted): DeploymentFacts {
  return {
    id,
    places: recipient.places,
    storage: recipient.places,
    retentionDays: null,
    training: null,
    reviewDue: null,
    contract: null
  }
}
