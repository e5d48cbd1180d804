import { HttpProvider } from './http-provider.ts'
import { ProviderConfigError, type ProviderKind } from './kind.ts'

/**
 * Any server that speaks OpenAI's protocol: vLLM, Ollama, LM Studio, Mistral, IONOS, OVHcloud and others.
 * Its profile or its config names the host; a profile's host is pinned when the config is read.
 */
export const openaiCompatible: ProviderKind = {
  kind: 'openai-compatible',
  create(config, deps) {
    if (config.baseUrl === undefined) {
      throw new ProviderConfigError('baseUrl', 'is required, e.g. http://127.0.0.1:11434/v1')
    }
    return new HttpProvider(config, config.baseUrl, deps)
  }
}
