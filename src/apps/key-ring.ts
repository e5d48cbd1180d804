import { timingSafeEqual } from 'node:crypto'
import { HmacKey } from '../core/hmac.ts'
import { keyHash } from './key.ts'

/** One key of an app, without the key. Times are milliseconds since the epoch. */
export interface StoredKey {
  readonly id: string
  readonly appId: string
  /** `sha256:` and 64 hex digits. */
  readonly hash: string
  readonly expiresAt?: number
  readonly revokedAt?: number
}

/**
 * All keys, found by what a caller presents in a time that tells nothing of them: they are looked up by an HMAC of
 * their hash under a key of this process, and what is found is compared in constant time.
 */
export class KeyRing {
  readonly #blind: HmacKey
  readonly #keys = new Map<string, StoredKey>()

  /**
   * @param keys of two with the same hash the later counts
   * @param blind 32 random bytes of this process
   */
  constructor(keys: readonly StoredKey[], blind: Buffer) {
    this.#blind = new HmacKey(blind)
    for (const key of keys) this.#keys.set(this.#blind.hex(key.hash), key)
  }

  /** The key, also when it is expired or revoked. @param presented attacker-controlled */
  find(presented: string): StoredKey | null {
    const presentedHash = keyHash(presented)
    const found = this.#keys.get(this.#blind.hex(presentedHash))
    if (found === undefined) return null
    return timingSafeEqual(Buffer.from(found.hash), Buffer.from(presentedHash)) ? found : null
  }
}

/** Whether a key still opens anything. */
export function isValid(key: StoredKey, now: number): boolean {
  return key.revokedAt === undefined && (key.expiresAt === undefined || now < key.expiresAt)
}
