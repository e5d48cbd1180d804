import { Redis } from 'ioredis'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'
import { startRedis, startSentinel } from '../support/services/redis.ts'

/** Limits that several gateways share where Redis is more than one server. */

const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

async function start(quotas: object): Promise<Gateway> {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    settings: {
      quotas: { store: 'redis', ...quotas },
      apps: [{ id: 'crm', keys: [keyHash('one')], limits: { requestsPerMinute: 5, tokensPerDay: 100_000 } }]
    }
  })
  t.teardown(() => gateway.stop())
  return gateway
}

async function ask(gateway: Gateway): Promise<number> {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer one' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
  })
  await response.arrayBuffer()
  return response.status
}

/** Until Redis answers; the test's own time limit bounds it. */
async function settled(gateway: Gateway): Promise<number> {
  for (;;) {
    const status = await ask(gateway)
    if (status !== 503) return status
    await wait(100)
  }
}

t.test('Sentinel: the leader is found by name, and the counts go on under the next one', async t => {
  const leader = await startRedis()
  const replica = await startRedis(['--replicaof', '127.0.0.1', `${leader.port}`])
  const sentinel = await startSentinel('limits', leader.port)
  for (const one of [sentinel, replica, leader]) t.teardown(() => one.stop())
  const quotas = { sentinels: [{ host: '127.0.0.1', port: sentinel.port }], name: 'limits' }
  const gateways = [await start(quotas), await start(quotas)] as const
  const before = [await settled(gateways[0]), await settled(gateways[1]), await ask(gateways[0])]
  t.same(before, [200, 200, 200])
  const watcher = new Redis(sentinel.url)
  const counts = new Redis(leader.url)
  t.teardown(() => watcher.disconnect())
  // Sentinel learns of replicas from the leader; what is not replicated yet would be lost with it.
  while (((await watcher.call('SENTINEL', 'REPLICAS', 'limits')) as unknown[]).length === 0) await wait(100)
  await counts.wait(1, 5000)
  counts.disconnect()
  await leader.kill()
  const after = [await settled(gateways[0]), await settled(gateways[1]), await settled(gateways[0])]
  t.same(after, [200, 200, 429], 'five in all, over both leaders and gateways')
})

t.test('Cluster', async t => {
  const server = await startRedis(['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'])
  t.teardown(() => server.stop())
  const admin = new Redis(server.url)
  await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  admin.disconnect()
  const nodes = [{ host: '127.0.0.1', port: server.port }]
  const gateways = [await start({ nodes }), await start({ nodes })] as const
  const statuses = [await settled(gateways[0])]
  for (let at = 1; at < 7; at++) statuses.push(await settled(gateways[at % 2 === 0 ? 0 : 1]))
  t.same(statuses, [200, 200, 200, 200, 200, 429, 429])
})
