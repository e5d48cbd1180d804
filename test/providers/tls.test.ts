import { once } from 'node:events'
import https from 'node:https'
import type net from 'node:net'
import tls from 'node:tls'
import t from 'tap'
import { HttpClient } from '../../src/providers/http.ts'
import { Recorder } from './raw-server.ts'

/** Self-signed for localhost; protects nothing. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgE4CfrpmA8PYLGWum
UqcWSLMBfj7aH/XG8DtkLfrIJxuhRANCAAQj2X3jPNDp+F+UPCA3Wjx18qlmbkfx
sMGOBywp7Kd3QmEnD0hrW0f/2r08GOMjDtjJ2Ug8DcPTLN4jdCUQQ9Ca
-----END PRIVATE KEY-----
`
const cert = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUHuvz2wsCenuIGQujBpBhyfZVnuowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTIyNTQzNFoYDzIxMjYxMDI4
MjI1NDM0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQj2X3jPNDp+F+UPCA3Wjx18qlmbkfxsMGOBywp7Kd3QmEnD0hrW0f/
2r08GOMjDtjJ2Ug8DcPTLN4jdCUQQ9Cao2kwZzAdBgNVHQ4EFgQUEZkZ9vrBv+tl
YMGg/e6Fks8iKsYwHwYDVR0jBBgwFoAUEZkZ9vrBv+tlYMGg/e6Fks8iKsYwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhAKkB2t7st7wcHbQ8QEkluEStATrZJ3nF0NcbQ9MJXX2KAiBwL7dM2zWF
YgZ2ShfR6qrJWl+W3pvi61eF3a0LKwYgJA==
-----END CERTIFICATE-----
`

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
