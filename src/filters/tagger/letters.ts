/** Tables over UTF-16 code units for reading words without making strings. */

/** Nothing above is folded: behind Latin, Greek and Cyrillic with their extensions (Vietnamese) stand scripts without case. */
const FOLDED = 0x2000

/** Letters that Unicode does not take apart. */
const special = new Map(Array.from('ßłøđıæœðþ', (char, at) => [char, 'slodiaodt'.charAt(at)]))

/** Lower case of a code unit; itself where lower case has another length. */
export const lowerOf: Uint16Array = table(char => char.toLowerCase())

/** Lower case without accents: `ü` → `u`; itself where there is none. */
export const baseOf: Uint16Array = table(char =>
  (special.get(char.toLowerCase()) ?? char.normalize('NFD').charAt(0)).toLowerCase()
)

function table(fold: (char: string) => string): Uint16Array {
  const folded = new Uint16Array(0x10000)
  for (let code = 0; code < 0x10000; code++) folded[code] = code
  for (let code = 0; code < FOLDED; code++) {
    const char = fold(String.fromCharCode(code))
    if (char.length === 1) folded[code] = char.charCodeAt(0)
  }
  return folded
}

/** Mixes a code into a running 32-bit hash (FNV-1a over code units). */
export function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** Spreads the bits of a finished hash (the finaliser of MurmurHash3, public domain). */
export function spread(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Start value of word hashes. */
export const SEED = 0x811c9dc5 | 0
