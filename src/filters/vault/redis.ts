import type { ChainableCommander, Cluster, Redis } from 'ioredis'
import { connectRedis, type RedisOptions } from '../../core/redis.ts'
import {
  type Located,
  MAX_FOUND,
  MAX_SCOPE_ENTRIES,
  type StoreEntry,
  StoreError,
  type VaultStore
} from './store.ts'

export interface RedisStoreOptions extends RedisOptions {
  /** Put before every key. */
  readonly prefix: string
}

/** So many members of a look-up are checked at once. */
const CHUNK = 500

/**
 * A store that several gateways share. A scope is one hash, so that all its entries lie in one slot of a cluster and expire
 * together; a term is a set of places. The set is written first: an index to nothing is harmless, an entry without one
 * would be missed by an erasure.
 *
 * Nothing waits for a Redis that is gone: commands fail at once, and the vault refuses.
 */
export class RedisStore implements VaultStore {
  readonly #redis: Redis | Cluster
  readonly #prefix: string

  constructor(options: RedisStoreOptions) {
    this.#prefix = options.prefix
    this.#redis = connectRedis(options)
  }

  async read(scope: string, names?: readonly string[]): Promise<Map<string, Buffer>> {
    const key = this.#scopeKey(scope)
    if (names === undefined) return new Map(Object.entries(await this.#redis.hgetallBuffer(key)))
    if (names.length === 0) return new Map()
    const values = await this.#redis.hmgetBuffer(key, ...names)
    return new Map(
      names.flatMap((name, at) => {
        const value = values[at]
        return value === null || value === undefined ? [] : [[name, value] as const]
      })
    )
  }

  async add(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<Map<string, Buffer>> {
    const set = await this.#write(scope, entries, ttlMs, (pipeline, key, { name, value }) =>
      pipeline.hsetnx(key, name, value)
    )
    return this.read(
      scope,
      entries.filter((_, at) => set[at] === 0).map(entry => entry.name)
    )
  }

  async set(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    await this.#write(scope, entries, ttlMs, (pipeline, key, { name, value }) =>
      pipeline.hset(key, name, value)
    )
  }

  setSoon(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    return this.set(scope, entries, ttlMs)
  }

  async find(term: string): Promise<Located[]> {
    const found: Located[] = []
    const places = await this.#redis.smembers(this.#termKey(term))
    for (let at = 0; at < places.length && found.length < MAX_FOUND; at += CHUNK) {
      const chunk = places.slice(at, at + CHUNK).map(located)
      const there = await Promise.all(
        chunk.map(({ scope, name }) => this.#redis.hexists(this.#scopeKey(scope), name))
      )
      found.push(...chunk.filter((_, at) => there[at] === 1))
    }
    return found.slice(0, MAX_FOUND)
  }

  async erase(scope: string): Promise<number> {
    const count = await this.#redis.hlen(this.#scopeKey(scope))
    await this.#redis.del(this.#scopeKey(scope))
    return count
  }

  async eraseEntries(entries: readonly Located[]): Promise<number> {
    let count = 0
    for (const { scope, name } of entries) count += await this.#redis.hdel(this.#scopeKey(scope), name)
    return count
  }

  /** Redis removes what has expired by itself. */
  async purge(): Promise<number> {
    return 0
  }

  async close(): Promise<void> {
    this.#redis.disconnect()
  }

  async #write(
    scope: string,
    entries: readonly StoreEntry[],
    ttlMs: number,
    command: (pipeline: ChainableCommander, key: string, entry: StoreEntry) => unknown
  ): Promise<unknown[]> {
    const key = this.#scopeKey(scope)
    const terms = new Map<string, string[]>()
    for (const { name, terms: own } of entries) {
      for (const term of own) terms.set(term, [...(terms.get(term) ?? []), `${scope} ${name}`])
    }
    await Promise.all([...terms].map(([term, places]) => this.#index(term, places, ttlMs)))
    const pipeline = this.#redis.pipeline()
    for (const entry of entries) command(pipeline, key, entry)
    pipeline.pexpire(key, ttlMs).hlen(key)
    const replies = (await pipeline.exec()) ?? []
    const failed = replies.find(([error]) => error !== null)?.[0]
    if (failed) throw failed
    if (Number(replies.at(-1)?.[1] ?? 0) > MAX_SCOPE_ENTRIES) throw new StoreError('too many entries')
    return replies.map(([, reply]) => reply)
  }

  async #index(term: string, places: readonly string[], ttlMs: number): Promise<void> {
    const key = this.#termKey(term)
    const replies =
      (await this.#redis
        .pipeline()
        .sadd(key, ...places)
        .pexpire(key, ttlMs)
        .exec()) ?? []
    const failed = replies.find(([error]) => error !== null)?.[0]
    if (failed) throw failed
  }

  #scopeKey(scope: string): string {
    return `${this.#prefix}scope:${scope}`
  }

  #termKey(term: string): string {
    return `${this.#prefix}term:${term}`
  }
}

function located(place: string): Located {
  const [scope = '', name = ''] = place.split(' ')
  return { scope, name }
}
