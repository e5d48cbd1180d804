import { errors } from '../errors.ts'
import type { Health, Place, Unavailable } from '../providers/health.ts'
import type { RetryBudget } from '../providers/retry-budget.ts'
import type { Candidate } from '../providers/router.ts'
import type { Decision } from '../residency/decision.ts'
import { attemptResult, mayTryElsewhere, type Outcome } from './outcome.ts'

/** A decision on one hop, by which records and the caller name it. */
export interface HopDecision extends Decision {
  /** UUIDv7. */
  readonly id: string
}

/** A deployment that was not taken, and what ruled it out; ids and codes only. */
export interface PassedOver {
  readonly candidate: Candidate
  readonly decision: HopDecision
  readonly unavailable?: Unavailable
  readonly error?: Error
}

/** One attempt: decided, not yet admitted. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number
  readonly candidate: Candidate
  readonly decision: HopDecision
  readonly credential: Readonly<Record<string, string>>
  /** Taken at the deployment. */
  readonly place: Place
  /** Deployments that were ruled out since the attempt before. */
  readonly passedOver: readonly PassedOver[]
  /** What made it necessary; null for the first. */
  readonly after: { readonly attempt: Attempt; readonly outcome: Outcome } | null
}

/** What the loop is made of; the pipeline gives it, and simulations. */
export interface HopSteps {
  /** @throws errors.CredentialMissing, CredentialUnavailable */
  credential(candidate: Candidate): Promise<Readonly<Record<string, string>>>
  decide(candidate: Candidate): HopDecision
  /** Resolves when the admission is durable. */
  admit(attempt: Attempt): Promise<void>
  send(attempt: Attempt): Promise<Outcome>
  /** @param rest what was ruled out after it when no further attempt follows; null when one follows */
  ended(attempt: Attempt, outcome: Outcome, rest: readonly PassedOver[] | null): void
}

export interface HopLimits {
  readonly maxAttempts: number
}

export interface HopsResult {
  /** Null when nothing could be tried. */
  readonly last: { readonly attempt: Attempt; readonly outcome: Outcome } | null
  /** Everything that was ruled out, in order. */
  readonly passedOver: readonly PassedOver[]
}

/**
 * Tries candidates in their order until one answers. For every hop: decided on this request, this deployment and this day;
 * admitted durably; then sent. A further attempt is made only while the client has got nothing, within the budget of
 * retries, and to the same deployment only if nothing of the request reached it.
 * @throws what `admit` throws: nothing was sent then
 */
export async function runHops(
  candidates: readonly Candidate[],
  steps: HopSteps,
  health: Health,
  budget: RetryBudget,
  { maxAttempts }: HopLimits
): Promise<HopsResult> {
  const queue = [...candidates]
  const passedOver: PassedOver[] = []
  const paused = new Set<Candidate>()
  const next = async (number: number, after: Attempt['after']): Promise<Attempt | null> => {
    const from = passedOver.length
    for (let candidate = queue.shift(); candidate !== undefined; candidate = queue.shift()) {
      const tried = await tryCandidate(candidate, steps, health, paused.has(candidate))
      const { decision, taken, unavailable } = tried
      if (taken !== undefined)
        return { number, candidate, ...taken, decision, passedOver: passedOver.slice(from), after }
      // A provider that asked for a pause is tried last: its own answer tells the caller more than one of ours.
      if (unavailable === 'rate_limited' && number === 1) {
        paused.add(candidate)
        queue.push(candidate)
      } else passedOver.push({ candidate, ...tried })
    }
    return null
  }

  budget.earn()
  let last: HopsResult['last'] = null
  let attempt = await next(1, null)
  while (attempt !== null) {
    const outcome = await runAttempt(attempt, steps)
    last = { attempt, outcome }
    const from = passedOver.length
    let following: Attempt | null = null
    if (mayTryElsewhere(outcome) && attempt.number < maxAttempts) {
      if (outcome.error instanceof errors.UpstreamConnect && last.attempt.after === null)
        queue.push(attempt.candidate)
      following = await next(attempt.number + 1, last)
      if (following !== null && !budget.spend()) {
        following.place.released()
        following = null
      }
    }
    steps.ended(attempt, outcome, following === null ? passedOver.slice(from) : null)
    attempt = following
  }
  return { last, passedOver }
}

interface Tried {
  readonly decision: HopDecision
  /** Absent when it was ruled out. */
  readonly taken?: Pick<Attempt, 'credential' | 'place'>
  readonly unavailable?: Unavailable
  readonly error?: Error
}

/**
 * The decision comes last, so that nothing but the admission lies between it and the first byte.
 * @param waiting true: also while the provider asks for a pause
 */
async function tryCandidate(
  candidate: Candidate,
  steps: HopSteps,
  health: Health,
  waiting: boolean
): Promise<Tried> {
  let credential: Readonly<Record<string, string>> | undefined
  let error: Error | undefined
  try {
    credential = await steps.credential(candidate)
  } catch (caught) {
    error = caught instanceof Error ? caught : new errors.Internal()
  }
  const decision = steps.decide(candidate)
  // Without a key it may still be refused for its place: that is what the caller should hear.
  if (!decision.allowed) return { decision }
  if (credential === undefined) return { decision, error: error ?? new errors.Internal() }
  const place = health.of(candidate.provider.deployment).claim(waiting)
  return typeof place === 'string'
    ? { decision, unavailable: place }
    : { decision, taken: { credential, place } }
}

async function runAttempt(attempt: Attempt, steps: HopSteps): Promise<Outcome> {
  try {
    await steps.admit(attempt)
    const outcome = await steps.send(attempt)
    attempt.place.ended(attemptResult(outcome))
    return outcome
  } catch (error) {
    attempt.place.ended({ ok: true, aborted: true, headers: new Map() })
    throw error
  }
}
