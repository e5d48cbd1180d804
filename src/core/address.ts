import { BlockList, isIP } from 'node:net'

/** Addresses that are not globally reachable: IANA special-purpose registries for IPv4 and IPv6 (RFC 6890), multicast. */
const special = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3]
] as const)
  special.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  // protocol assignments and Teredo, documentation, 6to4: the last two carry IPv4 addresses of their own
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20]
] as const)
  special.addSubnet(net, prefix, 'ipv6')

/** Global unicast, RFC 4291 §2.4: everything else in IPv6 is loopback, link-local, unique local, multicast or reserved. */
const unicast = new BlockList()
unicast.addSubnet('2000::', 3, 'ipv6')

/**
 * True for an address of the public internet. IPv4 inside IPv6 (`::ffff:10.0.0.1`) is judged as IPv4.
 * @param address as resolvers give it, attacker-controlled; what is no address is not public
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.check(address, 'ipv4')
  if (family !== 6) return false
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return isPublicAddress(mapped)
  return unicast.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** Networks of one's own: RFC 1918, RFC 6598 (shared), RFC 4193 (unique local). Link-local is none: cloud metadata lives there. */
const own = new BlockList()
own.addSubnet('10.0.0.0', 8, 'ipv4')
own.addSubnet('172.16.0.0', 12, 'ipv4')
own.addSubnet('192.168.0.0', 16, 'ipv4')
own.addSubnet('100.64.0.0', 10, 'ipv4')
own.addSubnet('fc00::', 7, 'ipv6')

/** True for an address of a private network; never for loopback and link-local. @param address attacker-controlled */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && own.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
