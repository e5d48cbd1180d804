import { canonicalHash } from './core/canonical-json.ts'
import type { SpecialCategory } from './core/special-categories.ts'
import { compileRules, type ResidencyRules } from './residency/rules.ts'
import type { AnswerOperator, FlagAction, OpaqueKind, Operator, PolicyFile, Scope } from './policy-schema.ts'

/** One immutable policy. A request takes one snapshot at its beginning and is decided by it to its end. */
export interface Policy {
  readonly id: string
  readonly version: number
  /** `sha256:…` of the canonical JSON (RFC 8785) of the file with its defaults; stands on every record. */
  readonly hash: string
  readonly scope: Scope
  /** What happens to findings in answers that the request did not issue. */
  readonly answerOperator: AnswerOperator
  /** How many UTF-16 code units of a streamed answer may be held back to see a finding whole. */
  readonly answerLookBackChars: number
  /** False: fields that make the provider run tools of further parties refuse the request. */
  readonly allowsProviderTools: boolean
  /** True when any entity type has an operator other than keep: content that can't be read is then a risk. */
  readonly masksAnything: boolean
  /** The operator for findings of this entity type in requests. */
  operatorFor(type: string): Operator
  /** Findings of this entity type below this score (0–1) do not count. */
  thresholdFor(type: string): number
  /** What happens to a request that probably holds this special category of personal data. */
  flagAction(flag: SpecialCategory): FlagAction
  /** May a part that can't be read be sent on? Always when the policy masks nothing. */
  allowsOpaque(kind: OpaqueKind): boolean
  /** Which deployments may receive which requests: `Residency.decide` takes them. */
  readonly residency: ResidencyRules
}

/**
 * Makes the snapshot of a checked policy file (config.ts checks it). Pure; later changes of `file` have no effect.
 * Look-ups are maps, because entity types from outside must not reach object prototypes.
 */
export function createPolicy(file: PolicyFile): Policy {
  const operators = new Map(Object.entries(file.operators))
  const thresholds = new Map(Object.entries(file.thresholds))
  const flags = new Map(Object.entries(file.flags))
  const opaque = new Map(Object.entries(file.opaque))
  const defaultOperator = operators.get('default') ?? 'pseudonymize'
  const defaultThreshold = thresholds.get('default') ?? 0.5
  operators.delete('default')
  thresholds.delete('default')
  const masksAnything = [defaultOperator, ...operators.values()].some(operator => operator !== 'keep')
  return Object.freeze({
    id: file.id,
    version: file.version,
    hash: canonicalHash(file),
    scope: file.scope,
    answerOperator: file.answers.operator,
    answerLookBackChars: file.answers.lookBackChars,
    allowsProviderTools: file.providerTools === 'allow',
    masksAnything,
    operatorFor: (type: string) => operators.get(type) ?? defaultOperator,
    thresholdFor: (type: string) => thresholds.get(type) ?? defaultThreshold,
    flagAction: (flag: SpecialCategory) => flags.get(flag) ?? flags.get('default') ?? 'allow',
    allowsOpaque: (kind: OpaqueKind) => !masksAnything || opaque.get(kind) === 'allow',
    residency: compileRules({
      residency: file.residency,
      strict: file.strict,
      allowedPlaces: file.places?.allowed
    })
  })
}
