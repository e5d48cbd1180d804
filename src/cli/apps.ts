import { createRegistry } from '../apps/registry.ts'
import { newKey } from '../apps/key.ts'
import { changeKeys, type KeyEntry, keyFileOf, readKeys } from '../apps/key-store.ts'
import type { Config } from '../config.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'
import { UsageError } from './usage-error.ts'

export interface KeyDeps {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly randomBytes: (size: number) => Buffer
}

/** Which app lacks which parts of its purpose record; code 1 when any does. */
export function checkApps(config: Config): Report {
  const { apps } = createRegistry(config.apps, [], Buffer.alloc(32))
  if (apps.length === 0) return { text: 'no apps are configured: only this machine is served\n', code: 0 }
  const rows = apps.map(({ id, purpose, gaps }) => [
    id,
    purpose?.id ?? '-',
    gaps.length === 0 ? 'complete' : `missing: ${gaps.join(', ')}`
  ])
  return {
    text: table([['app', 'purpose', 'record'], ...rows]),
    code: apps.some(({ gaps }) => gaps.length > 0) ? 1 : 0
  }
}

/**
 * Makes a key and shows it, once.
 * @param expires a date such as 2027-06-30, or a time in UTC
 * @throws UsageError for an unknown app or a date that is none or over
 */
export function createKey(
  config: Config,
  appId: string,
  expires: string | undefined,
  { now, randomBytes }: KeyDeps
): Report {
  if (!config.apps.some(({ id }) => id === appId)) {
    const known = config.apps.map(({ id }) => id).join(', ')
    throw new UsageError(`there is no app of this id in ${config.file}; there are: ${known || 'none'}`)
  }
  const until = expires === undefined ? undefined : Date.parse(expires)
  if (until !== undefined && !(until > now))
    throw new UsageError('--expires must be a date to come, such as 2027-06-30')
  const { id, key, hash } = newKey(randomBytes)
  const entry: KeyEntry = {
    id,
    app: appId,
    hash,
    created: new Date(now).toISOString(),
    ...(until === undefined ? {} : { expires: new Date(until).toISOString() })
  }
  changeKeys(keyFileOf(config.dataDir), keys => [...keys, entry])
  return {
    text: `${key}\n${id} of app ${appId}. The key is shown this once; only its hash is stored.\n`,
    code: 0
  }
}

/** Keys made by `createKey`; those written into the config are managed there. */
export function listKeys(config: Config, appId: string | undefined, now: number): Report {
  const keys = readKeys(keyFileOf(config.dataDir)).filter(({ app }) => appId === undefined || app === appId)
  const known = new Set(config.apps.map(({ id }) => id))
  const rows = keys.map(entry => [
    entry.id,
    entry.app,
    entry.created,
    entry.expires ?? '-',
    known.has(entry.app) ? stateOf(entry, now) : 'app is not configured'
  ])
  return { text: table([['key', 'app', 'created', 'expires', 'state'], ...rows]), code: 0 }
}

/** @throws UsageError for an unknown id */
export function revokeKey(config: Config, keyId: string, now: number): Report {
  revokeIn(keyFileOf(config.dataDir), keyId, now, 'key of this id; schleuse apps key list shows them')
  return { text: `${keyId} is revoked\n`, code: 0 }
}

/**
 * Revokes a key in its file; one that is revoked stays as it is.
 * @param what of it there is none when the id is unknown
 * @throws UsageError for an unknown id
 */
export function revokeIn(file: string, keyId: string, now: number, what: string): void {
  changeKeys(file, keys => {
    if (!keys.some(({ id }) => id === keyId)) throw new UsageError(`there is no ${what}`)
    return keys.map(entry =>
      entry.id === keyId && entry.revoked === undefined
        ? { ...entry, revoked: new Date(now).toISOString() }
        : entry
    )
  })
}

/** Valid, expired or revoked, in words. */
export function stateOf({ expires, revoked }: KeyEntry, now: number): string {
  if (revoked !== undefined) return `revoked ${revoked}`
  return expires !== undefined && Date.parse(expires) <= now ? 'expired' : 'valid'
}
