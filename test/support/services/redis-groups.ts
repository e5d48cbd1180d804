import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'
import { type RedisServer, startRedis, startSentinel } from './redis.ts'

/** Private groups of redis-servers on loopback. */

export interface RedisNode {
  readonly host: string
  readonly port: number
}

export interface RedisGroup {
  /** What clients are given: the nodes of a cluster, or the sentinel. */
  readonly nodes: readonly RedisNode[]
  readonly servers: readonly RedisServer[]
  stop(): Promise<void>
}

const SLOTS = 16_384
const nodeOf = ({ port }: { readonly port: number }): RedisNode => ({ host: '127.0.0.1', port })

async function ask<T>(port: number, run: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: 3 })
  client.on('error', () => {})
  try {
    return await run(client)
  } finally {
    client.disconnect()
  }
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isDone().catch(() => false)); tries++) {
    if (tries > 600) throw new Error('the group did not come together')
    await wait(50)
  }
}

/** A cluster of three masters; one that is gone takes only its own slots with it. */
export async function startRedisCluster(): Promise<RedisGroup> {
  const servers: RedisServer[] = []
  for (let count = 0; count < 3; count++) {
    const bus = ['--cluster-port', String(await freePort()), '--cluster-node-timeout', '1000']
    servers.push(
      await startRedis(['--cluster-enabled', 'yes', '--cluster-require-full-coverage', 'no', ...bus])
    )
  }
  const buses = await Promise.all(
    servers.map(({ port }) =>
      ask(port, async client => String((await client.config('GET', 'cluster-port')).at(1)))
    )
  )
  for (const [at, { port }] of servers.entries()) {
    const from = Math.floor((SLOTS * at) / 3)
    const to = Math.floor((SLOTS * (at + 1)) / 3) - 1
    await ask(port, client => client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)))
  }
  const [first] = servers
  for (const [at, { port }] of servers.entries())
    if (at > 0)
      await ask(first?.port ?? 0, client =>
        client.call('CLUSTER', 'MEET', '127.0.0.1', String(port), buses[at] ?? '')
      )
  for (const { port } of servers)
    await until(() =>
      ask(port, async client => {
        const info = await client.cluster('INFO')
        return info.includes('cluster_state:ok') && info.includes('cluster_size:3')
      })
    )
  return {
    nodes: servers.map(nodeOf),
    servers,
    stop: async () => {
      for (const server of servers) await server.stop()
    }
  }
}

/** Name of the master group. */
export const SENTINEL_GROUP = 'vault'

/** A master, its replica, and a sentinel that makes the replica the master when that is gone. */
export async function startRedisSentinel(): Promise<RedisGroup> {
  const master = await startRedis()
  const replica = await startRedis(['--replicaof', '127.0.0.1', String(master.port)])
  await until(() =>
    ask(replica.port, async client => (await client.info('replication')).includes('master_link_status:up'))
  )
  const watch = await startSentinel(SENTINEL_GROUP, master.port)
  await until(() =>
    ask(watch.port, async client =>
      JSON.stringify(await client.call('SENTINEL', 'REPLICAS', SENTINEL_GROUP)).includes(String(replica.port))
    )
  )
  return {
    nodes: [nodeOf(watch)],
    servers: [master, replica],
    stop: async () => {
      for (const server of [watch, master, replica]) await server.stop()
    }
  }
}
