import { Cluster, Redis } from 'ioredis'

/** How gateways reach the Redis that they share: one server, Sentinels that know which one leads, or a cluster. */

/** How to reach Redis. One of the three forms. */
export type RedisTarget =
  | { readonly kind: 'standalone'; readonly url: string }
  | {
      readonly kind: 'sentinel'
      readonly sentinels: readonly RedisNode[]
      /** Name of the master group. */
      readonly name: string
      readonly tls: boolean
    }
  | { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[]; readonly tls: boolean }

export interface RedisNode {
  readonly host: string
  readonly port: number
}

/** A section of the config; exactly one of url, sentinels with name, and nodes. */
export interface RedisSettings {
  readonly url?: string
  readonly sentinels?: readonly RedisNode[]
  readonly name?: string
  readonly nodes?: readonly RedisNode[]
  readonly tls: boolean
}

export interface RedisOptions {
  readonly target: RedisTarget
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** How long one command may take. Milliseconds. */
  readonly timeoutMs: number
  /** Told when the connection is lost or refused; gets no content. */
  readonly onFault: (error: Error) => void
}

/** Longest wait between two tries to connect: Redis is looked for again soon after it is back. */
const MAX_RECONNECT_MS = 500

export function targetOf({ url, sentinels, name, nodes, tls }: RedisSettings): RedisTarget {
  if (sentinels !== undefined && name !== undefined) return { kind: 'sentinel', sentinels, name, tls }
  if (nodes !== undefined) return { kind: 'cluster', nodes, tls }
  return { kind: 'standalone', url: url ?? 'redis://127.0.0.1:6379' }
}

/** Nothing waits for a Redis that is gone: commands fail at once, and it is looked for again. */
export function connectRedis(options: RedisOptions): Redis | Cluster {
  const redis = connect(options)
  redis.on('error', options.onFault)
  return redis
}

function connect(options: RedisOptions): Redis | Cluster {
  const { target, timeoutMs } = options
  const retry = (times: number): number => Math.min(50 * times, MAX_RECONNECT_MS)
  const common = {
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: retry
  }
  if (target.kind === 'standalone') return new Redis(target.url, common)
  const tls = target.tls ? { tls: {} } : {}
  if (target.kind === 'sentinel') {
    return new Redis({
      ...common,
      ...tls,
      ...(target.tls ? { enableTLSForSentinelMode: true } : {}),
      sentinels: [...target.sentinels],
      name: target.name,
      sentinelRetryStrategy: retry
    })
  }
  return new Cluster([...target.nodes], {
    redisOptions: { ...common, ...tls },
    enableOfflineQueue: false,
    clusterRetryStrategy: retry
  })
}
