import type { AppConfig, KeyConfig } from './schema.ts'
import type { AppLimits } from '../limits/schema.ts'
import { type KeyEntry, storedKey } from './key-store.ts'
import { KeyRing, type StoredKey } from './key-ring.ts'
import { type PurposeGap, purposeGaps, type PurposeRecord } from './purpose.ts'

/** The app id under which callers of this machine are recorded when no apps are configured. */
export const LOCAL_APP_ID = 'local'

/** A caller: what it is bound to. Immutable; a request keeps the one it began with. */
export interface App {
  readonly id: string
  /** Id of its policy; null: the first one. */
  readonly policyId: string | null
  /** A policy that is tried: it decides this share of conversations (0–1) and watches the others. */
  readonly trial: { readonly policyId: string; readonly share: number } | null
  /** Undefined: nothing is bounded. */
  readonly limits: AppLimits | undefined
  readonly purpose: PurposeRecord | undefined
  /** What its purpose record leaves open. */
  readonly gaps: readonly PurposeGap[]
  /** @param model attacker-controlled */
  mayUse(model: string): boolean
}

/** Everyone who may call. */
export interface Registry {
  /** Null when no apps are configured: then only this machine is served, as the app `local`. */
  readonly keys: KeyRing | null
  readonly apps: readonly App[]
  /** The app `local` when none is configured. */
  readonly local: App
  app(id: string): App | undefined
}

/**
 * Puts config and key file together. A key of the file whose app is not configured opens nothing.
 * @param blind random bytes for the key ring, 32
 */
export function createRegistry(
  configs: readonly AppConfig[],
  entries: readonly KeyEntry[],
  blind: Buffer
): Registry {
  const apps = new Map(configs.map(config => [config.id, createApp(config)]))
  const keys = [...configs.flatMap(({ id, keys }) => configuredKeys(keys, id)), ...entries.map(storedKey)]
  return {
    keys: apps.size === 0 ? null : new KeyRing(keys, blind),
    apps: [...apps.values()],
    local: createApp({ id: LOCAL_APP_ID, keys: [] }),
    app: id => apps.get(id)
  }
}

function createApp(config: AppConfig): App {
  const { id, policy, trial, models, limits, purpose } = config
  const exact = new Set(models)
  const prefixes = (models ?? []).filter(name => name.endsWith('*')).map(name => name.slice(0, -1))
  return Object.freeze({
    id,
    policyId: policy ?? null,
    trial: trial === undefined ? null : { policyId: trial.policy, share: trial.share },
    limits,
    purpose,
    gaps: purposeGaps(purpose),
    mayUse: (model: string) =>
      models === undefined || exact.has(model) || prefixes.some(prefix => model.startsWith(prefix))
  })
}

/** Keys without an id of their own are named by their place. */
export function configuredKeys(keys: readonly KeyConfig[], appId: string): StoredKey[] {
  return keys.map((key, at) => {
    if (typeof key === 'string') return { id: `config-${at + 1}`, appId, hash: key }
    const { id = `config-${at + 1}`, hash, expires } = key
    return { id, appId, hash, ...(expires === undefined ? {} : { expiresAt: Date.parse(expires) }) }
  })
}
