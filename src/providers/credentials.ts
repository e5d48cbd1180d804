import { errors } from '../errors.ts'
import { credentialHeaders } from './http-provider.ts'
import type { Deployment } from './provider.ts'

/**
 * The credential headers of a request to this deployment: the caller's own in passthrough mode, else none.
 * @param caller lower-case names, attacker-controlled
 * @throws errors.CredentialMissing when the caller has none and the deployment needs it
 */
export function credentialsFor(
  deployment: Deployment,
  caller: Readonly<Record<string, string | string[] | undefined>>
): Record<string, string> {
  if (deployment.credential === 'none') return {}
  const headers = credentialHeaders(caller)
  if (headers['authorization'] === undefined) throw new errors.CredentialMissing(deployment.id)
  return headers
}
