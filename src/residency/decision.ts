import { contractOn, isOwn } from './contract.ts'
import type { Countries } from './countries.ts'
import type { DeploymentFacts, GapCode, ReasonCode, RequestFacts } from './facts.ts'
import { unmet } from './requirement.ts'
import type { ResidencyRule, ResidencyRules } from './rules.ts'
import { type Transfer, transferOf } from './transfer.ts'

/** One reason against a deployment: which rule it comes from and what is not met. */
export interface Reason {
  /** Id of the rule; `papers` for what strict asks, `evidence` for what an answer proved. */
  readonly rule: string
  readonly code: ReasonCode
}

export interface Decision {
  readonly allowed: boolean
  /** Why not; empty when allowed. */
  readonly reasons: readonly Reason[]
  /** Ids of the rules that speak of the request, in the order of the policy. */
  readonly rules: readonly string[]
  /** Papers that are missing although the deployment may be used. */
  readonly gaps: readonly GapCode[]
  readonly transfer: Transfer
}

/** What is known of a deployment under one set of rules on one day: all but what depends on the request. */
interface Prepared {
  readonly transfer: Transfer
  readonly gaps: readonly GapCode[]
  /** By rule, in their order: its reasons against the deployment; null when it is met. */
  readonly reasons: readonly (readonly Reason[] | null)[]
}

/** Deployments are configured, so there are few; a set of rules that lost its day starts anew. */
interface Day {
  /** Days since the epoch. */
  readonly number: number
  readonly day: string
  readonly prepared: Map<DeploymentFacts, Prepared>
}

const DAY_MS = 86_400_000
const none: readonly Reason[] = []

/**
 * Decides which deployment may receive which request. Pure: the same facts, rules and day give the same decision.
 *
 * What does not depend on the request is worked out once a day per deployment and set of rules, so that a decision costs
 * a look-up and the conditions of the rules (about a microsecond). It is taken again for every hop.
 */
export class Residency {
  readonly countries: Countries
  readonly #days = new WeakMap<ResidencyRules, Day>()

  constructor(countries: Countries) {
    this.countries = countries
  }

  /**
   * @param nowMs milliseconds since the epoch; the day is UTC
   * @param contradicted an answer of this deployment proved another place than it declares
   */
  decide(
    rules: ResidencyRules,
    request: RequestFacts,
    deployment: DeploymentFacts,
    nowMs: number,
    contradicted: boolean
  ): Decision {
    const prepared = this.#prepare(rules, deployment, nowMs)
    const applied: string[] = []
    let reasons = none
    for (let at = 0; at < rules.rules.length; at++) {
      const rule = rules.rules[at]
      if (rule === undefined || !rule.when(request)) continue
      applied.push(rule.id)
      const against = prepared.reasons[at] ?? null
      if (against !== null) reasons = [...reasons, ...against]
    }
    if (rules.strict) for (const code of prepared.gaps) reasons = [...reasons, { rule: 'papers', code }]
    if (contradicted && rules.stopsContradicted)
      reasons = [...reasons, { rule: 'evidence', code: 'place_contradicted' }]
    const { gaps, transfer } = prepared
    return { allowed: reasons.length === 0, reasons, rules: applied, gaps, transfer }
  }

  /** What is missing in the papers of a deployment, whatever the request. */
  gaps(rules: ResidencyRules, deployment: DeploymentFacts, nowMs: number): readonly GapCode[] {
    return this.#prepare(rules, deployment, nowMs).gaps
  }

  /** What a transfer to the deployment is in law today. */
  transfer(rules: ResidencyRules, deployment: DeploymentFacts, nowMs: number): Transfer {
    return this.#prepare(rules, deployment, nowMs).transfer
  }

  #prepare(rules: ResidencyRules, deployment: DeploymentFacts, nowMs: number): Prepared {
    const known = this.#days.get(rules)
    const number = Math.floor(nowMs / DAY_MS)
    const current = known !== undefined && known.number === number ? known : this.#newDay(rules, number)
    const before = current.prepared.get(deployment)
    if (before !== undefined) return before
    const prepared = prepare(rules.rules, deployment, this.countries, current.day)
    current.prepared.set(deployment, prepared)
    return prepared
  }

  #newDay(rules: ResidencyRules, number: number): Day {
    const day = { number, day: new Date(number * DAY_MS).toISOString().slice(0, 10), prepared: new Map() }
    this.#days.set(rules, day)
    return day
  }
}

function prepare(
  rules: readonly ResidencyRule[],
  deployment: DeploymentFacts,
  countries: Countries,
  day: string
): Prepared {
  const transfer = transferOf(deployment, countries, day)
  const subject = { deployment, transfer, countries, day }
  return {
    transfer,
    gaps: gapsOf(deployment, transfer, day),
    reasons: rules.map(({ id, require }) => {
      const codes = require === null ? (['refused'] as const) : unmet(require, subject)
      return codes.length === 0 ? null : codes.map(code => ({ rule: id, code }))
    })
  }
}

/** Art. 28(3) wants the contract, Art. 44–46 the ground of a transfer, and Art. 46 tools an assessment. */
function gapsOf(deployment: DeploymentFacts, { thirdCountry, mechanism }: Transfer, day: string): GapCode[] {
  if (isOwn(deployment)) return []
  const gaps: GapCode[] = []
  const contract = contractOn(deployment, day)
  if (contract === null) gaps.push('contract_missing')
  if ((contract?.dpa ?? null) === null) gaps.push('dpa_missing')
  if (thirdCountry && mechanism === 'unknown') gaps.push('mechanism_missing')
  else if (thirdCountry && NEEDS_TIA.test(mechanism) && (contract?.tia ?? null) === null)
    gaps.push('tia_missing')
  const isOverdue = (due: string | null | undefined): boolean => typeof due === 'string' && due < day
  if (isOverdue(contract?.reviewDue) || isOverdue(deployment.reviewDue)) gaps.push('review_overdue')
  return gaps
}

/** Tools of Art. 46: an adequacy decision and the derogations of Art. 49 need no assessment. */
const NEEDS_TIA = /^(?:scc_|bcr_|adhoc$|code_of_conduct$|certification$|sa_scc$)/
