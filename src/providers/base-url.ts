import { isIP } from 'node:net'
import { isLoopbackHost } from '../core/loopback.ts'
import { isAllowed, type Network } from './guarded-lookup.ts'

/**
 * A base URL is `https:`, or `http:` to this machine, without credentials, query and fragment. A literal address must be
 * one of the public internet unless the deployment declares a private network.
 * @returns what it must be instead, or null if it is allowed
 */
export function baseUrlProblem(baseUrl: string, privateNetwork = false): string | null {
  const url = URL.parse(baseUrl)
  if (!url) return 'must be a URL such as https://api.example.com/v1'
  const loopback = isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    return 'must be https; plain http is allowed to loopback addresses only'
  }
  if (url.username || url.password || url.search || url.hash)
    return 'must not hold credentials, a query or a fragment'
  const address = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isAllowed(address, networkOf(baseUrl, privateNetwork)))
    return 'must not be a private address; set privateNetwork: true if the server stands in your own network'
  return null
}

/** Where names in this base URL may point: a loopback name to this machine only, any other never to it. */
export function networkOf(baseUrl: string, privateNetwork: boolean): Network {
  if (isLoopbackHost(URL.parse(baseUrl)?.hostname ?? '')) return 'loopback'
  return privateNetwork ? 'private' : 'public'
}

/** Visible ASCII from a slash, no dot segments: a path can't climb out of the base URL. Attacker-influenced. */
export function isPlainPath(path: string): boolean {
  return /^\/[!-~]*$/.test(path) && !/(^|\/)\.{1,2}([/?#]|$)|%2e|#|\\/i.test(path)
}
