import { canonicalHash } from './core/canonical-json.ts'
import type { SpecialCategory } from './core/special-categories.ts'
import { compileRules, type ResidencyRules } from './residency/rules.ts'
import { byType, type FieldDecisions, FieldRules } from './policy/field-rules.ts'
import { ANSWER_OPERATORS, type AnswerOperator, OPERATORS, type Operator } from './policy/field-schema.ts'
import type { FlagAction, OpaqueKind, PolicyFile, Scope } from './policy-schema.ts'

/** One immutable policy. A request takes one snapshot at its beginning and is decided by it to its end. */
export interface Policy {
  readonly id: string
  readonly version: number
  /** `sha256:…` of the canonical JSON (RFC 8785) of the file with its defaults; stands on every record. */
  readonly hash: string
  readonly scope: Scope
  /** True: missing parts of an app's purpose record and of a provider's papers refuse a request. */
  readonly strict: boolean
  /** True: the model is told, where the first pseudonym stands, to repeat them as they are. */
  readonly instructs: boolean
  /** How many UTF-16 code units of a streamed answer may be held back to see a finding whole. */
  readonly answerLookBackChars: number
  /** False: fields that make the provider run tools of further parties refuse the request. */
  readonly allowsProviderTools: boolean
  /** True when any entity type has an operator other than keep: content that can't be read is then a risk. */
  readonly masksAnything: boolean
  /** What happens to findings in requests of an endpoint. Where no rule speaks of fields it costs a look-up. */
  request(endpoint: string): FieldDecisions<Operator>
  /** What happens to findings in answers that the request did not issue. */
  answer(endpoint: string): FieldDecisions<AnswerOperator>
  /** The operator for this entity type wherever no rule of `fields` says more. */
  operatorFor(type: string): Operator
  /** Findings of this entity type below this score (0–1) do not count, unless `fields` says more. */
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
  const operators = byType<Operator>(file.operators, 'pseudonymize')
  const thresholds = byType(file.thresholds, 0.5)
  const answerOperators = byType<AnswerOperator>({}, file.answers.operator)
  const request = new FieldRules(file.fields, 'request', OPERATORS, operators, thresholds, 'operators')
  const answer = new FieldRules(
    file.fields,
    'answer',
    ANSWER_OPERATORS,
    answerOperators,
    thresholds,
    'answers.operator'
  )
  const flags = new Map(Object.entries(file.flags))
  const opaque = new Map(Object.entries(file.opaque))
  const inRequests = file.fields.filter(({ direction }) => direction === 'request')
  const masksAnything = [operators.of('default'), ...Object.values(file.operators)]
    .concat(inRequests.flatMap(rule => Object.values(rule.operators ?? {})))
    .some(operator => operator !== 'keep')
  return Object.freeze({
    id: file.id,
    version: file.version,
    hash: canonicalHash(file),
    scope: file.scope,
    strict: file.strict,
    instructs: file.instruction,
    answerLookBackChars: file.answers.lookBackChars,
    allowsProviderTools: file.providerTools === 'allow',
    masksAnything,
    request: (endpoint: string) => request.at(endpoint),
    answer: (endpoint: string) => answer.at(endpoint),
    operatorFor: operators.of,
    thresholdFor: thresholds.of,
    flagAction: (flag: SpecialCategory) => flags.get(flag) ?? flags.get('default') ?? 'allow',
    allowsOpaque: (kind: OpaqueKind) => !masksAnything || opaque.get(kind) === 'allow',
    residency: compileRules({
      residency: file.residency,
      strict: file.strict,
      allowedPlaces: file.places?.allowed
    })
  })
}
