/**
 * A base URL is `https:`, or `http:` to this machine, without credentials, query and fragment.
 * @throws TypeError that says what is allowed
 */
export function parseBaseUrl(baseUrl: string): URL {
  const url = URL.parse(baseUrl)
  if (!url) throw new TypeError('must be a URL such as https://api.example.com/v1')
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new TypeError('must be https; plain http is allowed to loopback addresses only')
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError('must not hold credentials, a query or a fragment')
  }
  return url
}

/** Visible ASCII from a slash, no dot segments: a path can't climb out of the base URL. Attacker-influenced. */
export function isPlainPath(path: string): boolean {
  return /^\/[!-~]*$/.test(path) && !/(^|\/)\.{1,2}([/?#]|$)|%2e|#|\\/i.test(path)
}
