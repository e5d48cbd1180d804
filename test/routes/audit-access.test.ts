import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Fastify from 'fastify'
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose'
import t from 'tap'
import { newKey } from '../../src/apps/key.ts'
import { changeKeys } from '../../src/apps/key-store.ts'
import { dialects } from '../../src/dialects/index.ts'
import {
  type AuditorAccessOptions,
  createAuditorAccess,
  type OidcOptions
} from '../../src/routes/audit-access.ts'
import { errorAnswers } from '../../src/routes/errors.ts'
import { folderOf } from '../support/audit-index.ts'

const NOW = Date.UTC(2026, 10, 22)
const DAY = 86_400_000

type Headers = Readonly<Record<string, string>>

/** Asks once; the answer is the credential id, or the error's code. */
function asking(
  options: AuditorAccessOptions
): (headers?: Headers, remoteAddress?: string) => Promise<string> {
  const access = createAuditorAccess(options)
  const app = Fastify()
  errorAnswers(app, dialects)
  app.get('/', async request => access.admit(request))
  return async (headers = {}, remoteAddress = '127.0.0.1') => {
    const answer = await app.inject({
      path: '/',
      headers: { host: '127.0.0.1:8080', ...headers },
      remoteAddress
    })
    const body = answer.json<{ credentialId?: string; error?: { code: string } }>()
    return body.error?.code ?? body.credentialId ?? 'local'
  }
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })

function optionsIn(folder: string, more: Partial<AuditorAccessOptions> = {}): AuditorAccessOptions {
  return {
    tokenFile: join(folder, 'auditor-tokens.json'),
    local: true,
    clock: { now: () => NOW },
    randomBytes,
    pseudonym: subject => Buffer.from(subject).toString('hex').padEnd(64, '0'),
    ...more
  }
}

function addToken(file: string, more: { expires?: string; revoked?: string; app?: string } = {}): string {
  const { id, key, hash } = newKey(randomBytes)
  changeKeys(file, keys => [
    ...keys,
    { id, app: 'auditor', hash, created: new Date(NOW).toISOString(), ...more }
  ])
  return key
}

t.test('without tokens this machine is served, and nobody who comes through a proxy', async t => {
  const ask = asking(optionsIn(folderOf(t)))
  t.equal(await ask(), 'local')
  t.equal(await ask({}, '::1'), 'local')
  t.equal(await ask({}, '10.0.0.7'), 'SCHLEUSE_CALLER_NOT_LOOPBACK')
  t.equal(await ask({ host: 'evil.example' }), 'SCHLEUSE_HOST_NOT_ALLOWED')
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
    t.equal(await ask({ [name]: '10.0.0.7' }), 'SCHLEUSE_AUDIT_TOKEN_INVALID')
  t.equal(await ask(bearer('anything')), 'SCHLEUSE_AUDIT_TOKEN_INVALID', 'a wrong token is not ignored')
})

t.test('a gateway that serves other machines asks everybody for a token', async t => {
  const ask = asking(optionsIn(folderOf(t), { local: false }))
  t.equal(await ask(), 'SCHLEUSE_AUDIT_TOKEN_INVALID')
})

t.test('tokens: made, expired, revoked, for something else; a change counts at once', async t => {
  const options = optionsIn(folderOf(t))
  const ask = asking(options)
  t.equal(await ask(), 'local')
  const good = addToken(options.tokenFile, { expires: new Date(NOW + DAY).toISOString() })
  t.match(await ask(bearer(good), '10.0.0.7'), /^key_[0-9a-z]{8}$/)
  t.equal(await ask(), 'SCHLEUSE_AUDIT_TOKEN_INVALID', 'from the first token on, this machine needs one too')
  const expired = addToken(options.tokenFile, { expires: new Date(NOW).toISOString() })
  const app = addToken(options.tokenFile, { app: 'crm' })
  for (const token of [expired, app, `${good}x`, good.slice(0, -1), 'schleuse_', ''])
    t.equal(await ask(bearer(token)), 'SCHLEUSE_AUDIT_TOKEN_INVALID')
  t.equal(await ask({ authorization: `Basic ${good}` }), 'SCHLEUSE_AUDIT_TOKEN_INVALID')
  changeKeys(options.tokenFile, keys => keys.map(key => ({ ...key, revoked: new Date(NOW).toISOString() })))
  t.equal(await ask(bearer(good)), 'SCHLEUSE_AUDIT_TOKEN_INVALID')
})

t.test('a token file that can not be read admits nobody', async t => {
  const options = optionsIn(folderOf(t))
  const { writeFileSync } = await import('node:fs')
  writeFileSync(options.tokenFile, '{"keys": [')
  const ask = asking(options)
  t.equal(await ask(), 'SCHLEUSE_INTERNAL')
  t.equal(await ask(bearer('schleuse_x')), 'SCHLEUSE_INTERNAL')
})

t.test('tokens of an identity provider', async t => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const other = await generateKeyPair('ES256')
  const rsa = await generateKeyPair('PS256', { extractable: true })
  const jwks: JSONWebKeySet = {
    keys: [
      { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' },
      { ...(await exportJWK(rsa.publicKey)), kid: 'two' }
    ]
  }
  const oidc: OidcOptions = {
    issuer: 'https://login.example',
    audience: 'schleuse',
    algorithms: ['ES256'],
    roleClaim: 'roles',
    role: 'auditor',
    keys: async () => jwks
  }
  const ask = asking(optionsIn(folderOf(t), { oidc }))
  const claims = {
    iss: 'https://login.example',
    aud: 'schleuse',
    sub: 'erika@example.org',
    roles: ['user', 'auditor']
  }
  const seconds = NOW / 1000
  const sign = (payload: JWTPayload, key = privateKey, alg = 'ES256', kid = 'one'): Promise<string> =>
    new SignJWT({ exp: seconds + 600, ...payload }).setProtectedHeader({ alg, kid }).sign(key)

  const good = await sign(claims)
  const id = await ask(bearer(good), '10.0.0.7')
  t.match(id, /^oidc-[0-9a-f]{16}$/)
  t.equal(await ask(bearer(await sign({ ...claims, roles: 'user auditor' }))), id)
  t.equal(await ask(), 'SCHLEUSE_AUDIT_TOKEN_INVALID', 'this machine needs a token too')
  t.equal(await ask(bearer(await sign({ ...claims, roles: ['user'] }))), 'SCHLEUSE_AUDIT_ROLE_MISSING')
  t.equal(await ask(bearer(await sign({ ...claims, roles: 'auditors' }))), 'SCHLEUSE_AUDIT_ROLE_MISSING')

  const [header = '', payload = '', signature = ''] = good.split('.')
  const forged = (change: object): string =>
    [Buffer.from(JSON.stringify({ kid: 'one', ...change })).toString('base64url'), payload, signature].join(
      '.'
    )
  const { sub: _, ...nobody } = claims
  const bad = [
    await sign({ ...claims, iss: 'https://evil.example' }),
    await sign({ ...claims, aud: 'other' }),
    await sign({ ...claims, exp: seconds - 31 }),
    await sign({ ...claims, nbf: seconds + 60 }),
    await sign(nobody),
    await sign(claims, other.privateKey),
    await sign(claims, rsa.privateKey, 'PS256', 'two'), // a key of the issuer, but no allowed algorithm
    await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey), // for ever
    await new SignJWT({ exp: seconds + 600, ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(Buffer.from(JSON.stringify(jwks.keys[0]))), // the public key as a shared secret
    forged({ alg: 'none' }),
    `${forged({ alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    `${header}.${payload}.`,
    'x.y.z',
    'x'.repeat(20_000)
  ]
  for (const [at, token] of bad.entries())
    t.equal(await ask(bearer(token)), 'SCHLEUSE_AUDIT_TOKEN_INVALID', `token ${at}`)

  const broken = asking(
    optionsIn(folderOf(t), {
      oidc: {
        ...oidc,
        keys: async () => {
          throw new Error('issuer is down')
        }
      }
    })
  )
  t.equal(await broken(bearer(good)), 'SCHLEUSE_AUDIT_TOKEN_INVALID')
})
