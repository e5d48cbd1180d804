import type { Clock } from '../core/clock.ts'
import type { Deployment, Provider, Timeouts } from './provider.ts'

/** One entry under `providers` in the config. */
export interface ProviderConfig {
  readonly id: string
  readonly kind: string
  readonly baseUrl?: string | undefined
  readonly credential?: 'passthrough' | 'none' | undefined
  readonly places: readonly string[]
  readonly models: readonly string[]
}

export interface ProviderDeps {
  readonly timeouts: Timeouts
  readonly clock: Clock
}

/** One adapter: how deployments of this kind are reached. */
export interface ProviderKind {
  readonly kind: string
  /** @throws ProviderConfigError */
  create(config: ProviderConfig, deps: ProviderDeps): Provider
}

/** What the config says of a deployment; its kind adds host and credential. */
export function declared({
  id,
  kind,
  places,
  models
}: ProviderConfig): Omit<Deployment, 'host' | 'credential'> {
  return { id, kind, places, storage: places, retentionDays: null, training: null, contract: null, models }
}

/** A value of one provider's config is not allowed; the message says what is. */
export class ProviderConfigError extends TypeError {
  readonly field: keyof ProviderConfig

  constructor(field: keyof ProviderConfig, message: string) {
    super(message)
    this.name = 'ProviderConfigError'
    this.field = field
  }
}
