const POLYNOMIAL = 0xedb88320
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const table = Uint32Array.from({ length: 256 }, (_unused, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1
  return value
})

/** CRC-32 (IEEE 802.3) of ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}

/** Six characters of base 62, filled with zeros. */
export function toBase62(value: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < 6; i++) {
    text = base62.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** True when the last eight characters are the CRC-32 in hexadecimal of what stands between the underscore and them. */
export function hasHexCrc32(token: string): boolean {
  const body = token.slice(token.lastIndexOf('_') + 1, -8)
  return crc32(body).toString(16).padStart(8, '0') === token.slice(-8)
}

/**
 * True when the last six characters are the CRC-32 in base 62 of what stands between the last underscore and them, as
 * in tokens of GitHub and npm.
 */
export function hasCrc32(token: string): boolean {
  const body = token.slice(token.lastIndexOf('_') + 1, -6)
  return toBase62(crc32(body)) === token.slice(-6)
}
