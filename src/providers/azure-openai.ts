import { HttpProvider } from './http-provider.ts'
import { ProviderConfigError, type ProviderKind } from './kind.ts'
import type { UpstreamRequest } from './provider.ts'

/** A resource of one's own (https://learn.microsoft.com/azure/ai-foundry/openai/reference): the host says nothing of the region. */
const PINNED =
  /^https:\/\/[a-z0-9][a-z0-9-]{0,62}\.(?:openai\.azure\.com|services\.ai\.azure\.com|cognitiveservices\.azure\.com)\/?$/

/** Dated versions of the older paths, e.g. `2024-10-21` and `2025-04-01-preview`. */
const API_VERSION = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/

/**
 * Azure OpenAI in both generations of its paths: `/openai/v1/…` with the deployment's name as `model`, and, where
 * `apiVersion` is given, `/openai/deployments/{deployment}/…?api-version=…`.
 */
export const azureOpenai: ProviderKind = {
  kind: 'azure-openai',
  create(config, deps) {
    const { baseUrl = '', apiVersion } = config
    if (!PINNED.test(baseUrl))
      throw new ProviderConfigError(
        'baseUrl',
        'must be the resource, such as https://contoso.openai.azure.com'
      )
    if (apiVersion !== undefined && !API_VERSION.test(apiVersion))
      throw new ProviderConfigError(
        'apiVersion',
        'must be a version such as 2024-10-21; leave it out for /openai/v1'
      )
    if (config.credential.from === 'passthrough')
      throw new ProviderConfigError('credential', 'must be one of the gateway (env, file or command)')
    return new HttpProvider(config, baseUrl, deps, request => azurePath(request, apiVersion))
  }
}

/** The model comes from the request where a pattern of the config matched, so it is encoded. Attacker-controlled. */
export function azurePath({ model, path }: UpstreamRequest, apiVersion: string | undefined): string {
  if (apiVersion === undefined) return `/openai/v1${path}`
  const deployment = model === null ? '' : `/deployments/${encodeURIComponent(model)}`
  const version = `${path.includes('?') ? '&' : '?'}api-version=${apiVersion}`
  return `/openai${deployment}${path}${version}`
}
