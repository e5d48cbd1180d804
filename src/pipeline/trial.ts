import type { HmacKey } from '../core/hmac.ts'
import type { FindingCount } from '../audit/event/schema.ts'
import type { Endpoint } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import { DetectorSet } from '../filters/detectors/set.ts'
import type { Caller, Ruleset } from '../governance.ts'
import type { Policy } from '../policy.ts'
import type { Health } from '../providers/health.ts'
import type { Router } from '../providers/router.ts'
import type { Residency } from '../residency/decision.ts'
import type { RequestFacts } from '../residency/facts.ts'
import { noReplays } from './answer-memory.ts'
import { candidatesFor, reroutedTo } from './candidates.ts'
import { refuseFlagged } from './outbound.ts'
import { replaceIn } from './replace.ts'
import type { FileLimits } from './upload.ts'
import { type ReadRequest, refuseUnreadable, type RequestBody } from './read-request.ts'
import { residencyFacts } from './residency-facts.ts'
import { codeOf, findingOf } from './record-fields.ts'

/** The ruleset that decides a request, and one that only watches it. */
export interface Chosen {
  readonly ruleset: Ruleset
  readonly watching: Ruleset | null
}

/** What the watching policy would have done. */
export interface Watched {
  readonly policyId: string
  readonly would: 'allow' | 'allow_masked' | 'block'
  /** Why it would have refused, such as `policy_blocked`. */
  readonly reason: string | undefined
  readonly findings: readonly FindingCount[]
}

/** What tells whether a watching policy would let the request go anywhere. */
export interface WatchDeps {
  readonly router: Router
  readonly residency: Residency
  readonly health: Health
  readonly clock: { now(): number }
  readonly limits: FileLimits
}

export interface TrialRequest {
  readonly caller: Caller
  /** Attacker-controlled; hashed only. */
  readonly conversation: string | undefined
  readonly endpoint: Endpoint
  readonly body: RequestBody
}

/** Detectors outside of this process cost money and time, and get text: what only watches does not ask them. */
const analyzerOnly = new DetectorSet([])
/** Types in the response header; the record has all. */
const MAX_SHOWN = 20

/**
 * The app's policy, or the one on trial for the share of conversations it is rolled out to. A conversation stays on its side
 * as long as the share does not shrink: its place is a keyed hash of what it is known by.
 */
export function chooseRuleset(
  { caller, conversation }: TrialRequest,
  { facts }: ReadRequest,
  secret: HmacKey
): Chosen {
  const { governance, app } = caller
  const ruleset = governance.rulesetOf(app)
  const trial = app.trial === null ? undefined : governance.ruleset(app.trial.policyId)
  if (app.trial === null || trial === undefined) return { ruleset, watching: null }
  const known =
    conversation ?? `${facts.beginning.map(part => part.length).join()}\0${facts.beginning.join('')}`
  const place = secret.hex(`trial\0${app.id}\0${trial.policy.id}\0${conversation === undefined}\0${known}`)
  const isIn = Number.parseInt(place.slice(0, 8), 16) / 2 ** 32 < app.trial.share
  return isIn ? { ruleset: trial, watching: null } : { ruleset, watching: trial }
}

/**
 * Looks at a request as the policy on trial would decide it, with its own detection but without detectors outside of the
 * analyzer. Changes nothing, whatever goes wrong: a fault is what the policy would have refused.
 */
export async function watch(
  deps: WatchDeps,
  request: TrialRequest,
  { resent, ...walked }: ReadRequest,
  { policy, analyzer }: Ruleset
): Promise<Watched> {
  const read = resent?.whole() ?? walked
  const rules = policy.request(request.endpoint.api)
  const watched = { policyId: policy.id }
  let findings: readonly FindingCount[] = []
  try {
    if (policy.strict && request.caller.app.gaps.length > 0) throw new errors.PurposeIncomplete('')
    refuseUnreadable(read.facts, policy)
    const detection = {
      analyzer,
      detectors: analyzerOnly,
      consult: () => Promise.reject(new errors.Internal()),
      conversation: [],
      replays: noReplays
    }
    const scope = { kind: 'request', key: () => Buffer.alloc(32), known: [], replays: noReplays } as const
    const { endpoint, body } = request
    const context = {
      endpoint,
      body,
      policy,
      detection,
      scope,
      limits: deps.limits,
      isWanted: () => true,
      spools: null
    }
    const { scanned, outbound } = await replaceIn(read, context, seen => {
      findings = seen.findings.flatMap((found, at) => {
        const leaf = read.walk.leaves[at]
        return leaf === undefined
          ? []
          : found.map(({ type }) => findingOf({ type, operator: rules.operatorFor(type, leaf), count: 1 }))
      })
      refuseFlagged(seen.flags, policy)
    })
    const { actions } = outbound
    if (!mayGoSomewhere(deps, request, read, policy, residencyFacts(request, read, scanned, outbound)))
      throw new errors.PlaceRefused('', '')
    const would = actions.length > 0 ? 'allow_masked' : 'allow'
    return { ...watched, would, reason: undefined, findings: actions.map(findingOf) }
  } catch (error) {
    const reason = codeOf(error).slice('SCHLEUSE_'.length).toLowerCase()
    return { ...watched, would: 'block', reason, findings: counted(findings) }
  }
}

/** Whether any deployment that serves the request may have it under this policy. */
function mayGoSomewhere(
  { router, residency, health, clock }: WatchDeps,
  { caller }: TrialRequest,
  { facts: { model } }: ReadRequest,
  policy: Policy,
  facts: RequestFacts
): boolean {
  // A request without a model goes where the stored object it names lies.
  if (model === null) return true
  const rerouted = policy.residency.reroute(facts)
  const candidates =
    rerouted === null ? candidatesFor(model, caller, null, router) : reroutedTo(rerouted.model, null, router)
  return candidates.some(({ provider: { deployment } }) => {
    const { contradicted } = health.of(deployment)
    return residency.decide(policy.residency, facts, deployment, clock.now(), contradicted).allowed
  })
}

function counted(findings: readonly FindingCount[]): FindingCount[] {
  const all = new Map<string, FindingCount>()
  for (const finding of findings) {
    const key = `${finding.class} ${finding.action}`
    all.set(key, { ...finding, count: (all.get(key)?.count ?? 0) + 1 })
  }
  return [...all.values()]
}

/** `policy=crm-next; would=block; reason=policy_blocked; findings=IBAN:blocked:2`: types and counts, no text. */
export function monitorHeader({ policyId, would, reason, findings }: Watched): string {
  const shown = findings
    .slice(0, MAX_SHOWN)
    .map(finding => `${finding.class}:${finding.action}:${finding.count}`)
  const parts = [`policy=${policyId}`, `would=${would}`]
  if (reason !== undefined) parts.push(`reason=${reason}`)
  if (shown.length > 0) parts.push(`findings=${shown.join(',')}`)
  return parts.join('; ')
}
