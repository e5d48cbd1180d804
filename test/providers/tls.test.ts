import { once } from 'node:events'
import https from 'node:https'
import type net from 'node:net'
import tls from 'node:tls'
import t from 'tap'
import { HttpClient } from '../../src/providers/http.ts'
import { cert, key } from '../support/tls-pair.ts'
import { Recorder } from './raw-server.ts'

const timeouts = { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 }
let requests = 0
const server = https.createServer({ key, cert }, (_, response) => {
  requests += 1
  response.end('hello')
})

async function exchange(host: string): Promise<Recorder> {
  const { port } = server.address() as net.AddressInfo
  const client = new HttpClient({ id: 'p1', baseUrl: `https://${host}:${port}`, timeouts })
  const recorder = new Recorder()
  client.send({ path: '/x', method: 'POST', headers: {}, body: 'x', stream: false }, recorder)
  await recorder.done.promise
  await client.close()
  return recorder
}

t.before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
t.teardown(() => server.close())

t.test('a certificate nobody vouches for is refused, whatever the environment says', async t => {
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  t.teardown(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
  })
  const answer = await exchange('localhost')
  t.same([answer.events, answer.error?.code, requests], [['error'], 'SCHLEUSE_UPSTREAM_CONNECT', 0])
})

t.test('a trusted one is accepted for its own name only', async t => {
  const before = tls.getCACertificates('default')
  tls.setDefaultCACertificates([...before, cert])
  t.teardown(() => tls.setDefaultCACertificates(before))
  t.equal((await exchange('localhost')).body, 'hello')
  requests = 0
  const other = await exchange('127.0.0.1')
  t.same([other.events, other.error?.code, requests], [['error'], 'SCHLEUSE_UPSTREAM_CONNECT', 0])
})
