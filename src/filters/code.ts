import { HmacKey } from '../core/hmac.ts'

/**
 * The form of a pseudonym: `TYPE_XXXXXXXX`. The entity type, an underscore, and an id of eight Crockford base32
 * characters with a digit among the first seven, so that `EMAIL_SERVER` is none. Seven characters (the stem) say who or
 * what is meant, the eighth (the variant) says in which spelling.
 */

/** Crockford's base32 alphabet: no I, L, O, U. https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Characters of an id, stem and variant together. */
export const ID_LENGTH = 8
/** Characters of an id that is the same in a whole app: more values share one space there. */
export const APP_ID_LENGTH = 10
const STEM_LENGTH = ID_LENGTH - 1
/** How many spellings of one entity an id can tell apart. */
export const VARIANTS = ALPHABET.length
/** The type of codes that stand for text which itself looks like a code. */
export const LITERAL = 'LITERAL'

/** Value 0–31 of an ASCII code unit as a base32 character, either case; 255 for any other. */
const VALUES = new Uint8Array(128).fill(255)
for (let value = 0; value < ALPHABET.length; value++) {
  VALUES[ALPHABET.charCodeAt(value)] = value
  VALUES[ALPHABET.toLowerCase().charCodeAt(value)] = value
}

/** Value 0–31 of a code unit as a base32 character, -1 for any other. */
export function base32Value(code: number): number {
  const value = code < 128 ? (VALUES[code] ?? 255) : 255
  return value === 255 ? -1 : value
}

/** The id's characters as one integer below 2^50: exact in a double, and ids with a common beginning are neighbours. */
export function idNumber(id: string): number {
  let number = 0
  for (let at = 0; at < id.length; at++) number = number * VARIANTS + base32Value(id.charCodeAt(at))
  return number
}

/** Inverse of {@link idNumber}, for an id of so many characters. */
export function idText(number: number, length: number): string {
  let text = ''
  for (let at = 0; at < length; at++) {
    text = ALPHABET.charAt(number % VARIANTS) + text
    number = Math.floor(number / VARIANTS)
  }
  return text
}

/** The variant's character for a value 0–31. */
export function variantChar(value: number): string {
  return ALPHABET.charAt(value)
}

/** What the keyed hash says about an entity. */
export interface Stem {
  /** All of an id but its variant: base32 characters, at least one of them a digit. */
  readonly text: string
  /** 32 bits of the same hash, independent of `text`; they key the variants. */
  readonly seed: number
}

/** Derives stems with a keyed hash (HMAC-SHA-256) from a scope key. */
export class StemDeriver {
  readonly #key: HmacKey
  readonly #stemLength: number

  /** @param scopeKey secret bytes, 32 advised. @param idLength 8, or 10 for ids that are the same in a whole app */
  constructor(scopeKey: Buffer, idLength: number = ID_LENGTH) {
    this.#key = new HmacKey(scopeKey)
    this.#stemLength = idLength - 1
  }

  /**
   * @param entity normalised entity, attacker-controlled, any length.
   * @param attempt 0, and counted up when the stem is already taken by another entity.
   */
  derive(type: string, entity: string, attempt: number): Stem {
    for (let round = attempt; ; round += VARIANTS) {
      const message = round === 0 ? `${type}\0${entity}` : `${type}\0${entity}\0${round}`
      const digest = this.#key.hex(message)
      const text = stemText(digest, this.#stemLength)
      if (text !== null) return { text, seed: Number.parseInt(digest.slice(56), 16) }
    }
  }
}

/**
 * The stem that stands in a digest (64 hex digits): first of its windows that holds a digit. Windows are 36 bits long for
 * stems of seven characters, 48 for those of nine; all miss once in ten million.
 */
export function stemText(digest: string, length: number = STEM_LENGTH): string | null {
  const digits = length <= STEM_LENGTH ? 9 : 12
  for (let window = 0; window + digits <= 56; window += digits) {
    let bits = Number.parseInt(digest.slice(window, window + digits), 16)
    let text = ''
    let hasDigit = false
    for (let at = 0; at < length; at++) {
      const value = bits % VARIANTS
      bits = Math.floor(bits / VARIANTS)
      if (value < 10) hasDigit = true
      text += ALPHABET.charAt(value)
    }
    if (hasDigit) return text
  }
  return null
}

/**
 * The variant 0–31 of a surface. A multiplicative hash keyed by 32 bits of the HMAC: five bits of its result leave the
 * house, and which spelling they mean can't be told without the scope key.
 */
export function variantOf(seed: number, surface: string): number {
  let state = seed ^ surface.length
  for (let at = 0; at < surface.length; at++) {
    state = Math.imul(state ^ surface.charCodeAt(at), 0x9e3779b1)
    state ^= state >>> 15
  }
  state = Math.imul(state ^ (state >>> 13), 0x85ebca6b)
  return (state ^ (state >>> 16)) & (VARIANTS - 1)
}
