import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import https from 'node:https'
import type net from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import { ConfigError } from '../../src/config-check.ts'
import { loadConfig } from '../../src/config.ts'
import { authority, client, server } from '../support/certificates.ts'
import { startGateway, writeConfig } from '../support/gateway.ts'

/** An authority and a client certificate of one's own, per deployment, with a real gateway and a real TLS server. */

const callers: string[] = []
const upstream = https.createServer(
  { ...server, ca: authority, requestCert: true, rejectUnauthorized: true },
  (request, response) => {
    callers.push(String((request.socket as TLSSocket).getPeerCertificate().subject.CN))
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"choices":[]}')
  }
)
upstream.listen(0, '127.0.0.1')
await once(upstream, 'listening')
t.teardown(() => upstream.close())
const { port } = upstream.address() as net.AddressInfo

const files = {
  'ca.pem': authority,
  'client.pem': client.cert,
  'client.key': client.key,
  'server.key': server.key
}
const deployment = (id: string, tls?: object) => ({
  id,
  provider: 'openai-compatible',
  baseUrl: `https://localhost:${port}/v1`,
  credential: 'none' as const,
  places: ['self'],
  models: [id],
  ...(tls === undefined ? {} : { tls })
})

t.test('each deployment has its own', async t => {
  const gateway = await startGateway({
    providers: [
      deployment('both', { ca: 'ca.pem', cert: 'client.pem', key: 'client.key' }),
      deployment('ca-only', { ca: 'ca.pem' }),
      deployment('client-only', { cert: 'client.pem', key: 'client.key' }),
      deployment('none')
    ],
    files
  })
  t.teardown(() => gateway.stop())
  const ask = async (model: string) => {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'x' }] })
    })
    return [response.status, /SCHLEUSE_\w+/.exec(await response.text())?.[0]]
  }
  t.same(await ask('both'), [200, undefined])
  t.same(callers, ['gateway'], 'the server saw the client certificate')
  t.same(await ask('client-only'), [502, 'SCHLEUSE_UPSTREAM_CONNECT'], 'nobody vouches for the server')
  t.same(await ask('none'), [502, 'SCHLEUSE_UPSTREAM_CONNECT'])
  const [status] = await ask('ca-only')
  t.equal(status, 502, 'the server lets nobody in without a certificate')
  t.equal(callers.length, 1, 'no request was read')
  t.equal((await ask('both'))[0], 200, 'and the others are as they were')
})

t.test('files that are no certificates stop the start, and are not quoted', async t => {
  const cases: readonly (readonly [tls: object, says: RegExp])[] = [
    [{ ca: 'none.pem' }, /deployments\[0\]\.tls\.ca can't be read \(ENOENT\)/],
    [{ cert: 'client.pem' }, /deployments\[0\]\.tls .*cert and key/],
    [{ cert: 'client.pem', key: 'server.key' }, /deployments\[0\].tls .*do not belong together/],
    [{ ca: 'secret.txt' }, /deployments\[0\]\.tls\.ca holds no certificate/]
  ]
  for (const [tls, says] of cases) {
    const folder = t.testdir({})
    const secret = 'not a certificate: hunter2'
    const config = writeConfig(folder, {
      providers: [deployment('d', tls)],
      files: { ...files, 'secret.txt': secret }
    })
    writeFileSync(join(folder, 'secret.txt'), secret)
    try {
      loadConfig({ SCHLEUSE_CONFIG: config }, folder)
      t.fail(JSON.stringify(tls))
    } catch (error) {
      t.ok(error instanceof ConfigError)
      t.match(String(error), says)
      t.notMatch(String(error), 'hunter2')
    }
  }
})
