import type { HmacKey } from '../../core/hmac.ts'

/** Hex digits taken for one number: 32 bits, against ranges far below that. */
const STEP = 8
const DIGEST = 64

/** Numbers that a keyed hash (HMAC-SHA-256) draws: the same key and message give the same numbers in any process. */
export class Draw {
  readonly #key: HmacKey
  readonly #message: string
  #digest = ''
  #at = DIGEST
  #round = 0

  /** @param message attacker-controlled */
  constructor(key: HmacKey, message: string) {
    this.#key = key
    this.#message = message
  }

  /** The next number, 0 to `range` - 1. */
  below(range: number): number {
    if (this.#at + STEP > DIGEST) {
      this.#digest = this.#key.hex(`surrogate\0${this.#round++}\0${this.#message}`)
      this.#at = 0
    }
    const bits = Number.parseInt(this.#digest.slice(this.#at, this.#at + STEP), 16)
    this.#at += STEP
    return bits % range
  }

  /** So many decimal digits. */
  digits(count: number): string {
    let text = ''
    while (text.length < count) text += String(this.below(10))
    return text
  }

  /** One of these. */
  of<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0]
  }
}
