import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { isLoopbackHost } from '../core/loopback.ts'
import { errors } from '../errors.ts'

/** Who may call: configured apps with their keys, or, without any, this machine only. */
export interface Access {
  /**
   * Id of the calling app.
   * @throws errors.AppKeyInvalid, CallerNotLoopback, HostNotAllowed
   */
  admit(request: FastifyRequest): string
}

export interface AppKeys {
  readonly id: string
  /** `sha256:` and the hash in hex. */
  readonly keys: readonly string[]
}

/** Header of the app's key. The provider's own credential stays where the SDK puts it. */
export const appKeyHeader = 'x-schleuse-key'
/** Name of the only app when none is configured. */
export const localApp = 'local'

export function createAccess(apps: readonly AppKeys[]): Access {
  if (apps.length === 0) return { admit: admitLocal }
  const hashes = apps.flatMap(app =>
    app.keys.map(key => ({ id: app.id, hash: Buffer.from(key.slice('sha256:'.length), 'hex') }))
  )
  return { admit: request => admitApp(request, hashes) }
}

/** Compares with every key, so that the time tells nothing of which one was close. */
function admitApp(request: FastifyRequest, hashes: readonly { id: string; hash: Buffer }[]): string {
  const key = request.headers[appKeyHeader]
  const presented = createHash('sha256')
    .update(typeof key === 'string' ? key : '')
    .digest()
  let found: string | null = null
  for (const { id, hash } of hashes) if (timingSafeEqual(hash, presented)) found = id
  if (found === null) throw new errors.AppKeyInvalid()
  return found
}

/** The Host header is checked too: a web page may point a name of its own at this machine (DNS rebinding). */
function admitLocal(request: FastifyRequest): string {
  if (!isLoopbackHost(request.socket.remoteAddress ?? '')) throw new errors.CallerNotLoopback()
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (!isLoopbackHost(host)) throw new errors.HostNotAllowed()
  return localApp
}
