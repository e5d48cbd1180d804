import { once } from 'node:events'
import { utimesSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { randomBytes } from 'node:crypto'
import t from 'tap'
import { buildApp } from '../src/app.ts'
import { ConfigError } from '../src/config-check.ts'
import { loadConfig } from '../src/config.ts'
import { systemClock } from '../src/core/clock.ts'
import { keysOfFile, keysOfUrl } from '../src/jwks.ts'
import { folderOf } from './support/audit-index.ts'
import { writeConfig } from './support/gateway.ts'
import { cert, key } from './support/tls-pair.ts'

/** Keys of an identity provider, over real TLS on this machine. */

let answer: (response: ServerResponse) => void = response => response.end('{"keys":[]}')
let asked = 0
const server = https.createServer({ key, cert }, (_, response) => {
  asked++
  answer(response)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
t.teardown(() => {
  server.closeAllConnections()
  server.close()
})
const { port } = server.address() as AddressInfo
const url = `https://localhost:${port}/jwks`

t.test('over TLS: fetched once in five minutes, tried again after a fault', async t => {
  let ms = 0
  const source = keysOfUrl(url, { monotonic: () => ms }, { ca: cert })
  t.teardown(() => source.close())
  answer = response => response.end('{"keys":[{"kid":"one"}]}')
  asked = 0
  t.match(await Promise.all([source.keys(), source.keys()]), [{ keys: [{ kid: 'one' }] }, { keys: Array }])
  ms = 299_999
  await source.keys()
  t.equal(asked, 1)
  answer = response => response.end('{"keys":[{"kid":"two"}]}')
  ms = 300_000
  t.match(await source.keys(), { keys: [{ kid: 'two' }] })
  t.equal(asked, 2)
  ms = 600_000
  const faults: [string, (response: ServerResponse) => void][] = [
    ['an error', response => response.writeHead(500).end()],
    ['a redirect', response => response.writeHead(302, { location: 'https://evil.example' }).end()],
    ['no JSON', response => response.end('<html>')],
    ['no key set', response => response.end('{"keys":"none"}')],
    ['too much', response => response.end(`{"keys":["${'x'.repeat(70_000)}"]}`)],
    ['half of it', response => response.socket?.destroy()]
  ]
  for (const [name, fault] of faults) {
    answer = fault
    await t.rejects(source.keys(), name)
  }
  t.equal(asked, 2 + faults.length, 'each question tried again')
})

t.test('a server that nobody vouches for, or under another name, is not believed', async t => {
  answer = response => response.end('{"keys":[]}')
  asked = 0
  const unknown = keysOfUrl(url, { monotonic: () => 0 })
  const other = keysOfUrl(url.replace('localhost', '127.0.0.1'), { monotonic: () => 0 }, { ca: cert })
  for (const source of [unknown, other]) {
    t.teardown(() => source.close())
    await t.rejects(source.keys(), { code: 'SCHLEUSE_UPSTREAM_CONNECT' })
  }
  t.equal(asked, 0)
  for (const bad of ['http://idp.example/jwks', 'https://10.0.0.1/jwks', 'https://idp.example/jwks?a=1', 'x'])
    t.throws(() => keysOfUrl(bad, { monotonic: () => 0 }), TypeError, bad)
})

t.test('keys in a file are read again when it changes', async t => {
  const file = join(folderOf(t), 'keys.json')
  writeFileSync(file, '{"keys":[{"kid":"one"}]}')
  const source = keysOfFile(file)
  t.match(await source.keys(), { keys: [{ kid: 'one' }] })
  writeFileSync(file, '{"keys":[{"kid":"other"}]}')
  utimesSync(file, 1, 1)
  t.match(await source.keys(), { keys: [{ kid: 'other' }] })
  writeFileSync(file, '{"keys"')
  await t.rejects(source.keys())
  await source.close()
})

t.test('a gateway lets auditors in with tokens whose key came over TLS', async t => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const other = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }
  answer = response => response.end(JSON.stringify({ keys: [jwk] }))
  const folder = folderOf(t)
  writeFileSync(join(folder, 'idp.pem'), cert)
  const providers = [{ id: 'demo', provider: 'demo', models: ['demo/echo'] }] as never
  const load = (oidc: object) =>
    loadConfig({
      SCHLEUSE_CONFIG: writeConfig(folder, {
        providers,
        settings: {
          auditors: { oidc: { issuer: 'https://idp.example', audience: 'schleuse', ...oidc } }
        }
      })
    })
  const config = load({ jwksUrl: url, caFile: 'idp.pem' })
  const log = { write: () => undefined }
  const app = await buildApp(config, { clock: systemClock, randomBytes, load: () => config, log })
  t.teardown(() => app.close())
  const ask = async (signer: typeof privateKey, claims: object = {}): Promise<number> => {
    const token = await new SignJWT({ sub: 'erika', roles: ['auditor'], ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer('https://idp.example')
      .setAudience('schleuse')
      .setExpirationTime('5m')
      .sign(signer)
    const headers = { host: 'audit.example', authorization: `Bearer ${token}` }
    return (await app.inject({ url: '/audit/completeness', headers })).statusCode
  }
  t.equal(await ask(privateKey), 200)
  t.equal(await ask(privateKey, { roles: ['user'] }), 403)
  t.equal(await ask(other.privateKey), 401)

  for (const [oidc, message] of [
    [{ jwksUrl: 'http://idp.example' }, /auditors\.oidc\.jwksUrl must be https/],
    [{ jwksUrl: url, jwksFile: 'x' }, /exactly one of jwksFile and jwksUrl/],
    [{}, /exactly one of jwksFile and jwksUrl/]
  ] as const)
    t.throws(() => load(oidc), { constructor: ConfigError, message })
})
