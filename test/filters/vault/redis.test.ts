import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { randomBytes } from 'node:crypto'
import t from 'tap'
import { HmacKey } from '../../../src/core/hmac.ts'
import { KeyRing } from '../../../src/filters/vault/key-ring.ts'
import { RedisStore } from '../../../src/filters/vault/redis.ts'
import { Vault } from '../../../src/filters/vault/vault.ts'
import { startRedis } from '../../support/services/redis.ts'
import { vaultContract } from './contract.ts'

const server = await startRedis()
t.teardown(() => server.stop())

/** A store that is connected. */
async function open(onFault: (error: Error) => void = () => {}, timeoutMs = 1000): Promise<RedisStore> {
  const store = new RedisStore({
    target: { kind: 'standalone', url: server.url },
    prefix: 'test:',
    timeoutMs,
    onFault
  })
  await until(() => store.read('ping', ['x']))
  return store
}

async function until(run: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await run()
      return
    } catch (error) {
      if (tries > 500) throw error
      await wait(10)
    }
  }
}

vaultContract({
  name: 'redis',
  shared: true,
  open: () => open(),
  // Redis has its own clock: the time to live is real, and short
  pass: (_clock, ms) => wait(ms),
  bytes: async () => {
    const client = new Redis(server.url)
    const parts: Buffer[] = []
    for (const key of await client.keys('*')) {
      parts.push(Buffer.from(key), (await client.dumpBuffer(key)) ?? Buffer.alloc(0))
    }
    client.disconnect()
    return Buffer.concat(parts)
  }
})

t.test('killed and restarted under load: refused meanwhile, nothing confirmed is lost', async t => {
  const faults: string[] = []
  const store = await open(error => faults.push(error.message))
  const index = new HmacKey(randomBytes(32))
  const vault = new Vault({ store, keys: new KeyRing([randomBytes(32)]), index, ttlMs: 600_000 })
  t.teardown(() => vault.close())
  const scope = vault.scope('load')
  const confirmed: string[] = []
  let refused = 0
  const stop = new AbortController()
  const worker = async (id: number): Promise<void> => {
    for (let at = 0; !stop.signal.aborted; at++) {
      const name = `${id}-${at}`
      try {
        await vault.add(scope, [{ name, value: name, about: [{ type: 'EMAIL', surface: `${name}@x.org` }] }])
        confirmed.push(name)
      } catch (error) {
        t.equal((error as { code?: string }).code, 'SCHLEUSE_VAULT_UNAVAILABLE')
        refused++
        await wait(5)
      }
    }
  }
  const workers = Array.from({ length: 8 }, (_, id) => worker(id))
  const reached = (count: () => number, wanted: number) =>
    until(async () => {
      if (count() < wanted) throw new Error('not yet')
    })
  await reached(() => confirmed.length, 100)
  await server.kill()
  await reached(() => refused, 20)
  // The connection is tried again after a while; only then a fault can be told.
  await reached(() => faults.length, 1)
  const before = confirmed.length
  await server.restart()
  await reached(() => confirmed.length, before + 100)
  stop.abort()
  await Promise.all(workers)
  const held = new Set(await vault.all(scope))
  t.strictSame(
    confirmed.filter(name => !held.has(name)),
    []
  )
  t.strictSame(await vault.find(`${confirmed[0]}@x.org`), new Map([[scope, 1]]))
})

t.test('with Redis gone a command fails at once instead of waiting', async t => {
  const store = await open(undefined, 60_000)
  await server.kill()
  const asked = [
    t.rejects(store.read('a', ['b'])),
    t.rejects(store.set('a', [{ name: 'b', value: Buffer.alloc(1), terms: ['c'] }], 1000))
  ]
  // A command that waited for a connection would succeed on the one that now comes.
  await Promise.all([...asked, server.restart()])
  await store.close()
})
