import { once } from 'node:events'
import { connect } from 'node:net'
import { Client } from 'pg'
import { test } from 'tap'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'

async function redisSays(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${command}\r\n`)
  const [reply] = await once(socket, 'data')
  socket.destroy()
  return String(reply).trim()
}

test('a private redis keeps what it acknowledged when it is killed', async t => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  t.equal(await redisSays(redis.port, 'SET color blue'), '+OK')
  await redis.kill()
  await redis.restart()
  t.match(await redisSays(redis.port, 'GET color'), /blue/)
})

test('a private postgres answers on loopback', async t => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  const { rows } = await client.query('select 1 + 1 as sum')
  await client.end()
  t.same(rows, [{ sum: 2 }])
})
