import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes
} from 'node:crypto'

/** Length of a key: AES-256. */
export const KEY_BYTES = 32
/** Keys in use at once: the current one and those that running conversations were sealed with. */
export const MAX_KEYS = 8

/** Nonces are drawn so many at a time: one call costs as much as a seal. */
const NONCES = 128
const VERSION = 1
const EPOCH_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + EPOCH_BYTES + NONCE_BYTES

/**
 * Seals values with AES-256-GCM (NIST SP 800-38D). The first key seals, all of them open: to rotate, put a new key second
 * everywhere, then first, and take the old one away after the TTL. A sealed value names its key's epoch, a digest of the key.
 *
 * Layout: version, epoch (4 bytes), nonce (12), ciphertext, tag (16). Nonces are random: a key is good for 2^32 values.
 */
export class KeyRing {
  /** As key objects: making one of bytes for each value took twice as long as sealing it. */
  readonly #keys: readonly { readonly epoch: Buffer; readonly key: KeyObject }[]
  #nonces: Buffer = Buffer.alloc(0)
  #nextNonce = 0

  /** @param keys 1 to 8 of 32 bytes, the one that seals first */
  constructor(keys: readonly Buffer[]) {
    if (keys.length === 0 || keys.length > MAX_KEYS || keys.some(key => key.length !== KEY_BYTES))
      throw new Error(`The vault needs 1 to ${MAX_KEYS} keys of ${KEY_BYTES} bytes.`)
    this.#keys = keys.map(key => ({
      epoch: derive(key, 'schleuse vault epoch', EPOCH_BYTES),
      key: createSecretKey(derive(key, 'schleuse vault value', KEY_BYTES))
    }))
  }

  /** @param place what the value belongs to: it opens nowhere else */
  seal(value: Buffer, place: string): Buffer {
    const [current] = this.#keys
    if (current === undefined) throw new Error('no key')
    const nonce = this.#nonce()
    const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(place))
    const text = Buffer.concat([cipher.update(value), cipher.final()])
    return Buffer.concat([Buffer.of(VERSION), current.epoch, nonce, text, cipher.getAuthTag()])
  }

  /** Twelve bytes that were never used before. */
  #nonce(): Buffer {
    if (this.#nextNonce + NONCE_BYTES > this.#nonces.length) {
      this.#nonces = randomBytes(NONCES * NONCE_BYTES)
      this.#nextNonce = 0
    }
    const from = this.#nextNonce
    this.#nextNonce += NONCE_BYTES
    return this.#nonces.subarray(from, this.#nextNonce)
  }

  /** @returns undefined for a key that is gone, another place, or altered bytes */
  open(sealed: Buffer, place: string): Buffer | undefined {
    if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== VERSION) return undefined
    const epoch = sealed.subarray(1, 1 + EPOCH_BYTES)
    const known = this.#keys.find(key => key.epoch.equals(epoch))
    if (known === undefined) return undefined
    const nonce = sealed.subarray(1 + EPOCH_BYTES, HEAD_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', known.key, nonce)
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
    try {
      const text = decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES))
      return Buffer.concat([text, decipher.final()])
    } catch {
      return undefined
    }
  }
}

/** HKDF-SHA-256 (RFC 5869). */
function derive(key: Buffer, use: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', use, bytes))
}
