import { baseUrlProblem } from './base-url.ts'
import { HttpClient } from './http.ts'
import { declared, type ProviderConfig, ProviderConfigError, type ProviderDeps } from './kind.ts'
import type { Deployment, Provider, UpstreamCall, UpstreamHandler, UpstreamRequest } from './provider.ts'

/** What identifies a caller to OpenAI and servers that speak its protocol. */
const CREDENTIAL_HEADERS = ['authorization', 'openai-organization', 'openai-project'] as const

/** Never sent where the config says `none`, whatever the caller's allow-list let through. */
const SECRET_HEADERS = new Set<string>([
  ...CREDENTIAL_HEADERS,
  'api-key',
  'x-api-key',
  'x-goog-api-key',
  'cookie'
])

/**
 * The caller's own credential, for a deployment with `credential: passthrough`.
 * @param callerHeaders lower-case names, attacker-controlled
 * @returns those of `authorization`, `openai-organization`, `openai-project` that are there once; it is the caller's
 * duty to refuse with CredentialMissing when `authorization` is not among them
 */
export function credentialHeaders(
  callerHeaders: Readonly<Record<string, string | string[] | undefined>>
): Record<string, string> {
  const credential: Record<string, string> = {}
  for (const name of CREDENTIAL_HEADERS) {
    const value = callerHeaders[name]
    if (typeof value === 'string') credential[name] = value
  }
  return credential
}

/** A deployment reached over HTTP with paths and bodies as the dialect made them. */
export class HttpProvider implements Provider {
  readonly deployment: Deployment
  readonly #client: HttpClient

  /** @throws ProviderConfigError when the base URL is not allowed */
  constructor(
    config: ProviderConfig,
    baseUrl: string,
    credential: Deployment['credential'],
    deps: ProviderDeps
  ) {
    const problem = baseUrlProblem(baseUrl)
    if (problem !== null) throw new ProviderConfigError('baseUrl', problem)
    this.#client = new HttpClient({ id: config.id, baseUrl, timeouts: deps.timeouts })
    this.deployment = { ...declared(config), host: this.#client.host, credential }
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamCall {
    if (this.deployment.credential === 'passthrough') return this.#client.send(request, handler)
    const headers = Object.entries(request.headers).filter(([name]) => !SECRET_HEADERS.has(name))
    return this.#client.send({ ...request, headers: Object.fromEntries(headers) }, handler)
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}
