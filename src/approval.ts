import { canonicalHash } from './core/canonical-json.ts'
import { errors } from './errors.ts'
import type { AppConfig } from './apps/schema.ts'
import type { App } from './apps/registry.ts'
import { comparable, type Governance, type Ruleset } from './governance.ts'
import { compare } from './policy/compare.ts'

/** Loosened policies wait for a second person, where the config asks for one. */

/** A change that waits. */
export interface Held {
  /** `sha256:…` of the policies and apps as they would be: what is approved is what was looked at. */
  readonly change: string
  /** Id of the operator key that asked for it; null while only a file has changed. */
  readonly requestedBy: string | null
}

/** What waits, and who may let it pass: an operator key other than the one that asked. */
export class Approvals {
  #held: Held | null = null

  get held(): Held | null {
    return this.#held
  }

  /** @returns whether this is news */
  hold(change: string, credentialId: string | null): boolean {
    const known = this.#held?.change === change ? this.#held : null
    const requestedBy = known?.requestedBy ?? credentialId
    this.#held = { change, requestedBy }
    return known === null || known.requestedBy !== requestedBy
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#held = null
  }

  /**
   * @returns the key that asked
   * @throws errors.ChangeNotHeld, ApproverNotAnother
   */
  admit(change: string, credentialId: string | null): string {
    if (this.#held?.change !== change) throw new errors.ChangeNotHeld()
    const { requestedBy } = this.#held
    if (requestedBy === null || credentialId === null || requestedBy === credentialId)
      throw new errors.ApproverNotAnother()
    return requestedBy
  }
}

/** Names what would be in force. */
export function changeOf(rulesets: readonly Ruleset[], apps: readonly AppConfig[]): string {
  const policies = rulesets.map(({ policy, detection }) => ({
    hash: policy.hash,
    detection: detection.digest
  }))
  return canonicalHash({ policies, apps })
}

/**
 * Whether any policy, or any app by the policy it is bound to or tries, is treated more freely than before. A change in both
 * directions is. A new app is held against the policy that apps without one have.
 */
export function loosens(before: Governance, after: Governance): boolean {
  const frees = (was: Ruleset, is: Ruleset): boolean => {
    const { direction } = compare(comparable(was), comparable(is))
    return direction === 'loosened' || direction === 'mixed'
  }
  const freesApp = (app: App): boolean => {
    const known = before.registry.app(app.id)
    const was = before.rulesetOf(known ?? before.registry.local)
    if (frees(was, after.rulesetOf(app))) return true
    const tried = deciding(app, after)
    if (tried === null || !frees(was, tried)) return false
    const triedBefore = known === undefined ? null : deciding(known, before)
    const isWider = (app.trial?.share ?? 0) > (known?.trial?.share ?? 0)
    return triedBefore === null || isWider || frees(triedBefore, tried)
  }
  const freesPolicy = (is: Ruleset): boolean => {
    const was = before.ruleset(is.policy.id)
    return was !== undefined && frees(was, is)
  }
  return after.rulesets.some(freesPolicy) || [...after.registry.apps, after.registry.local].some(freesApp)
}

/** The policy on trial, if it decides any conversation. */
function deciding({ trial }: App, governance: Governance): Ruleset | null {
  return trial === null || trial.share === 0 ? null : (governance.ruleset(trial.policyId) ?? null)
}
