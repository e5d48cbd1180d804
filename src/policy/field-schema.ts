import { Type, type Static } from 'typebox'
import { LEAF_KINDS } from '../core/leaf.ts'

/** The shape of `fields` in a policy file: operators and thresholds for some endpoints, fields and kinds of text. */

/** What may happen to a finding of a request. */
export const OPERATORS = [
  'pseudonymize',
  'surrogate',
  'generalize',
  'mask',
  'redact',
  'block',
  'keep'
] as const
/** What may happen to personal data that the model itself made up or remembered. */
export const ANSWER_OPERATORS = ['keep', 'mask', 'block'] as const
export const DIRECTIONS = ['request', 'answer'] as const

export type Operator = (typeof OPERATORS)[number]
export type AnswerOperator = (typeof ANSWER_OPERATORS)[number]
export type Direction = (typeof DIRECTIONS)[number]

/** Entity types as recognizers name them (core/finding.ts), or `default` for all that are not named. */
export const typeKey = Type.String({ pattern: '^(default|(?=.{1,24}$)[A-Z]+(_[A-Z]+)*)$' })

export const OPERATORS_RULE = '"default" or an entity type such as EMAIL or DE_TAX_ID, each with an operator'

export const operatorsSchema = Type.Record(
  Type.String(),
  Type.Enum([...OPERATORS], { description: OPERATORS.join(', ') }),
  { propertyNames: typeKey, description: OPERATORS_RULE }
)

export const thresholdsSchema = Type.Record(
  Type.String(),
  Type.Number({ minimum: 0, maximum: 1, description: 'a number from 0 to 1' }),
  {
    propertyNames: typeKey,
    description: '"default" or an entity type such as EMAIL or DE_TAX_ID, each with a number from 0 to 1'
  }
)

export const FieldRuleSchema = Type.Object(
  {
    endpoints: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
          description: 'the name of an endpoint in records, such as openai.chat_completions'
        }),
        { minItems: 1, maxItems: 100, description: 'a list of endpoints' }
      )
    ),
    direction: Type.Enum([...DIRECTIONS], { default: 'request', description: DIRECTIONS.join(' or ') }),
    fields: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^(?=.{1,200}$)([A-Za-z0-9_$-]+|\\*)(\\[\\])*(\\.([A-Za-z0-9_$-]+|\\*)(\\[\\])*)*$',
          description:
            'a field as GET /v1/coverage names it, such as messages[].content; it stands for all below it, * for any key'
        }),
        { minItems: 1, maxItems: 100, description: 'a list of fields' }
      )
    ),
    kinds: Type.Optional(
      Type.Array(Type.Enum([...LEAF_KINDS], { description: LEAF_KINDS.join(', ') }), {
        minItems: 1,
        maxItems: LEAF_KINDS.length,
        description: `a list of ${LEAF_KINDS.join(', ')}`
      })
    ),
    operators: Type.Optional(operatorsSchema),
    thresholds: Type.Optional(thresholdsSchema)
  },
  {
    additionalProperties: false,
    description: 'a map with the keys endpoints, direction, fields, kinds, operators, thresholds'
  }
)

export type FieldRuleFile = Static<typeof FieldRuleSchema>
