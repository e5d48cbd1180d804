import type { Cluster, Redis } from 'ioredis'
import { connectRedis, type RedisOptions } from '../core/redis.ts'
import type { Counted, Counters } from './counters.ts'

export interface RedisCountersOptions extends RedisOptions {
  /** Put before every key. */
  readonly prefix: string
}

/** One trip each, so that two gateways never both see the last free place. */
const ADD = `
local total = redis.call('INCRBY', KEYS[1], ARGV[1])
if total < 0 then redis.call('SET', KEYS[1], 0, 'KEEPTTL') total = 0 end
local left = redis.call('PTTL', KEYS[1])
if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) left = tonumber(ARGV[2]) end
return { total, left }`

const RESERVE = `
local total = tonumber(redis.call('GET', KEYS[1]) or '0')
local granted = 0
if total + tonumber(ARGV[1]) <= tonumber(ARGV[3]) then
  granted = 1
  total = redis.call('INCRBY', KEYS[1], ARGV[1])
end
local left = redis.call('PTTL', KEYS[1])
if left == -1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if left < 0 then left = tonumber(ARGV[2]) end
return { total, left, granted }`

/** Leases by the time they end, on Redis's own clock: those of a gateway that died go by themselves. */
const ACQUIRE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[3]) * 2)
return 1`

const RENEW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], 'XX', now + tonumber(ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]) * 2)
return 1`

/** Counters that several gateways share. Nothing waits for a Redis that is gone: every call rejects at once. */
export class RedisCounters implements Counters {
  readonly #redis: Redis | Cluster
  readonly #prefix: string

  constructor(options: RedisCountersOptions) {
    this.#prefix = options.prefix
    this.#redis = connectRedis(options)
  }

  async add(key: string, amount: number, windowMs: number): Promise<Counted> {
    const [total = 0, endsInMs = 0] = await this.#run(ADD, key, amount, Math.ceil(windowMs))
    return { total, endsInMs }
  }

  async reserve(
    key: string,
    amount: number,
    limit: number,
    windowMs: number
  ): Promise<Counted & { granted: boolean }> {
    const [total = 0, endsInMs = 0, granted = 0] = await this.#run(
      RESERVE,
      key,
      amount,
      Math.ceil(windowMs),
      limit
    )
    return { total, endsInMs, granted: granted === 1 }
  }

  async acquire(key: string, lease: string, limit: number, leaseMs: number): Promise<boolean> {
    return (await this.#redis.eval(ACQUIRE, 1, this.#prefix + key, lease, limit, leaseMs)) === 1
  }

  async renew(key: string, lease: string, leaseMs: number): Promise<void> {
    await this.#redis.eval(RENEW, 1, this.#prefix + key, lease, leaseMs)
  }

  async release(key: string, lease: string): Promise<void> {
    await this.#redis.zrem(this.#prefix + key, lease)
  }

  async close(): Promise<void> {
    this.#redis.disconnect()
  }

  async #run(script: string, key: string, ...args: readonly number[]): Promise<number[]> {
    return (await this.#redis.eval(script, 1, this.#prefix + key, ...args)) as number[]
  }
}
