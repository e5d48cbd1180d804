import { Type, type Static } from 'typebox'
import { AppLimitsSchema } from '../limits/schema.ts'
import { PurposeSchema } from './purpose.ts'

/** The shape of one entry of `apps` in the gateway config. */

const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
})

const keyHash = Type.String({
  pattern: '^sha256:[0-9a-f]{64}$',
  description: 'sha256: and 64 hex digits, the SHA-256 of the app key'
})

const EITHER =
  'sha256: and 64 hex digits, the SHA-256 of the app key, or a map with the keys id, hash, expires'

/** One key of the config: its hash, or a map with its hash. */
export const KeySchema = Type.Union(
  [
    { ...keyHash, description: EITHER },
    Type.Object(
      {
        id: Type.Optional(id),
        hash: keyHash,
        expires: Type.Optional(
          Type.String({
            pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z)?$',
            description: 'a date such as 2027-06-30, or a time in UTC such as 2027-06-30T12:00Z'
          })
        )
      },
      { additionalProperties: false, description: 'a map with the keys id, hash, expires' }
    )
  ],
  { description: EITHER }
)

export const AppSchema = Type.Object(
  {
    id,
    keys: Type.Array(KeySchema, {
      default: [],
      maxItems: 100,
      description: 'a list of up to 100 key hashes'
    }),
    policy: Type.Optional(
      Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$', description: 'the id of a policy' })
    ),
    models: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^(\\*|[A-Za-z0-9@][A-Za-z0-9._:/@-]{0,127}\\*?)$',
          description: 'a model name, with * at its end to match all that begin so'
        }),
        { minItems: 1, maxItems: 1000, description: 'a list of 1 to 1000 model names' }
      )
    ),
    trial: Type.Optional(
      Type.Object(
        {
          policy: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$', description: 'the id of a policy' }),
          share: Type.Number({ default: 0, minimum: 0, maximum: 1, description: 'a number from 0 to 1' })
        },
        { additionalProperties: false, description: 'a map with the keys policy, share' }
      )
    ),
    limits: Type.Optional(AppLimitsSchema),
    purpose: Type.Optional(PurposeSchema)
  },
  {
    additionalProperties: false,
    description: 'a map with the keys id, keys, policy, trial, models, limits, purpose'
  }
)

export type AppConfig = Static<typeof AppSchema>
export type KeyConfig = Static<typeof KeySchema>
