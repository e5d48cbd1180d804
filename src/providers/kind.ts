import type { Clock } from '../core/clock.ts'
import type { CredentialSource } from './credential-source.ts'
import type { EvidenceConfig } from './evidence.ts'
import type { Resolve } from './guarded-lookup.ts'
import type { Deployment, Provider, Timeouts } from './provider.ts'

/** PEM texts. */
export interface TlsOptions {
  /** Only certificates of this authority are accepted; left out: those of the system. */
  readonly ca?: string | undefined
  /** What the gateway shows of itself. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** One entry under `deployments` in the config, completed by the profile of its provider. */
export interface DeploymentConfig extends Omit<Deployment, 'host' | 'credential'> {
  readonly baseUrl?: string | undefined
  readonly credential: CredentialSource
  /** How the answer shows where it was made. */
  readonly evidence: EvidenceConfig | null
  readonly privateNetwork: boolean
  readonly tls?: TlsOptions | undefined
  /** Azure's dated paths; left out: its `/openai/v1`. */
  readonly apiVersion?: string | undefined
}

export interface ProviderDeps {
  readonly timeouts: Timeouts
  readonly clock: Clock
  /** Default: the system's resolver. */
  readonly resolve?: Resolve | undefined
}

/** One adapter: how deployments of this kind are reached. */
export interface ProviderKind {
  readonly kind: string
  /** @throws ProviderConfigError */
  create(config: DeploymentConfig, deps: ProviderDeps): Provider
}

/** What the config says of a deployment; its kind adds the host. Credential and certificates stay behind. */
export function declared(config: DeploymentConfig): Omit<Deployment, 'host' | 'credential'> {
  return {
    id: config.id,
    kind: config.kind,
    provider: config.provider,
    sku: config.sku,
    region: config.region,
    profile: config.profile,
    places: config.places,
    storage: config.storage,
    retentionDays: config.retentionDays,
    training: config.training,
    reviewDue: config.reviewDue,
    contract: config.contract,
    models: config.models,
    upstreamModels: config.upstreamModels,
    priority: config.priority,
    weight: config.weight,
    maxConcurrent: config.maxConcurrent
  }
}

/** A value of one deployment's config is not allowed; the message says what is. */
export class ProviderConfigError extends TypeError {
  readonly field: keyof DeploymentConfig

  constructor(field: keyof DeploymentConfig, message: string) {
    super(message)
    this.name = 'ProviderConfigError'
    this.field = field
  }
}
