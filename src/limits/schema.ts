import { Type, type Static } from 'typebox'

/** Shapes of the config that bound what apps may use. */

const closed = { additionalProperties: false } as const

function upTo(maximum: number, what: string) {
  return Type.Optional(Type.Integer({ minimum: 1, maximum, description: `${what}, an integer from 1 up` }))
}

const money = Type.Optional(
  Type.Number({ exclusiveMinimum: 0, maximum: 1e9, description: 'an amount of money above 0' })
)

/** What one app may use. What is left out is not bounded. Days and months are those of UTC. */
export const AppLimitsSchema = Type.Object(
  {
    requestsPerMinute: upTo(1_000_000, 'requests'),
    requestsPerMinutePerKey: upTo(1_000_000, 'requests'),
    concurrentStreams: upTo(100_000, 'streams'),
    tokensPerDay: upTo(1e12, 'tokens'),
    tokensPerMonth: upTo(1e13, 'tokens'),
    costPerDay: money,
    costPerMonth: money,
    currency: Type.String({ default: 'EUR', pattern: '^[A-Z]{3}$', description: 'a currency of ISO 4217' })
  },
  {
    ...closed,
    description:
      'a map with the keys requestsPerMinute, requestsPerMinutePerKey, concurrentStreams, tokensPerDay, ' +
      'tokensPerMonth, costPerDay, costPerMonth, currency'
  }
)

const node = Type.Object(
  {
    host: Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$', description: 'an IP address or host name' }),
    port: Type.Integer({
      minimum: 1,
      maximum: 65_535,
      default: 6379,
      description: 'an integer from 1 to 65535'
    })
  },
  { ...closed, description: 'a map with the keys host, port' }
)
const nodes = Type.Array(node, { minItems: 1, maxItems: 100, description: 'a list of 1 to 100 hosts' })

/** How Redis is reached: one of url, sentinels with name, nodes. The password comes from the environment. */
export const redisKeys = {
  url: Type.Optional(
    Type.String({
      pattern: '^rediss?://[A-Za-z0-9.:[\\]-]{1,253}(/\\d{1,3})?$',
      description: 'redis:// or rediss:// with host and port, without a password'
    })
  ),
  sentinels: Type.Optional(nodes),
  name: Type.Optional(
    Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', description: 'the name of the Sentinel master group' })
  ),
  nodes: Type.Optional(nodes),
  tls: Type.Boolean({ default: false, description: 'true or false' }),
  username: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'a user name' }))
}

/** Where counters are kept, so that several gateways count together. */
export const QuotasSchema = Type.Object(
  {
    store: Type.Enum(['memory', 'redis'], { default: 'memory', description: 'memory or redis' }),
    ...redisKeys,
    prefix: Type.String({
      default: 'schleuse:limits:',
      pattern: '^[A-Za-z0-9:_-]{0,64}$',
      description: 'up to 64 characters of A-Z, a-z, 0-9 and : _ -'
    }),
    timeoutMs: Type.Integer({
      default: 500,
      minimum: 10,
      maximum: 60_000,
      description: 'an integer from 10 to 60000'
    }),
    whenRedisFails: Type.Enum(['refuse', 'local'], { default: 'refuse', description: 'refuse or local' })
  },
  {
    ...closed,
    default: {},
    description:
      'a map with the keys store, url, or sentinels and name, or nodes; tls, username, prefix, timeoutMs, whenRedisFails'
  }
)

const perMillion = Type.Number({ minimum: 0, maximum: 1e6, description: 'an amount of money from 0 up' })

/** What a model costs from a day on. Amounts are per million tokens. */
export const PriceSchema = Type.Object(
  {
    deployment: Type.Optional(
      Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$', description: 'the id of a provider' })
    ),
    models: Type.Array(
      Type.String({
        pattern: '^(\\*|[A-Za-z0-9@][A-Za-z0-9._:/@-]{0,127}\\*?)$',
        description: 'a model name, with * at its end to match all that begin so'
      }),
      { minItems: 1, maxItems: 1000, description: 'a list of 1 to 1000 model names' }
    ),
    from: Type.String({
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      description: 'the first day it holds, such as 2026-11-01'
    }),
    currency: Type.String({ default: 'EUR', pattern: '^[A-Z]{3}$', description: 'a currency of ISO 4217' }),
    input: perMillion,
    cachedInput: Type.Optional(perMillion),
    output: perMillion
  },
  {
    ...closed,
    description: 'a map with the keys deployment, models, from, currency, input, cachedInput, output'
  }
)

export type AppLimits = Static<typeof AppLimitsSchema>
export type QuotasConfig = Static<typeof QuotasSchema>
export type PriceConfig = Static<typeof PriceSchema>
