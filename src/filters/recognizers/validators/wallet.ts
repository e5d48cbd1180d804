import { hash } from 'node:crypto'

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
/** Bytes of a Base58Check address: version, 20 of a hash, four of a checksum. */
const SIZE = 25

/** Base58Check: the last four bytes begin the double SHA-256 of those before. Addresses of up to 35 characters. */
export function isBase58Address(text: string): boolean {
  const bytes = new Uint8Array(SIZE)
  for (const char of text) {
    let carry = base58.indexOf(char)
    if (carry < 0) return false
    for (let i = SIZE - 1; i >= 0; i--) {
      carry += (bytes[i] ?? 0) * 58
      bytes[i] = carry & 0xff
      carry >>= 8
    }
    if (carry > 0) return false
  }
  const sum = hash('sha256', hash('sha256', bytes.subarray(0, SIZE - 4), 'buffer'), 'buffer')
  return sum.subarray(0, 4).equals(bytes.subarray(SIZE - 4))
}

const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** Highest version of a witness program. */
const MAX_VERSION = 16

/** Addresses in Bech32 (version 0, BIP 173) or Bech32m (BIP 350): the BCH code over prefix and data. */
export function isBech32Address(text: string): boolean {
  const address = text.toLowerCase()
  const split = address.lastIndexOf('1')
  let sum = 1
  const add = (value: number): void => {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, term] of generator.entries()) if (((top >>> bit) & 1) === 1) sum ^= term
  }
  for (let i = 0; i < split; i++) add(address.charCodeAt(i) >> 5)
  add(0)
  for (let i = 0; i < split; i++) add(address.charCodeAt(i) & 31)
  for (let i = split + 1; i < address.length; i++) {
    const value = bech32.indexOf(address.charAt(i))
    if (value < 0) return false
    add(value)
  }
  const version = bech32.indexOf(address.charAt(split + 1))
  return version === 0 ? sum === 1 : version <= MAX_VERSION && sum === 0x2bc830a3
}
