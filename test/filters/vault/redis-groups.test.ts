import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { HmacKey } from '../../../src/core/hmac.ts'
import { KeyRing } from '../../../src/filters/vault/key-ring.ts'
import type { RedisTarget } from '../../../src/core/redis.ts'
import { RedisStore } from '../../../src/filters/vault/redis.ts'
import { Vault } from '../../../src/filters/vault/vault.ts'
import { SENTINEL_GROUP, startRedisCluster, startRedisSentinel } from '../../support/services/redis-groups.ts'
import { vaultContract } from './contract.ts'

/** The vault on groups of Redis: a cluster of three masters, and a master with a replica under a sentinel. */

const cluster = await startRedisCluster()
t.teardown(() => cluster.stop())
const sentinel = await startRedisSentinel()
t.teardown(() => sentinel.stop())

const clusterTarget: RedisTarget = { kind: 'cluster', nodes: cluster.nodes, tls: false }
const sentinelTarget: RedisTarget = {
  kind: 'sentinel',
  sentinels: sentinel.nodes,
  name: SENTINEL_GROUP,
  tls: false
}

async function until(isDone: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await isDone()
      return
    } catch (error) {
      if (tries > 3000) throw error
      await wait(10)
    }
  }
}

/** A store that is connected. */
async function open(target: RedisTarget): Promise<RedisStore> {
  const store = new RedisStore({ target, prefix: 'test:', timeoutMs: 1000, onFault: () => {} })
  await until(() => store.read('ping', ['x']))
  return store
}

for (const [name, target] of [
  ['redis cluster', clusterTarget],
  ['redis sentinel', sentinelTarget]
] as const)
  vaultContract({ name, shared: true, open: () => open(target), pass: (_clock, ms) => wait(ms) })

/** Writers over many scopes, so that every master has some of them. */
async function load(target: RedisTarget) {
  const index = new HmacKey(randomBytes(32))
  const vault = new Vault({
    store: await open(target),
    keys: new KeyRing([randomBytes(32)]),
    index,
    ttlMs: 600_000
  })
  const scopes = Array.from({ length: 60 }, (_, at) => vault.scope('load', String(at)))
  const confirmed: { scope: string; name: string }[] = []
  const state = { refused: 0, other: '' }
  const stop = new AbortController()
  const worker = async (id: number): Promise<void> => {
    for (let at = 0; !stop.signal.aborted; at++) {
      const scope = scopes[(id + at) % scopes.length] ?? ''
      const name = `${id}-${at}`
      try {
        await vault.add(scope, [{ name, value: name }])
        confirmed.push({ scope, name })
      } catch (error) {
        const { code = '' } = error as { code?: string }
        if (code !== 'SCHLEUSE_VAULT_UNAVAILABLE') state.other = code
        state.refused++
        await wait(5)
      }
    }
  }
  const workers = Array.from({ length: 6 }, (_, id) => worker(id))
  const reached = (count: () => number, wanted: number) =>
    until(async () => {
      if (count() < wanted) throw new Error('not yet')
    })
  const missing = async (of: readonly { scope: string; name: string }[]): Promise<string[]> => {
    const held = new Map<string, Set<string>>()
    for (const scope of scopes) held.set(scope, new Set(await vault.all(scope)))
    return of.filter(({ scope, name }) => held.get(scope)?.has(name) !== true).map(({ name }) => name)
  }
  const end = async () => {
    stop.abort()
    await Promise.all(workers)
  }
  return { vault, confirmed, state, reached, missing, end }
}

t.test('cluster: a master killed under load takes its slots only, and brings them back', async t => {
  const { vault, confirmed, state, reached, missing, end } = await load(clusterTarget)
  t.teardown(() => vault.close())
  const [, second] = cluster.servers
  await reached(() => confirmed.length, 200)
  await second?.kill()
  await reached(() => state.refused, 20)
  const during = confirmed.length
  await reached(() => confirmed.length, during + 100)
  t.pass('the other masters serve on')
  await second?.restart()
  await until(async () => {
    if ((await missing(confirmed.slice(0, 200))).length > 0) throw new Error('not yet back')
  })
  await end()
  t.equal(state.other, '')
  t.strictSame(await missing(confirmed), [], 'nothing confirmed is lost')
})

t.test('sentinel: the replica takes over under load', async t => {
  const { vault, confirmed, state, reached, missing, end } = await load(sentinelTarget)
  t.teardown(() => vault.close())
  const [master] = sentinel.servers
  await reached(() => confirmed.length, 200)
  const early = confirmed.slice(0, 100)
  await master?.kill()
  await reached(() => state.refused, 5)
  const during = confirmed.length
  await reached(() => confirmed.length, during + 100)
  await end()
  t.equal(state.other, '')
  // replication is asynchronous: what was confirmed in the last moment may be lost, which costs exactness only
  t.strictSame(await missing(early), [])
  t.strictSame(await missing(confirmed.slice(during)), [])
})
