import { errors } from '../errors.ts'
import type { Policy } from '../policy.ts'
import type { CallerHeaders } from '../providers/credentials.ts'
import { contradicts, type Observed } from '../providers/evidence.ts'
import type { Health } from '../providers/health.ts'
import type { RetryBudget } from '../providers/retry-budget.ts'
import type { Candidate, Router } from '../providers/router.ts'
import type { Residency } from '../residency/decision.ts'
import type { RequestFacts } from '../residency/facts.ts'
import { reasonsText, wayOut } from '../residency/way-out.ts'
import { type Attempt, type HopDecision, type HopSteps, type PassedOver, runHops } from './hops.ts'
import type { Outcome } from './outcome.ts'
import type { Versions } from './versions.ts'

/** What decides where a request goes. */
export interface DispatchDeps {
  readonly router: Router
  readonly residency: Residency
  readonly health: Health
  readonly retries: RetryBudget
  readonly routing: { readonly maxAttempts: number; readonly slowFactor: number }
  readonly clock: { now(): number }
  readonly newId: () => string
  /** An answer proved another place than its deployment declares. */
  readonly onContradiction: (attempt: Attempt, observed: Observed) => void
}

/** Records and sends one attempt. */
export interface AttemptSteps extends Pick<HopSteps, 'admit' | 'ended'> {
  /** @param onObserved the answer shows where it was made; it may say so more than once */
  send(attempt: Attempt, onObserved: (observed: Observed) => void): Promise<Outcome>
}

export interface Dispatch {
  readonly candidates: readonly Candidate[]
  readonly versions: Versions
  readonly policy: Policy
  readonly headers: CallerHeaders
  readonly steps: AttemptSteps
  /** Nothing may or can receive the request. */
  readonly ruledOut: (passedOver: readonly PassedOver[], decisionId: string) => void
}

/**
 * Sends a request to the first candidate that may have it and answers.
 * @returns how the last attempt ended, and how many there were
 * @throws errors.PlaceRefused, DeploymentsUnavailable, CredentialMissing, CredentialUnavailable when there was none;
 * errors.RecordFailed
 */
export async function dispatch(
  deps: DispatchDeps,
  { candidates, versions, policy, headers, steps, ruledOut }: Dispatch
): Promise<{ readonly outcome: Outcome; readonly attempts: number }> {
  const { residency, health, clock } = deps
  const { last, passedOver } = await runHops(
    candidates,
    {
      ...steps,
      credential: async ({ provider }) => {
        await versions.prepare(provider.deployment.id)
        return provider.credential.headers(headers)
      },
      decide: ({ provider: { deployment } }): HopDecision => {
        const contradicted = health.of(deployment).contradicted
        const { facts } = versions.of(deployment.id)
        const decision = residency.decide(policy.residency, facts, deployment, clock.now(), contradicted)
        return { ...decision, id: deps.newId() }
      },
      send: attempt => steps.send(attempt, observed => noteEvidence(deps, attempt, observed))
    },
    health,
    deps.retries,
    { maxAttempts: sdkRetries(headers) > 0 ? 1 : deps.routing.maxAttempts }
  )
  if (last !== null) return { outcome: last.outcome, attempts: last.attempt.number }
  const id = passedOver[0]?.decision.id ?? deps.newId()
  ruledOut(passedOver, id)
  throw Object.assign(refusalOf(deps, policy, versions.first.facts, candidates, passedOver), {
    decisionId: id
  })
}

/**
 * The order of the candidates of an SDK's own retry: SDKs repeat on their own, so the gateway makes one attempt then, and
 * not where the one before failed.
 */
export function rotateForRetry(candidates: readonly Candidate[], headers: CallerHeaders): Candidate[] {
  const by = candidates.length === 0 ? 0 : sdkRetries(headers) % candidates.length
  return [...candidates.slice(by), ...candidates.slice(0, by)]
}

/** `x-stainless-retry-count` of OpenAI's and Anthropic's SDKs; attacker-controlled. */
function sdkRetries(headers: CallerHeaders): number {
  const count = headers['x-stainless-retry-count']
  return typeof count === 'string' && /^\d{1,3}$/.test(count) ? Number(count) : 0
}

/** Counts from the moment it is seen: a stream that shows it may last minutes, and requests beside it must not follow. */
function noteEvidence(deps: DispatchDeps, attempt: Attempt, observed: Observed): void {
  const { deployment } = attempt.candidate.provider
  if (!contradicts(observed, deployment.places)) return
  const health = deps.health.of(deployment)
  if (health.contradicted) return
  health.markContradicted()
  deps.onContradiction(attempt, observed)
}

/** What the caller is told: a busy deployment before a missing key before places, for that is what may be mended. */
function refusalOf(
  { residency, router, clock }: DispatchDeps,
  policy: Policy,
  facts: RequestFacts,
  candidates: readonly Candidate[],
  passedOver: readonly PassedOver[]
): Error {
  const unavailable = passedOver.filter(one => one.unavailable !== undefined)
  if (unavailable.length > 0) {
    const names = unavailable.map(one => `${one.candidate.provider.deployment.id}: ${one.unavailable}`)
    return new errors.DeploymentsUnavailable(names.slice(0, 4).join(', '))
  }
  const failed = passedOver.find(one => one.error !== undefined)
  if (failed?.error !== undefined) return failed.error
  const refusals = passedOver.map(({ candidate, decision }) => ({
    deployment: candidate.provider.deployment,
    decision
  }))
  const own = new Set(candidates.map(({ provider }) => provider.deployment))
  const others = router
    .listModels()
    .flatMap(({ id, deployments }) => deployments.map(deployment => ({ deployment, model: id })))
    .filter(({ deployment }) => !own.has(deployment))
  const way = wayOut(residency, policy.residency, facts, refusals, others, clock.now())
  return new errors.PlaceRefused(reasonsText(refusals), way)
}
