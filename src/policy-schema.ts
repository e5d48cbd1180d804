import { Type, type Static } from 'typebox'
import { PLACE_RULE } from './core/places.ts'
import {
  ANSWER_OPERATORS,
  FieldRuleSchema,
  operatorsSchema,
  thresholdsSchema
} from './policy/field-schema.ts'
import { RuleSchema } from './policy-rule-schema.ts'
import { SPECIAL_CATEGORIES } from './core/special-categories.ts'
import { ResidencySchema } from './residency/rule-schema.ts'

/**
 * The shape of a policy file. Descriptions are what error messages say is allowed; defaults are the strict choice.
 * `src/policy.ts` turns a checked file into the immutable snapshot that requests use.
 */

/** Parts that can't be read as text. */
export const OPAQUE_KINDS = ['image', 'audio', 'file', 'tokens'] as const
/** What may happen to a request that probably holds a special category of personal data, Art. 9 and 10 GDPR. */
export const FLAG_ACTIONS = ['allow', 'block'] as const
/** How far a pseudonym stays the same. */
export const SCOPES = ['request', 'conversation'] as const

const closed = { additionalProperties: false } as const

const refuseOrAllow = Type.Enum(['refuse', 'allow'], { default: 'refuse', description: 'refuse or allow' })

/** Countries whose national identifiers may be looked for; for messages. */
export const COUNTRY_RULE = 'a country code of ISO 3166-1 alpha-2 in capitals (DE, US), EU or EEA'

const values = Type.Array(
  Type.String({ minLength: 1, maxLength: 256, description: 'a text of 1 to 256 characters' }),
  {
    maxItems: 10_000,
    default: [],
    description: 'a list of up to 10000 texts'
  }
)

export const PolicyFileSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
      description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
    }),
    version: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'an integer from 1 up' }),
    // bare places and companies say little of a person, and an answer without them makes little sense
    operators: {
      ...operatorsSchema,
      default: { default: 'pseudonymize', LOCATION: 'keep', ORGANIZATION: 'keep' }
    },
    thresholds: { ...thresholdsSchema, default: { default: 0.5 } },
    fields: Type.Array(FieldRuleSchema, {
      maxItems: 200,
      default: [],
      description: 'a list of up to 200 rules for fields'
    }),
    opaque: Type.Object(
      { image: refuseOrAllow, audio: refuseOrAllow, file: refuseOrAllow, tokens: refuseOrAllow },
      { ...closed, default: {}, description: 'a map with the keys image, audio, file, tokens' }
    ),
    countries: Type.Array(Type.String({ description: COUNTRY_RULE }), {
      maxItems: 300,
      default: ['DE', 'AT', 'CH', 'LI', 'EU'],
      description: 'a list of countries'
    }),
    rules: Type.Array(RuleSchema, { maxItems: 500, default: [], description: 'a list of up to 500 rules' }),
    allow: values,
    deny: values,
    flags: Type.Record(
      Type.String(),
      Type.Enum([...FLAG_ACTIONS], { description: FLAG_ACTIONS.join(' or ') }),
      {
        propertyNames: Type.Enum(['default', ...SPECIAL_CATEGORIES]),
        default: { default: 'allow' },
        description: `"default" or one of ${SPECIAL_CATEGORIES.join(', ')}, each with allow or block`
      }
    ),
    providerTools: refuseOrAllow,
    answers: Type.Object(
      {
        operator: Type.Enum([...ANSWER_OPERATORS], {
          default: 'keep',
          description: ANSWER_OPERATORS.join(', ')
        }),
        lookBackChars: Type.Integer({
          default: 256,
          minimum: 64,
          maximum: 4096,
          description: 'an integer from 64 to 4096'
        })
      },
      { ...closed, default: {}, description: 'a map with the keys operator, lookBackChars' }
    ),
    instruction: Type.Boolean({ default: false, description: 'true or false' }),
    scope: Type.Enum([...SCOPES], { default: 'conversation', description: SCOPES.join(' or ') }),
    strict: Type.Boolean({ default: false, description: 'true or false' }),
    places: Type.Optional(
      Type.Object(
        {
          allowed: Type.Array(Type.String({ description: PLACE_RULE }), {
            maxItems: 300,
            description: 'a list of places'
          })
        },
        { ...closed, description: 'a map with the key allowed: the places that may receive requests' }
      )
    ),
    residency: ResidencySchema
  },
  {
    ...closed,
    description:
      'a map with the keys id, version, operators, thresholds, fields, countries, rules, allow, deny, flags, opaque, providerTools, answers, instruction, scope, strict, places, residency'
  }
)

/** A checked policy file with its defaults filled in. */
export type PolicyFile = Static<typeof PolicyFileSchema>
export type OpaqueKind = (typeof OPAQUE_KINDS)[number]
export type FlagAction = (typeof FLAG_ACTIONS)[number]
export type Scope = (typeof SCOPES)[number]
