import { type Static, Type } from 'typebox'
import { MECHANISMS } from '../core/mechanisms.ts'
import { SPECIAL_CATEGORIES } from '../core/special-categories.ts'
import { PAYLOAD_STATES } from './facts.ts'

/** The shape of `residency` in a policy file. */

const closed = { additionalProperties: false } as const

const ruleId = Type.String({
  pattern: '^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'up to 40 characters of a-z, 0-9 and single hyphens between them'
})

/** Ids of apps, purposes and APIs. */
const ids = Type.Array(
  Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$', description: 'an id of a-z, 0-9 and . _ -' }),
  { minItems: 1, maxItems: 1000, description: 'a list of ids' }
)

/** Every place and token a rule may name; for messages. */
export const PLACE_TOKENS =
  'self, a country code of ISO 3166-1 alpha-2, EU, EEA, adequate (on the day of the request) or declared (anything but unknown)'

const places = Type.Array(
  Type.String({ pattern: '^(self|adequate|declared|EU|EEA|[A-Z]{2})$', description: PLACE_TOKENS }),
  { maxItems: 300, description: 'a list of places' }
)

const types = Type.Array(
  Type.String({
    pattern: '^(secrets|(?=.{1,24}$)[A-Z]+(_[A-Z]+)*)$',
    description: 'an entity type such as EMAIL, or secrets for all credentials'
  }),
  { minItems: 1, maxItems: 500, description: 'a list of entity types' }
)

/** All that are given must be met; within a list one suffices. */
const when = Type.Object(
  {
    apps: Type.Optional(ids),
    purposes: Type.Optional(ids),
    endpoints: Type.Optional(ids),
    payload: Type.Optional(
      Type.Array(Type.Enum([...PAYLOAD_STATES], { description: PAYLOAD_STATES.join(', ') }), {
        minItems: 1,
        maxItems: PAYLOAD_STATES.length,
        description: `a list of ${PAYLOAD_STATES.join(', ')}`
      })
    ),
    types: Type.Optional(types),
    clearTypes: Type.Optional(types),
    flags: Type.Optional(
      Type.Array(
        Type.Enum(['any', ...SPECIAL_CATEGORIES], {
          description: `any, ${SPECIAL_CATEGORIES.join(', ')}`
        }),
        { minItems: 1, maxItems: 20, description: 'a list of special categories, or any' }
      )
    )
  },
  {
    ...closed,
    default: {},
    description: 'a map with the keys apps, purposes, endpoints, payload, types, clearTypes, flags'
  }
)

const requirement = Type.Object(
  {
    places: Type.Optional(places),
    mechanisms: Type.Optional(
      Type.Array(Type.Enum([...MECHANISMS], { description: MECHANISMS.join(', ') }), {
        minItems: 1,
        maxItems: MECHANISMS.length,
        description: 'a list of transfer mechanisms'
      })
    ),
    maxRetentionDays: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 36_500, description: 'an integer from 0 to 36500' })
    ),
    training: Type.Optional(Type.Literal(false, { description: 'false: the provider must not train on it' })),
    contract: Type.Optional(Type.Literal(true, { description: 'true' })),
    dpa: Type.Optional(Type.Literal(true, { description: 'true' }))
  },
  {
    ...closed,
    minProperties: 1,
    description:
      'a map with at least one of the keys places, mechanisms, maxRetentionDays, training, contract, dpa'
  }
)

const ruleKeys = 'id, when, and one of require and refuse'

export const ResidencyRuleSchema = Type.Object(
  {
    id: ruleId,
    when,
    require: Type.Optional(requirement),
    refuse: Type.Optional(Type.Literal(true, { description: 'true' }))
  },
  { ...closed, description: `a map with the keys ${ruleKeys}` }
)

const rerouteSchema = Type.Object(
  {
    id: ruleId,
    when,
    model: Type.String({
      pattern: '^[A-Za-z0-9._:/@-]{1,128}$',
      description: 'a model name of 1 to 128 characters of A-Z, a-z, 0-9 and . _ : / @ -'
    })
  },
  { ...closed, description: 'a map with the keys id, when, model' }
)

/**
 * The rules that hold unless a policy names its own: clear personal data and special categories stay in the EEA or on our
 * own machines, secrets never leave in clear, and nothing goes where nobody said where that is.
 */
export const DEFAULT_RULES = [
  { id: 'declared', when: {}, require: { places: ['declared'] } },
  { id: 'clear-in-eea', when: { payload: ['clear'] }, require: { places: ['EEA', 'self'] } },
  { id: 'special-in-eea', when: { flags: ['any'] }, require: { places: ['EEA', 'self'] } },
  { id: 'no-clear-secrets', when: { clearTypes: ['secrets'] }, refuse: true }
]

export const ResidencySchema = Type.Object(
  {
    contradiction: Type.Enum(['stop', 'record'], { default: 'stop', description: 'stop or record' }),
    rules: Type.Array(ResidencyRuleSchema, {
      maxItems: 200,
      default: DEFAULT_RULES,
      description: 'a list of up to 200 rules'
    }),
    reroute: Type.Array(rerouteSchema, {
      maxItems: 50,
      default: [],
      description: 'a list of up to 50 rules with a model'
    })
  },
  { ...closed, default: {}, description: 'a map with the keys contradiction, rules, reroute' }
)

export type ResidencyFile = Static<typeof ResidencySchema>
export type ResidencyRuleFile = Static<typeof ResidencyRuleSchema>
export type WhenFile = Static<typeof when>
export type RequirementFile = Static<typeof requirement>
