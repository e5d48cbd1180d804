import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPrivateAddress, isPublicAddress } from '../core/address.ts'
import { isLoopbackHost } from '../core/loopback.ts'

/** Which addresses a deployment's host may stand for. */
export type Network = 'public' | 'private' | 'loopback'

/** Resolves all addresses of a host; `dns.lookup` with `all`. */
export type Resolve = (
  host: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void
) => void

const systemResolve: Resolve = (host, callback) =>
  lookup(host, { all: true }, (error, addresses) => callback(error, addresses))

/** Code of the error for a name that points where its deployment may not send. */
export const FORBIDDEN_ADDRESS = 'SCHLEUSE_FORBIDDEN_ADDRESS'

/**
 * A `lookup` for sockets that refuses names of the public internet which resolve to private or special addresses (DNS
 * rebinding, a slip in a zone): one such address among several refuses the name. What it lets through is what the socket
 * connects to, so there is no second resolution that could differ.
 * @param network `private` also allows private addresses, `loopback` allows loopback addresses only
 */
export function guardedLookup(network: Network, resolve: Resolve = systemResolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0)
        return
      }
      const [first] = addresses
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address, network))) {
        callback(Object.assign(new Error(FORBIDDEN_ADDRESS), { code: FORBIDDEN_ADDRESS }), '', 0)
        return
      }
      if (options.all === true) callback(null, [...addresses])
      else callback(null, first.address, first.family)
    })
  }
}

/** @param address an IP address, of a resolver or written in a base URL */
export function isAllowed(address: string, network: Network): boolean {
  if (network === 'loopback') return isLoopbackHost(address)
  return isPublicAddress(address) || (network === 'private' && isPrivateAddress(address))
}
