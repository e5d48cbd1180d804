import type { App, Registry } from './apps/registry.ts'
import { type Analyzer, buildAnalyzer } from './filters/analyzer.ts'
import type { CustomDetection } from './filters/rules/custom.ts'
import { createPolicy, type Policy } from './policy.ts'
import type { PolicyFile } from './policy-schema.ts'

/** A policy with the detectors it asks for. Immutable: a request is decided by one of them from beginning to end. */
export interface Ruleset {
  readonly policy: Policy
  /** The file it was made of, to compare the next one with. */
  readonly file: PolicyFile
  readonly detection: CustomDetection
  readonly analyzer: Analyzer
}

/** Who may call and what governs them: replaced as a whole by a reload, never changed. */
export interface Governance {
  readonly registry: Registry
  /** In the order of the config; the first is that of apps that name none. */
  readonly rulesets: readonly [Ruleset, ...Ruleset[]]
  ruleset(policyId: string): Ruleset | undefined
  /** The policy that the app is bound to. */
  rulesetOf(app: App): Ruleset
}

/** Who calls, and what governs the request to its end, whatever is reloaded meanwhile. */
export interface Caller {
  readonly app: App
  /** Id of the key that was used; null for callers of this machine when no apps are configured. */
  readonly keyId: string | null
  /** Lower-case names; attacker-controlled. Without any key of an app: none of them ever reaches a provider. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly governance: Governance
}

/** A policy file as `config.ts` reads it. */
export interface PolicySource {
  readonly policy: PolicyFile
  readonly detection: CustomDetection
}

/** @throws TypeError when an app is bound to a policy that is not there; config.ts checks that before */
export function createGovernance(registry: Registry, rulesets: readonly [Ruleset, ...Ruleset[]]): Governance {
  const byId = new Map(rulesets.map(ruleset => [ruleset.policy.id, ruleset]))
  for (const { id, policyId } of registry.apps)
    if (policyId !== null && !byId.has(policyId)) throw new TypeError(`app ${id} names an unknown policy`)
  return Object.freeze({
    registry,
    rulesets,
    ruleset: (policyId: string) => byId.get(policyId),
    rulesetOf: (app: App) => byId.get(app.policyId ?? '') ?? rulesets[0]
  })
}

/**
 * Makes a ruleset of each file. Building detectors takes most of a second, so those in force are kept where nothing
 * about detection changed, and policies that look for the same share them.
 * @param before rulesets in force
 */
export function createRulesets(
  sources: readonly [PolicySource, ...PolicySource[]],
  before: readonly Ruleset[] = []
): [Ruleset, ...Ruleset[]] {
  const analyzers = new Map(before.map(({ detection, analyzer }) => [detection.digest, analyzer]))
  const build = ({ policy: file, detection }: PolicySource): Ruleset => {
    const analyzer = analyzers.get(detection.digest) ?? buildAnalyzer({ custom: detection })
    analyzers.set(detection.digest, analyzer)
    return Object.freeze({ policy: createPolicy(file), file, detection, analyzer })
  }
  const [first, ...more] = sources
  return [build(first), ...more.map(build)]
}
