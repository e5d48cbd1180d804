/**
 * A base URL is `https:`, or `http:` to this machine, without credentials, query and fragment.
 * @returns what it must be instead, or null if it is allowed
 */
export function baseUrlProblem(baseUrl: string): string | null {
  const url = URL.parse(baseUrl)
  if (!url) return 'must be a URL such as https://api.example.com/v1'
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    return 'must be https; plain http is allowed to loopback addresses only'
  }
  if (url.username || url.password || url.search || url.hash)
    return 'must not hold credentials, a query or a fragment'
  return null
}

/** Visible ASCII from a slash, no dot segments: a path can't climb out of the base URL. Attacker-influenced. */
export function isPlainPath(path: string): boolean {
  return /^\/[!-~]*$/.test(path) && !/(^|\/)\.{1,2}([/?#]|$)|%2e|#|\\/i.test(path)
}
