import type { FastifyRequest } from 'fastify'
import { isValid, type KeyRing, type StoredKey } from '../apps/key-ring.ts'
import type { Clock } from '../core/clock.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import { errors } from '../errors.ts'
import type { Caller, Governance } from '../governance.ts'
import { APP_KEY_HEADER, looksLikeAppKey, type Presented, presentedKeys } from './credentials.ts'

/** Who may call: configured apps with their keys, or, without any, this machine only. */
export interface Access {
  /** @throws errors.AppKeyInvalid, AppKeyExpired, CallerNotLoopback, HostNotAllowed */
  admit(request: FastifyRequest): Caller
  /**
   * Lets operators in: with one of the keys under `admin`; without any, and without apps, callers of this machine.
   * @returns the id of the key; null without one
   * @throws errors.AdminKeyInvalid, CallerNotLoopback, HostNotAllowed
   */
  admitAdmin(request: FastifyRequest): string | null
}

/**
 * @param current what is in force now
 * @param adminKeys of operators
 */
export function createAccess(current: () => Governance, clock: Clock, adminKeys: KeyRing | null): Access {
  return {
    admitAdmin: request => {
      const governance = current()
      if (adminKeys === null && governance.registry.keys === null) {
        admitLocal(request, governance)
        return null
      }
      const found = presentedKeys(request).map(({ key }) => adminKeys?.find(key) ?? null)
      const stored = firstUsable(
        found.map(stored => ({ stored })),
        clock.now()
      )
      if (stored === null || !isValid(stored, clock.now())) throw new errors.AdminKeyInvalid()
      return stored.id
    },
    admit: request => {
      const governance = current()
      const { keys } = governance.registry
      return keys === null
        ? admitLocal(request, governance)
        : admitApp(request, governance, keys, clock.now())
    }
  }
}

function admitApp(request: FastifyRequest, governance: Governance, keys: KeyRing, now: number): Caller {
  const presented = presentedKeys(request)
  const known = presented.map(one => ({ ...one, stored: keys.find(one.key) }))
  const own = known.find(({ header }) => header === APP_KEY_HEADER)
  const stored = own === undefined ? firstUsable(known, now) : own.stored
  const app = stored === null ? undefined : governance.registry.app(stored.appId)
  if (stored === null || app === undefined) throw new errors.AppKeyInvalid()
  if (!isValid(stored, now)) throw new errors.AppKeyExpired()
  const hidden = known.filter(({ stored, key }) => stored !== null || looksLikeAppKey(key))
  return { app, keyId: stored.id, headers: without(request.headers, hidden), governance }
}

/** A valid key, or else an invalid one, so that its holder is told that it has expired. */
function firstUsable(known: readonly { stored: StoredKey | null }[], now: number): StoredKey | null {
  const stored = known.map(one => one.stored).filter(one => one !== null)
  return stored.find(one => isValid(one, now)) ?? stored[0] ?? null
}

function without(headers: Caller['headers'], hidden: readonly Presented[]): Caller['headers'] {
  const rest = { ...headers }
  for (const { header } of hidden) if (header !== null) delete rest[header]
  return rest
}

/** The Host header is checked too: a web page may point a name of its own at this machine (DNS rebinding). */
function admitLocal(request: FastifyRequest, governance: Governance): Caller {
  if (!isLoopbackHost(request.socket.remoteAddress ?? '')) throw new errors.CallerNotLoopback()
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (!isLoopbackHost(host)) throw new errors.HostNotAllowed()
  return { app: governance.registry.local, keyId: null, headers: request.headers, governance }
}
