import type { EventFields } from '../audit/event/schema.ts'
import type { Deployment } from '../providers/provider.ts'
import type { Decision } from '../residency/decision.ts'
import type { PayloadState } from '../residency/facts.ts'
import type { Attempt, PassedOver } from './hops.ts'
import { codeOf } from './record-fields.ts'

/** What records say of an attempt: where it goes, on what ground, and what was ruled out before it. */

type Admitted = EventFields<'ai.request.admitted'>

/** A list in a record has at most this many entries. */
const MAX_LISTED = 50

/** What names an attempt in each of its records. */
export function attemptFields({ number, candidate, after }: Attempt) {
  const { deployment } = candidate.provider
  const { profile, contract } = deployment
  return {
    attempt: number,
    attempt_cause: after === null ? undefined : causeOf(after, deployment),
    deployment: { id: deployment.id },
    provider: {
      id: deployment.provider,
      code: profile.code ?? undefined,
      code_type: profile.codeType ?? undefined,
      profile_hash: profile.hash,
      profile_version: profile.version,
      trains_on_data: deployment.training ?? 'unknown'
    },
    endpoint: { host: deployment.host, region: deployment.region ?? undefined },
    model: { requested: candidate.pattern },
    contract_ref: contract?.reference,
    dpa_ref: contract?.dpa ?? undefined,
    ict_service_type: profile.ictService ?? undefined,
    storage: storageOf(deployment)
  } as const
}

/** Where an attempt goes and on what ground. */
export function placeFields(
  deployment: Deployment,
  { gaps, transfer }: Decision,
  payload: PayloadState
): Pick<Admitted, 'location' | 'transfer'> {
  const { mechanism, declared, thirdCountry } = transfer
  return {
    location: {
      evidence: 'declared',
      processing: deployment.places,
      storage: deployment.storage ?? undefined
    },
    transfer: {
      decision: 'allow',
      payload_state: payload,
      third_country: thirdCountry,
      // Our own machines are no importer.
      mechanism: mechanism === 'none_self' ? undefined : mechanism,
      mechanism_ref: declared?.reference,
      checked_on: declared?.checked,
      fallback: declared?.fallback,
      tia_ref: deployment.contract?.tia ?? undefined,
      gaps: gaps.length === 0 ? undefined : gaps
    }
  }
}

/** Each deployment that was ruled out with its first reason. Undefined when there is none. */
export function passedOverFields(passedOver: readonly PassedOver[]): Admitted['passed_over'] {
  if (passedOver.length === 0) return undefined
  return passedOver.slice(0, MAX_LISTED).map(({ candidate, decision, unavailable, error }) => {
    const first = decision.reasons[0]
    return {
      deployment: candidate.provider.deployment.id,
      reason: first?.code ?? unavailable ?? codeOf(error).toLowerCase(),
      rule: first?.rule
    }
  })
}

function causeOf({ attempt, outcome }: NonNullable<Attempt['after']>, to: Deployment) {
  const from = attempt.candidate.provider.deployment
  return {
    reason: from === to ? 'retry' : 'fallback',
    after_attempt: attempt.number,
    fallback_from: from === to ? undefined : from.id,
    error_code: outcome.error === undefined ? undefined : codeOf(outcome.error)
  } as const
}

function storageOf({ retentionDays }: Deployment) {
  if (retentionDays === null) return { mode: 'unknown' } as const
  return retentionDays === 0
    ? ({ mode: 'zero_retention' } as const)
    : ({ mode: 'limited', days: retentionDays } as const)
}
