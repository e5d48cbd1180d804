import { join } from 'node:path'
import type { Clock } from '../../core/clock.ts'
import type { HmacKey } from '../../core/hmac.ts'
import { type RedisSettings, targetOf } from '../../core/redis.ts'
import { loadOrCreateSecret } from '../../core/secret-file.ts'
import { KeyRing } from './key-ring.ts'
import { MemoryStore } from './memory.ts'
import { RedisStore } from './redis.ts'
import { SqliteStore } from './sqlite.ts'
import type { VaultStore } from './store.ts'
import { Vault } from './vault.ts'

/** The section `vault` of the config. */
export interface VaultSettings {
  readonly store: 'memory' | 'sqlite' | 'redis'
  readonly ttlHours: number
  readonly maxBytes: number
  readonly keyFiles: readonly string[]
  readonly redis?: RedisSettings & {
    readonly username?: string
    readonly prefix: string
    readonly timeoutMs: number
  }
}

export interface VaultDeps {
  readonly clock: Clock
  readonly dataDir: string
  readonly index: HmacKey
  /** Keys from the environment, 64 hex digits each; they come before files. */
  readonly keys: readonly string[]
  readonly redisPassword: string | undefined
  readonly onFault: (error: Error) => void
}

const HOUR_MS = 3_600_000

/** Opens the vault that the config describes. @throws Error for a key file or a database that can't be used */
export function openVault(settings: VaultSettings, deps: VaultDeps): Vault {
  return new Vault({
    store: openStore(settings, deps),
    keys: new KeyRing(vaultKeys(settings, deps)),
    index: deps.index,
    ttlMs: settings.ttlHours * HOUR_MS
  })
}

/** Path of the SQLite store. */
export function vaultFile(dataDir: string): string {
  return join(dataDir, 'vault.sqlite')
}

/** The keys in use, the one that seals first. @throws Error for a file that is no secret */
export function vaultKeys(
  settings: VaultSettings,
  { keys, dataDir }: Pick<VaultDeps, 'keys' | 'dataDir'>
): Buffer[] {
  const fromEnvironment = keys.map(key => Buffer.from(key, 'hex'))
  if (fromEnvironment.length > 0) return fromEnvironment
  const files = settings.keyFiles.length > 0 ? settings.keyFiles : [join(dataDir, 'vault.key')]
  return files.map(file => loadOrCreateSecret(file))
}

function openStore(settings: VaultSettings, deps: VaultDeps): VaultStore {
  const { clock, dataDir } = deps
  const { store, maxBytes, redis } = settings
  if (store === 'memory') return new MemoryStore({ clock, maxBytes })
  if (store === 'sqlite' || redis === undefined)
    return new SqliteStore({ path: vaultFile(dataDir), clock, maxBytes })
  return new RedisStore({
    target: targetOf(redis),
    username: redis.username,
    password: deps.redisPassword,
    prefix: redis.prefix,
    timeoutMs: redis.timeoutMs,
    onFault: deps.onFault
  })
}
