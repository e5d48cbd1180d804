import { Type, type Static, type TSchema } from 'typebox'
import { AppSchema, KeySchema } from './apps/schema.ts'
import { AuditSchema } from './config-audit.ts'
import { AuditorsSchema } from './config-auditors.ts'
import { ContractSchema, ModelName } from './config-deployment-schema.ts'
import { PriceSchema, QuotasSchema, redisKeys } from './limits/schema.ts'

/**
 * The shape of config/gateway.yaml. Descriptions are what error messages say is allowed; every default is what the
 * shipped file shows. Rules that need more than one field stand in config-rules.ts.
 */

const closed = { additionalProperties: false } as const

/** An integer with its bounds and default; the description follows from them. */
function integer(minimum: number, maximum: number, byDefault: number) {
  return Type.Integer({
    minimum,
    maximum,
    default: byDefault,
    description: `an integer from ${minimum} to ${maximum}`
  })
}

/** A map whose missing keys take their defaults. */
function section<T extends Record<string, TSchema>>(properties: T) {
  return Type.Object(properties, {
    ...closed,
    default: {},
    description: `a map with the keys ${Object.keys(properties).join(', ')}`
  })
}

const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
})

const KIB = 1024
const GIB = 1024 * 1024 * 1024
const DAY_MS = 86_400_000

const server = section({
  host: Type.String({
    default: '127.0.0.1',
    pattern: '^[A-Za-z0-9.:-]{1,253}$',
    description: 'an IP address or host name to listen on'
  }),
  port: integer(0, 65_535, 8080)
})

/** Bytes count as they are buffered. The body bounds stay below V8's longest string (2^29 - 24). */
const limits = section({
  maxBodyBytes: integer(KIB, 256 * KIB * KIB, 33_554_432),
  maxUploadBytes: integer(KIB, 64 * GIB, 536_870_912),
  maxAnswerBytes: integer(KIB, 256 * KIB * KIB, 67_108_864),
  maxBufferedBytes: integer(KIB, 64 * GIB, 536_870_912),
  maxSpooledBytes: integer(KIB, 1024 * GIB, 8 * GIB),
  maxJsonDepth: integer(8, 1000, 128),
  maxJsonLeaves: integer(100, 10_000_000, 200_000)
})

const timeouts = section({
  connectMs: integer(1, DAY_MS, 10_000),
  headersMs: integer(1, DAY_MS, 600_000),
  idleMs: integer(1, DAY_MS, 300_000),
  keepAliveCommentMs: integer(1, DAY_MS, 15_000),
  drainMs: integer(0, DAY_MS, 30_000)
})

/** Exactly one of url, sentinels with name, nodes; the password comes from the environment. */
const redis = Type.Object(
  {
    ...redisKeys,
    prefix: Type.String({
      default: 'schleuse:',
      pattern: '^[A-Za-z0-9:_-]{0,64}$',
      description: 'up to 64 characters of A-Z, a-z, 0-9 and : _ -'
    }),
    timeoutMs: integer(10, 60_000, 1000)
  },
  {
    ...closed,
    description: 'a map with the keys url, or sentinels and name, or nodes; tls, username, prefix, timeoutMs'
  }
)

const vault = section({
  store: Type.Enum(['memory', 'sqlite', 'redis'], {
    default: 'sqlite',
    description: 'memory, sqlite or redis'
  }),
  ttlHours: integer(1, 10_000, 720),
  maxBytes: integer(KIB * KIB, 64 * GIB, 268_435_456),
  keyFiles: Type.Array(Type.String({ minLength: 1, maxLength: 4096, description: 'a file' }), {
    maxItems: 8,
    default: [],
    description: 'a list of up to 8 files, the one that seals first'
  }),
  redis: Type.Optional(redis)
})

const filePath = Type.String({ minLength: 1, maxLength: 4096, description: 'the path of a file' })

const share = (byDefault: number) =>
  Type.Number({ minimum: 0, maximum: 1, default: byDefault, description: 'a number from 0 to 1' })

/** How a request finds its deployment; src/providers/README.md says why each default is what it is. */
const routing = section({
  maxAttempts: integer(1, 10, 3),
  retryShare: share(0.2),
  slowFactor: Type.Number({ minimum: 1, maximum: 1000, default: 3, description: 'a number from 1 to 1000' }),
  breaker: section({
    minRequests: integer(1, 10_000, 20),
    failureShare: share(0.5),
    windowMs: integer(1000, 3_600_000, 30_000),
    openMs: integer(100, 3_600_000, 10_000)
  })
})

/** Another name for models, each at its deployment. */
const alias = Type.Object(
  {
    name: ModelName,
    targets: Type.Array(
      Type.Object(
        {
          deployment: id,
          model: ModelName,
          priority: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 1000, description: 'an integer from 1 to 1000' })
          ),
          weight: Type.Integer({
            minimum: 1,
            maximum: 1000,
            default: 1,
            description: 'an integer from 1 to 1000'
          })
        },
        { ...closed, description: 'a map with the keys deployment, model, priority, weight' }
      ),
      { minItems: 1, maxItems: 100, description: 'a list of deployments with a model each' }
    )
  },
  { ...closed, description: 'a map with the keys name, targets' }
)

const policyPath = Type.String({ minLength: 1, maxLength: 4096, description: 'the path of a policy file' })

/** The file without its deployments, which are checked one by one. */
export const ConfigFileSchema = Type.Object(
  {
    server,
    dataDir: Type.String({ default: './data', minLength: 1, maxLength: 4096, description: 'a folder' }),
    countries: Type.Optional(filePath),
    policy: policyPath,
    policies: Type.Array(policyPath, {
      default: [],
      maxItems: 1000,
      description: 'a list of paths of policy files'
    }),
    limits,
    timeouts,
    vault,
    auditors: AuditorsSchema,
    detectors: Type.Array(Type.Unknown(), { default: [], description: 'a list of detectors' }),
    quotas: QuotasSchema,
    prices: Type.Array(PriceSchema, { default: [], maxItems: 10_000, description: 'a list of prices' }),
    admin: section({
      keys: Type.Array(KeySchema, {
        default: [],
        maxItems: 100,
        description: 'a list of up to 100 key hashes'
      }),
      secondApprover: Type.Boolean({ default: false, description: 'true or false' })
    }),
    audit: AuditSchema,
    apps: Type.Array(AppSchema, { default: [], maxItems: 10_000, description: 'a list of apps' }),
    profiles: Type.Array(filePath, {
      default: [],
      maxItems: 100,
      description: 'a list of paths of provider profiles'
    }),
    contracts: Type.Array(ContractSchema, {
      default: [],
      maxItems: 1000,
      description: 'a list of contracts'
    }),
    records: Type.Optional(filePath),
    aliases: Type.Array(alias, { default: [], maxItems: 1000, description: 'a list of aliases' }),
    deployments: Type.Array(Type.Unknown(), {
      minItems: 1,
      maxItems: 1000,
      description: 'a list of 1 to 1000 deployments'
    }),
    routing
  },
  {
    ...closed,
    description:
      'a map with the keys server, dataDir, policy, policies, countries, limits, timeouts, vault, audit, ' +
      'auditors, detectors, quotas, prices, admin, apps, profiles, contracts, records, deployments, aliases, routing'
  }
)

export type ConfigFile = Static<typeof ConfigFileSchema>
export type AliasFile = Static<typeof alias>
export type RoutingConfig = Static<typeof routing>
