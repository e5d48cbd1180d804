import { isIP } from 'node:net'

/**
 * True when `host` names this machine: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), an IPv4-mapped form
 * of the former as sockets report it, or `localhost` (RFC 6761 §6.3).
 * `sub.localhost` and `localhost.` are refused: resolvers differ on them.
 * @param host an address or name without port; IPv6 with or without brackets; attacker-controlled
 */
export function isLoopbackHost(host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  if (bare.toLowerCase() === 'localhost' || bare === '::1') return true
  const v4 = bare.toLowerCase().startsWith('::ffff:') ? bare.slice(7) : bare
  return isIP(v4) === 4 && v4.startsWith('127.')
}
