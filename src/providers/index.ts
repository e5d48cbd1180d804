import { azureOpenai } from './azure-openai.ts'
import { demo } from './demo.ts'
import { type DeploymentConfig, ProviderConfigError, type ProviderDeps, type ProviderKind } from './kind.ts'
import { openai } from './openai.ts'
import { openaiCompatible } from './openai-compatible.ts'
import type { Provider } from './provider.ts'

/** Every adapter. A new one is one file and one line here. */
export const providerKinds: readonly ProviderKind[] = [demo, openai, azureOpenai, openaiCompatible]

/** @throws ProviderConfigError naming the field and what it may be */
export function createProvider(config: DeploymentConfig, deps: ProviderDeps): Provider {
  const kind = providerKinds.find(kind => kind.kind === config.kind)
  if (!kind) {
    throw new ProviderConfigError('kind', `must be one of ${providerKinds.map(kind => kind.kind).join(', ')}`)
  }
  return kind.create(config, deps)
}
