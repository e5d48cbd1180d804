import { baseUrlProblem } from './base-url.ts'
import { type Credential, createCredential, withoutSecrets } from './credentials.ts'
import { Evidence } from './evidence.ts'
import { HttpClient } from './http.ts'
import { declared, type DeploymentConfig, ProviderConfigError, type ProviderDeps } from './kind.ts'
import type { Deployment, Provider, UpstreamCall, UpstreamHandler, UpstreamRequest } from './provider.ts'

/** A deployment reached over HTTP. Bodies go as the dialect made them, paths too unless the kind has its own. */
export class HttpProvider implements Provider {
  readonly deployment: Deployment
  readonly credential: Credential
  readonly evidence: Evidence | null
  readonly #client: HttpClient
  readonly #pathOf: (request: UpstreamRequest) => string

  /**
   * @param pathOf path below the base URL; left out: that of the request
   * @throws ProviderConfigError when the base URL is not allowed
   */
  constructor(
    config: DeploymentConfig,
    baseUrl: string,
    deps: ProviderDeps,
    pathOf: (request: UpstreamRequest) => string = request => request.path
  ) {
    const { id, credential, privateNetwork, tls } = config
    const problem = baseUrlProblem(baseUrl, privateNetwork)
    if (problem !== null) throw new ProviderConfigError('baseUrl', problem)
    this.#client = new HttpClient({ ...deps, id, baseUrl, privateNetwork, tls })
    this.#pathOf = pathOf
    this.credential = createCredential(id, credential, deps.clock)
    this.evidence = config.evidence === null ? null : new Evidence(config.evidence)
    const from = credential.from === 'passthrough' || credential.from === 'none' ? credential.from : 'managed'
    this.deployment = Object.freeze({ ...declared(config), host: this.#client.host, credential: from })
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamCall {
    const headers = { ...withoutSecrets(request.headers), ...request.credential }
    return this.#client.send({ ...request, path: this.#pathOf(request), headers }, handler)
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}
