import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import { KEY_PREFIX } from '../apps/key.ts'
import { isValid, KeyRing } from '../apps/key-ring.ts'
import { readKeys, storedKey } from '../apps/key-store.ts'
import type { Clock } from '../core/clock.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import { errors } from '../errors.ts'

/** Who asks the trail. */
export interface Auditor {
  /** Id of the token, or a keyed pseudonym of the subject; absent for callers of this machine without a token. */
  readonly credentialId?: string
}

export interface AuditorAccess {
  /** @throws errors.AuditTokenInvalid, AuditRoleMissing, CallerNotLoopback, HostNotAllowed */
  admit(request: FastifyRequest): Promise<Auditor>
}

/** Tokens of an identity provider (OpenID Connect). */
export interface OidcOptions {
  readonly issuer: string
  readonly audience: string
  /** Closed list; the token's own header chooses among them only. */
  readonly algorithms: readonly string[]
  /** Claim that holds the roles, and the role an auditor must have. */
  readonly roleClaim: string
  readonly role: string
  /** The issuer's public keys. @throws when they can't be had */
  readonly keys: () => Promise<JSONWebKeySet>
}

export interface AuditorAccessOptions {
  /** File of tokens made by `schleuse audit token create`; read again when it changes. */
  readonly tokenFile: string
  readonly oidc?: OidcOptions
  /** True when the gateway serves this machine only. Then, while there is no token and no OIDC, none is needed. */
  readonly local: boolean
  readonly clock: Pick<Clock, 'now'>
  readonly randomBytes: (size: number) => Buffer
  /** Keyed, so that a record does not name the person. 64 hex digits. */
  readonly pseudonym: (subject: string) => string
}

/** Name under which tokens of auditors stand in their file, in the place of an app. */
export const AUDITOR = 'auditor'
/** Beside the log: the gateway and the command line find it by the same config. */
export function auditorTokenFile(dataDir: string): string {
  return join(dataDir, 'auditor-tokens.json')
}

/** Tokens of identity providers have one to four kilobytes. */
const MAX_TOKEN_CHARS = 16_384
/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 30
/** Headers by which a proxy says that the caller is another machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const

export function createAuditorAccess(options: AuditorAccessOptions): AuditorAccess {
  const tokens = new TokenFile(options.tokenFile, options.randomBytes)
  return {
    async admit(request) {
      const token = bearer(request)
      if (token === undefined) {
        if (!options.local || options.oidc !== undefined || tokens.ring().size > 0)
          throw new errors.AuditTokenInvalid()
        admitLocal(request)
        return {}
      }
      if (token.startsWith(KEY_PREFIX)) return admitToken(tokens.ring().keys, token, options.clock.now())
      if (options.oidc === undefined) throw new errors.AuditTokenInvalid()
      return admitJwt(token, options.oidc, options)
    }
  }
}

function bearer(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers
  if (authorization === undefined) return undefined
  const token = /^bearer +([!-~]+)$/i.exec(authorization)?.[1]
  if (token === undefined || token.length > MAX_TOKEN_CHARS) throw new errors.AuditTokenInvalid()
  return token
}

/** Behind a proxy on this machine every caller looks local, so a forwarded request needs a token. */
function admitLocal(request: FastifyRequest): void {
  if (!isLoopbackHost(request.socket.remoteAddress ?? '')) throw new errors.CallerNotLoopback()
  if (FORWARDED.some(name => request.headers[name] !== undefined)) throw new errors.AuditTokenInvalid()
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (!isLoopbackHost(host)) throw new errors.HostNotAllowed()
}

function admitToken(keys: KeyRing, token: string, now: number): Auditor {
  const stored = keys.find(token)
  if (stored === null || !isValid(stored, now)) throw new errors.AuditTokenInvalid()
  return { credentialId: stored.id }
}

async function admitJwt(token: string, oidc: OidcOptions, options: AuditorAccessOptions): Promise<Auditor> {
  const payload = await verified(token, oidc, options.clock.now())
  const roles: unknown = payload[oidc.roleClaim]
  const held = Array.isArray(roles) ? roles : typeof roles === 'string' ? roles.split(' ') : []
  if (!held.includes(oidc.role)) throw new errors.AuditRoleMissing()
  const subject = options.pseudonym(`auditor ${oidc.issuer} ${payload.sub ?? ''}`)
  return { credentialId: `oidc-${subject.slice(0, 16)}` }
}

async function verified(token: string, oidc: OidcOptions, now: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(await oidc.keys()), {
      issuer: oidc.issuer,
      audience: oidc.audience,
      algorithms: [...oidc.algorithms],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(now)
    })
    return payload
  } catch (cause) {
    throw new errors.AuditTokenInvalid({ cause })
  }
}

/** Tokens as the command line stores them; a change counts from the next request on. */
class TokenFile {
  readonly #path: string
  readonly #randomBytes: (size: number) => Buffer
  #seen = ''
  #ring: { readonly keys: KeyRing; readonly size: number } | null = null

  constructor(path: string, randomBytes: (size: number) => Buffer) {
    this.#path = path
    this.#randomBytes = randomBytes
  }

  /** @throws Error when the file is there and can't be read: a revocation could be missing */
  ring(): { readonly keys: KeyRing; readonly size: number } {
    const stat = statSync(this.#path, { throwIfNoEntry: false })
    // The file is replaced as a whole, so a change always has another inode or time.
    const seen = stat === undefined ? 'none' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`
    if (this.#ring === null || seen !== this.#seen) {
      const stored = readKeys(this.#path).filter(({ app }) => app === AUDITOR)
      this.#ring = { keys: new KeyRing(stored.map(storedKey), this.#randomBytes(32)), size: stored.length }
      this.#seen = seen
    }
    return this.#ring
  }
}
