import { HttpProvider } from './http-provider.ts'
import { ProviderConfigError, type ProviderKind } from './kind.ts'

const BASE_URL = 'https://api.openai.com/v1'

/** The global host and the regional ones (https://developers.openai.com/api/docs/guides/your-data, data residency). */
const PINNED = /^https:\/\/(?:[a-z]{2,8}\.)?api\.openai\.com\/v1\/?$/

/**
 * OpenAI. A caller's OpenAI key goes to OpenAI's hosts only: another base URL is refused, so that a slip in the config
 * can't send keys elsewhere. Servers that speak the same protocol are `openai-compatible`.
 */
export const openai: ProviderKind = {
  kind: 'openai',
  create(config, deps) {
    const baseUrl = config.baseUrl ?? BASE_URL
    if (!PINNED.test(baseUrl)) {
      throw new ProviderConfigError(
        'baseUrl',
        `must be ${BASE_URL} or a regional host such as https://eu.api.openai.com/v1; for other servers use provider openai-compatible`
      )
    }
    return new HttpProvider(config, baseUrl, deps)
  }
}
