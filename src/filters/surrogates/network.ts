import { inLayoutOf, type SurrogateMaker } from './maker.ts'

/** An address of the ranges for documentation: RFC 5737 (IPv4), RFC 3849 (IPv6). */
export const ip: SurrogateMaker = {
  types: ['IP'],
  make: (surface, draw) => {
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(surface))
      return `${draw.of(['192.0.2', '198.51.100', '203.0.113'])}.${1 + draw.below(254)}`
    if (!/^[0-9a-f:]+$/i.test(surface) || !surface.includes(':')) return null
    const group = () => (1 + draw.below(0xffff)).toString(16)
    return `2001:db8:${group()}:${group()}::${group()}`
  }
}

/** A hardware address of the range for documentation (RFC 7042 §2.1.2). */
export const mac: SurrogateMaker = {
  types: ['MAC'],
  make: (surface, draw) =>
    surface.replace(/[^0-9a-f]/gi, '').length === 12 && !/[g-z]/i.test(surface)
      ? inLayoutOf(surface, `00005e0053${draw.below(256).toString(16).padStart(2, '0')}`)
      : null
}
