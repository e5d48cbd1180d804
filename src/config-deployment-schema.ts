import { Type, type Static } from 'typebox'
import { MECHANISMS } from './core/mechanisms.ts'
import { DeclaredPlaces, IsoDate } from './providers/profile.ts'

/** The shape of `deployments` and `contracts` in the gateway config. */

const closed = { additionalProperties: false } as const

const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
})
const path = Type.String({ minLength: 1, maxLength: 4096, description: 'the path of a file' })

const MODEL = '[A-Za-z0-9@][A-Za-z0-9._:/@-]{0,127}'
export const ModelPatterns = Type.Array(
  Type.String({
    pattern: `^(\\*|${MODEL}\\*?)$`,
    description:
      'a model name of 1 to 128 characters of A-Z, a-z, 0-9 and . _ : / @ -, with * at its end to match all that ' +
      'begin so, or * alone to match all'
  }),
  { minItems: 1, maxItems: 1000, description: 'a list of 1 to 1000 model names' }
)
export const ModelName = Type.String({ pattern: `^${MODEL}$`, description: 'a model name without *' })

const form = Type.Optional(Type.Enum(['bearer', 'api-key'], { description: 'bearer or api-key' }))
const described = {
  description:
    'passthrough (the caller sends its own key), none, or the key of the gateway as one of {env: NAME}, {file: PATH}, {command: [PROGRAM, ARGUMENTS]}, with as: bearer or api-key'
}
const credential = Type.Union(
  [
    Type.Enum(['passthrough', 'none'], described),
    Type.Object({ env: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' }), as: form }, closed),
    Type.Object({ file: path, as: form }, closed),
    Type.Object(
      {
        command: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { minItems: 1, maxItems: 50 }),
        as: form
      },
      closed
    )
  ],
  described
)

const tls = Type.Object(
  { ca: Type.Optional(path), cert: Type.Optional(path), key: Type.Optional(path) },
  { ...closed, description: 'a map with the keys ca, cert, key: paths of PEM files' }
)

const KEYS =
  'id, provider, sku, region, baseUrl, credential, places, storage, retentionDays, training, models, upstreamModels, ' +
  'priority, weight, maxConcurrent, apiVersion, privateNetwork, tls'

export const DeploymentSchema = Type.Object(
  {
    id,
    provider: id,
    sku: Type.Optional(id),
    region: Type.Optional(
      Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', description: 'a region as the provider names it' })
    ),
    baseUrl: Type.Optional(Type.String({ maxLength: 2048, description: 'an https URL' })),
    credential: Type.Optional(credential),
    places: Type.Optional(DeclaredPlaces),
    storage: Type.Optional(DeclaredPlaces),
    retentionDays: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 36_500, description: 'days, 0 when nothing is stored' })
    ),
    training: Type.Optional(Type.Enum(['no', 'opted_out', 'yes'], { description: 'no, opted_out or yes' })),
    models: ModelPatterns,
    upstreamModels: Type.Record(Type.String({ pattern: `^${MODEL}$` }), ModelName, {
      default: {},
      description: 'a map of model names to those the provider knows'
    }),
    priority: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'an integer from 1 to 1000' })
    ),
    weight: Type.Integer({ minimum: 1, maximum: 1000, default: 1, description: 'an integer from 1 to 1000' }),
    maxConcurrent: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 512,
      description: 'an integer from 1 to 10000'
    }),
    apiVersion: Type.Optional(Type.String({ maxLength: 40, description: 'a version such as 2024-10-21' })),
    privateNetwork: Type.Boolean({ default: false, description: 'true or false' }),
    tls: Type.Optional(tls)
  },
  { ...closed, description: `a map with the keys ${KEYS}` }
)

/** Numbers of the company's own documents, as records hold them. */
const reference = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$',
  description: '1 to 64 characters of A-Z, a-z, 0-9 and . _ : / -, the first a letter or digit'
})
const mechanismCode = Type.Enum([...MECHANISMS], { description: MECHANISMS.join(', ') })

export const ContractSchema = Type.Object(
  {
    provider: id,
    reference,
    from: IsoDate,
    to: Type.Optional(IsoDate),
    dpa: Type.Optional(reference),
    tia: Type.Optional(reference),
    mechanism: Type.Optional(
      Type.Object(
        {
          code: mechanismCode,
          reference,
          checked: IsoDate,
          scope: Type.Optional(
            Type.String({ pattern: '^[a-z0-9_]{1,32}$', description: 'a scope such as dpf or pipeda' })
          ),
          fallback: Type.Optional(mechanismCode)
        },
        { ...closed, description: 'a map with the keys code, reference, checked, scope, fallback' }
      )
    ),
    reviewDue: Type.Optional(IsoDate)
  },
  {
    ...closed,
    description: 'a map with the keys provider, reference, from, to, dpa, tia, mechanism, reviewDue'
  }
)

export type DeploymentFile = Static<typeof DeploymentSchema>
export type ContractFile = Static<typeof ContractSchema>
