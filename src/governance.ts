import type { App, Registry } from './apps/registry.ts'
import { type Analyzer, buildAnalyzer } from './filters/analyzer.ts'
import type { CustomDetection } from './filters/rules/custom.ts'
import { type Comparable, compare } from './policy/compare.ts'
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
  /** In force before the last reloads, newest first. */
  readonly earlier: readonly Ruleset[]
  /**
   * What decides a conversation that began under another ruleset: that one, while it is nowhere freer than what is in force.
   * So what is tightened counts at once, and what is loosened for conversations that begin after it.
   * @param chosen what decides conversations that begin now
   * @param isNamed whether the conversation names this ruleset
   */
  keptFor(chosen: Ruleset, isNamed: (ruleset: Ruleset) => boolean): Ruleset
}

/** Rulesets that are kept for running conversations: so many, because each may hold detectors and lists of its own. */
const MAX_EARLIER = 4

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

/**
 * @param before what it takes the place of
 * @throws TypeError when an app is bound to a policy that is not there; config.ts checks that before
 */
export function createGovernance(
  registry: Registry,
  rulesets: readonly [Ruleset, ...Ruleset[]],
  before?: Governance
): Governance {
  const byId = new Map(rulesets.map(ruleset => [ruleset.policy.id, ruleset]))
  for (const { id, policyId } of registry.apps)
    if (policyId !== null && !byId.has(policyId)) throw new TypeError(`app ${id} names an unknown policy`)
  const earlier = [...(before?.rulesets ?? []), ...(before?.earlier ?? [])]
    .filter(one => !rulesets.some(ruleset => isSame(ruleset, one)))
    .slice(0, MAX_EARLIER)
  const isTighter = tighter()
  return Object.freeze({
    registry,
    rulesets,
    earlier,
    keptFor: (chosen: Ruleset, isNamed: (ruleset: Ruleset) => boolean) => {
      const named = [...rulesets, ...earlier].find(isNamed)
      return named !== undefined && isTighter(named, chosen) ? named : chosen
    },
    ruleset: (policyId: string) => byId.get(policyId),
    rulesetOf: (app: App) => byId.get(app.policyId ?? '') ?? rulesets[0]
  })
}

function isSame(a: Ruleset, b: Ruleset): boolean {
  return a.policy.hash === b.policy.hash && a.detection.digest === b.detection.digest
}

/** Whether going from one ruleset to the other loosens something and tightens nothing. Each pair is compared once. */
function tighter(): (one: Ruleset, other: Ruleset) => boolean {
  const known = new Map<Ruleset, Map<Ruleset, boolean>>()
  return (one, other) => {
    const of = known.get(one) ?? new Map<Ruleset, boolean>()
    known.set(one, of)
    const result = of.get(other) ?? compare(comparable(one), comparable(other)).direction === 'loosened'
    of.set(other, result)
    return result
  }
}

/** As `compare` takes it. */
export function comparable({ file, detection }: Ruleset): Comparable {
  return { file, digest: detection.digest }
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
