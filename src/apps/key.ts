import { hash } from 'node:crypto'

/** Every key begins so: people and secret scanners know it, and none is ever taken for a provider's. */
export const KEY_PREFIX = 'schleuse_'

/** Bytes of a key's secret: guessing is out of question, so a plain SHA-256 suffices to store it. */
const SECRET_BYTES = 32
/** Letters and digits without those that are mistaken for others (Crockford). */
const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export interface NewKey {
  /** `key_` and eight letters or digits; stands in records and lists. */
  readonly id: string
  /** Shown once, stored nowhere. */
  readonly key: string
  /** `sha256:` and 64 hex digits: what is stored. */
  readonly hash: string
}

/** Makes a key: `schleuse_<id>_<43 characters of base64url>`. */
export function newKey(randomBytes: (size: number) => Buffer): NewKey {
  const id = [...randomBytes(8)].map(byte => ID_ALPHABET[byte % 32]).join('')
  const key = `${KEY_PREFIX}${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { id: `key_${id}`, key, hash: keyHash(key) }
}

/** `sha256:…` of a key. @param key attacker-controlled */
export function keyHash(key: string): string {
  return `sha256:${hash('sha256', key, 'hex')}`
}
