/** Names that belong to one connection or are decided here (RFC 9110 §7.6.1); a caller's value would be smuggling. */
const NOT_FORWARDED = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade'
])

/**
 * @param headers what the caller may send on; values are attacker-controlled
 * @returns names and values in turn, or null if one is malformed (RFC 9110 §5.5, §5.6.2)
 */
export function headerList(headers: Readonly<Record<string, string>>): string[] | null {
  const list = ['accept-encoding', 'identity']
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value === undefined || NOT_FORWARDED.has(name)) continue
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) return null
    list.push(name, value)
  }
  return list
}

/** Repeated headers joined by comma (RFC 9110 §5.3). */
export function headerMap(
  headers: Readonly<Record<string, string | string[] | undefined>>
): Map<string, string> {
  const map = new Map<string, string>()
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '))
  }
  return map
}
