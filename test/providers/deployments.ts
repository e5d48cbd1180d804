import type { DeploymentConfig } from '../../src/providers/kind.ts'
import type { Deployment, Provider } from '../../src/providers/provider.ts'

/** A deployment as the config completes it. */
export const deploymentConfig = (over: Partial<DeploymentConfig> = {}): DeploymentConfig => ({
  id: 'p',
  kind: 'openai-compatible',
  provider: 'openai-compatible',
  sku: null,
  region: null,
  profile: { version: 1, hash: `sha256:${'0'.repeat(64)}`, code: null, codeType: null, ictService: null },
  places: ['DE'],
  storage: ['DE'],
  retentionDays: null,
  training: null,
  reviewDue: null,
  contract: null,
  models: ['m'],
  upstreamModels: new Map(),
  priority: 1,
  weight: 1,
  maxConcurrent: 512,
  credential: { from: 'none' },
  evidence: null,
  privateNetwork: false,
  ...over
})

/** A provider that is only looked at. */
export function fakeProvider(over: Partial<Deployment> & { readonly id: string }): Provider {
  const { credential: _, evidence: __, privateNetwork: ___, ...declared } = deploymentConfig()
  return {
    deployment: { ...declared, host: 'h', credential: 'none', ...over },
    credential: { headers: async () => ({}), refused() {} },
    evidence: null,
    send: () => ({ resume() {}, abort() {} }),
    close: async () => {}
  }
}
