import { randomFillSync } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Fills the bytes with cryptographically secure random values. */
export type FillRandom = (bytes: Uint8Array) => unknown

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Random bytes are drawn for this many ids at once: one call of the system costs more than an id. */
const IDS_PER_DRAW = 128
/** Per id: 2 bytes seed the counter, 8 are the random tail. */
const BYTES_PER_ID = 10

/**
 * Makes a generator of UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 bits besides version and variant.
 *
 * Ids of one generator strictly grow, also within a millisecond and when the clock steps back (§6.2, method 1): the
 * 12 bits of `rand_a` count up from a random start below 2048; when they are used up, the time runs ahead by 1 ms.
 * The 62 bits of `rand_b` are random in each id, so ids can't be guessed from their neighbours.
 * @param clock milliseconds since the epoch, 0 to 2^48 - 1
 */
export function createUuidV7(
  clock: Pick<Clock, 'now'>,
  fillRandom: FillRandom = randomFillSync
): () => string {
  const pool = new Uint8Array(IDS_PER_DRAW * BYTES_PER_ID)
  let at = pool.length
  let ms = -1
  let counter = 0
  let timeHex = ''

  function advance(): void {
    const now = Math.floor(clock.now())
    if (now <= ms) {
      counter++
      if (counter < 0x1000) return
    }
    ms = now > ms ? now : ms + 1
    counter = (byteAt(pool, at) << 3) | (byteAt(pool, at + 1) & 7)
    const hex = ms.toString(16).padStart(12, '0')
    timeHex = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
  }

  return () => {
    if (at === pool.length) {
      fillRandom(pool)
      at = 0
    }
    advance()
    const p = at + 2
    at += BYTES_PER_ID
    // variant 0b10 in the two highest bits
    const variant = HEX[(byteAt(pool, p) & 0x3f) | 0x80]
    return (
      `${timeHex}${counter.toString(16).padStart(3, '0')}-${variant}${HEX[byteAt(pool, p + 1)]}-` +
      `${HEX[byteAt(pool, p + 2)]}${HEX[byteAt(pool, p + 3)]}${HEX[byteAt(pool, p + 4)]}` +
      `${HEX[byteAt(pool, p + 5)]}${HEX[byteAt(pool, p + 6)]}${HEX[byteAt(pool, p + 7)]}`
    )
  }
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number
}
