/** A small seeded generator (mulberry32), so that planted values are unique per seed and runs can be repeated. */
export interface Random {
  /** 0 ≤ x < below, whole. */
  int(below: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** `length` characters of `alphabet`. */
  chars(alphabet: string, length: number): string
  bytes(length: number): Buffer
}

export const DIGITS = '0123456789'
export const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const int = (below: number): number => next() % below
  return {
    int,
    pick: items => items[int(items.length)] ?? items[0],
    chars(alphabet, length) {
      let out = ''
      for (let i = 0; i < length; i++) out += alphabet[int(alphabet.length)] ?? ''
      return out
    },
    bytes: length => Buffer.from(Array.from({ length }, () => int(256)))
  }
}
