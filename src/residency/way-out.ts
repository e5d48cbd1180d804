import type { Decision, Residency } from './decision.ts'
import type { DeploymentFacts, RequestFacts } from './facts.ts'
import type { ResidencyRules } from './rules.ts'

/** A deployment and a model by which it can be asked for. */
export interface Choice {
  readonly deployment: DeploymentFacts
  /** A configured model name or pattern. */
  readonly model: string
}

export interface Refusal {
  readonly deployment: DeploymentFacts
  readonly decision: Decision
}

/** More than this helps nobody in an error message. */
const MAX_NAMED = 4

/** Why nothing may receive a request, in configured ids and codes: `openai: place_not_allowed (rule clear-in-eea)`. */
export function reasonsText(refusals: readonly Refusal[]): string {
  return listed(
    refusals.map(({ deployment, decision }) => {
      const codes = decision.reasons.map(({ rule, code }) => `${code} (rule ${rule})`)
      return `${deployment.id}: ${listed(codes, ', ')}`
    }),
    '; '
  )
}

/**
 * What would be allowed instead: the same deployments once nothing leaves in clear, and other configured models.
 * @param others deployments that do not serve the model asked for
 */
export function wayOut(
  residency: Residency,
  rules: ResidencyRules,
  request: RequestFacts,
  refusals: readonly Refusal[],
  others: readonly Choice[],
  nowMs: number
): string {
  const ways: string[] = []
  const masked: RequestFacts = { ...request, payload: 'pseudonymised', clearTypes: [] }
  const couldMask = refusals
    .map(({ deployment }) => deployment)
    .filter(deployment => residency.decide(rules, masked, deployment, nowMs, false).allowed)
  if (request.payload === 'clear' && couldMask.length > 0) {
    const types = listed(request.clearTypes, ', ')
    const what = types === '' ? 'without parts that can not be read' : `with ${types} pseudonymised by policy`
    ways.push(
      `this request ${what} at ${listed(
        couldMask.map(({ id }) => id),
        ', '
      )}`
    )
  }
  const open = others.filter(
    ({ deployment }) => residency.decide(rules, request, deployment, nowMs, false).allowed
  )
  if (open.length > 0) {
    const names = open.map(({ deployment, model }) => `${model} at ${deployment.id}`)
    ways.push(`the same request to ${listed(names, ', ')}`)
  }
  if (ways.length > 0) return ways.join(', or ')
  return 'nothing as configured; add a deployment in an allowed place, or change residency in the policy'
}

function listed(items: readonly string[], separator: string): string {
  const shown = items.slice(0, MAX_NAMED).join(separator)
  return items.length > MAX_NAMED ? `${shown} and ${items.length - MAX_NAMED} more` : shown
}
