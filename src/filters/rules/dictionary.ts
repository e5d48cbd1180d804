import { BLANK, is, NEWLINE, WORD } from '../scanner/chars.ts'

/**
 * Whole words and phrases, up to some millions, in one hash table over their characters: 12 bytes an entry and 2 a
 * character. Every match is compared character by character, so that a hash never decides alone.
 *
 * Blanks and line ends between words are alike, however many (up to three); other marks between words must be as
 * written. Marks at the ends of an entry do not count.
 */

export interface DictionaryOptions {
  readonly ignoreCase: boolean
}

/** An entry that can't be looked for; its index, never its text. */
export interface RefusedEntry {
  readonly index: number
  readonly reason: string
}

const MAX_ENTRY = 256
const MAX_WORDS = 12
/** Marks and blanks between two words. */
const MAX_GAP = 3
const BLANK_CODE = 0x20

const FNV = 0x811c9dc5
const PRIME = 0x01000193

export class Dictionary {
  /** Distinct entries. */
  size = 0
  readonly refused: RefusedEntry[] = []
  readonly #fold: Uint16Array
  /** Where the word read last ends. */
  #end = 0
  /** Canonical characters of all entries; entry i is [offsets[i], offsets[i + 1]). */
  #pool: Uint16Array<ArrayBuffer>
  readonly #offsets: Uint32Array
  readonly #hashes: Uint32Array
  /** Open addressing, at most half full: index of an entry + 1, or 0. */
  readonly #slots: Uint32Array
  /** Bit set over hashes of first words; 1 MB for a million, so that most words cost one look into the near cache. */
  readonly #first: Uint32Array
  /** Bit set over hashes of what may go on with a further word. */
  readonly #goesOn: Uint32Array

  /** @param entries canonical or not; empty ones and doubles are left out */
  constructor(entries: readonly string[], options: DictionaryOptions) {
    this.#fold = options.ignoreCase ? lowerCase : asWritten
    let chars = 0
    for (const entry of entries) chars += Math.min(entry.length, MAX_ENTRY)
    this.#pool = new Uint16Array(chars)
    this.#offsets = new Uint32Array(entries.length + 1)
    this.#hashes = new Uint32Array(entries.length)
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(4, entries.length * 2))))
    this.#first = bitSet(entries.length)
    this.#goesOn = bitSet(entries.length)
    entries.forEach((entry, index) => {
      const reason = this.#add(entry)
      if (reason !== null) this.refused.push({ index, reason })
    })
    this.#pool = this.#pool.slice(0, this.#offsets[this.size])
  }

  /** End of the longest entry that starts at `start`, the start of a word; -1 when none does. */
  matchAt(text: string, start: number): number {
    const hash = this.#readWord(text, start, FNV)
    return hasBit(this.#first, hash) ? this.#matchFrom(text, start, hash) : -1
  }

  /** Every entry from left to right, the longest at each word. The hot loop: one look into a small table a word. */
  findAll(text: string, found: (start: number, end: number) => void): void {
    const { length } = text
    let at = 0
    while (at < length) {
      if (this.#fold[text.charCodeAt(at)] === 0) {
        at++
        continue
      }
      const start = at
      const hash = this.#readWord(text, start, FNV)
      at = this.#end
      if (!hasBit(this.#first, hash)) continue
      const end = this.#matchFrom(text, start, hash)
      if (end < 0) continue
      found(start, end)
      at = end
    }
  }

  /** The first word, up to `#end`, has the hash of one in an entry. */
  #matchFrom(text: string, start: number, firstHash: number): number {
    let hash = firstHash
    let end = this.#end
    let best = this.#has(text, start, end, hash) ? end : -1
    for (
      let words = 1;
      words < MAX_WORDS && hasBit(this.#goesOn, hash) && end - start <= MAX_ENTRY;
      words++
    ) {
      const next = gapEnd(text, end)
      if (next < 0) break
      hash = this.#readWord(text, next, hashGap(hash, text, end, next))
      end = this.#end
      if (this.#has(text, start, end, hash)) best = end
    }
    return best
  }

  /** Hash of the word at `start`, going on from `hash`; leaves its end in `#end`. */
  #readWord(text: string, start: number, hash: number): number {
    const fold = this.#fold
    const { length } = text
    let at = start
    for (; at < length; at++) {
      const code = fold[text.charCodeAt(at)] ?? 0
      if (code === 0) break
      hash = Math.imul(hash ^ code, PRIME)
    }
    this.#end = at
    return hash >>> 0
  }

  /** @returns why the entry can't be looked for, or null */
  #add(entry: string): string | null {
    const start = firstWord(entry)
    if (start < 0) return 'holds no letter or digit'
    if (entry.length > MAX_ENTRY) return `is longer than ${MAX_ENTRY} characters`
    let hash = this.#readWord(entry, start, FNV)
    let end = this.#end
    let to = this.#write(this.#offsets[this.size] ?? 0, entry, start, end)
    const first = hash
    for (let words = 1; firstWord(entry, end) >= 0; words++) {
      const next = gapEnd(entry, end)
      if (next < 0) return `has more than ${MAX_GAP} marks or blanks between two words`
      if (words >= MAX_WORDS) return `has more than ${MAX_WORDS} words`
      setBit(this.#goesOn, hash)
      hash = this.#readWord(entry, next, hashGap(hash, entry, end, next))
      to = this.#write(this.#writeGap(to, entry, end, next), entry, next, this.#end)
      end = this.#end
    }
    if (this.#has(entry, start, end, hash)) return null
    setBit(this.#first, first)
    this.#hashes[this.size] = hash
    this.#slots[this.#slot(hash)] = this.size + 1
    this.#offsets[++this.size] = to
    return null
  }

  /** The free slot for a new hash. */
  #slot(hash: number): number {
    const mask = this.#slots.length - 1
    let slot = spread(hash) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    return slot
  }

  #has(text: string, start: number, end: number, hash: number): boolean {
    const mask = this.#slots.length - 1
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] ?? 0) - 1
      if (entry < 0) return false
      if (this.#hashes[entry] === hash && this.#equals(text, start, end, entry)) return true
    }
  }

  #equals(text: string, start: number, end: number, entry: number): boolean {
    const stop = this.#offsets[entry + 1] ?? 0
    let at = start
    for (let i = this.#offsets[entry] ?? 0; i < stop; i++) {
      const code = this.#pool[i] ?? 0
      if (at >= end) return false
      if (code === BLANK_CODE) {
        if (!isBlank(text.charCodeAt(at))) return false
        while (at < end && isBlank(text.charCodeAt(at))) at++
      } else if (this.#folded(text.charCodeAt(at++)) !== code) return false
    }
    return at === end
  }

  /** Letters and digits folded, marks as they are. */
  #folded(code: number): number {
    return this.#fold[code] || code
  }

  #write(to: number, text: string, from: number, end: number): number {
    for (let at = from; at < end; at++) this.#pool[to++] = this.#fold[text.charCodeAt(at)] ?? 0
    return to
  }

  #writeGap(to: number, text: string, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const code = canonicalMark(text, at)
      if (code >= 0) this.#pool[to++] = code
    }
    return to
  }
}

function hashGap(hash: number, text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = canonicalMark(text, at)
    if (code >= 0) hash = Math.imul(hash ^ code, PRIME)
  }
  return hash
}

/** Eight bits or more for each entry; a power of two of them. */
function bitSet(entries: number): Uint32Array {
  return new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(32, entries / 4))))
}

function setBit(set: Uint32Array, hash: number): void {
  const bit = spread(hash) & (set.length * 32 - 1)
  set[bit >> 5] = (set[bit >> 5] ?? 0) | (1 << (bit & 31))
}

function hasBit(set: Uint32Array, hash: number): boolean {
  const bit = spread(hash) & (set.length * 32 - 1)
  return ((set[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0
}

/** Mixes the high bits of a hash into the low ones, which choose the slot. */
function spread(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0
}

function isBlank(code: number): boolean {
  return is(code, BLANK | NEWLINE)
}

/** A mark between words; one blank for a run of them, -1 for the others of the run. */
function canonicalMark(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (!isBlank(code)) return code
  return isBlank(text.charCodeAt(at - 1)) ? -1 : BLANK_CODE
}

function firstWord(text: string, from = 0): number {
  for (let at = from; at < text.length; at++) if (is(text.charCodeAt(at), WORD)) return at
  return -1
}

/** Start of the next word behind up to three marks or blanks; -1 when there is none. */
function gapEnd(text: string, end: number): number {
  for (let at = end + 1; at <= end + MAX_GAP; at++) if (is(text.charCodeAt(at), WORD)) return at
  return -1
}

/** By code unit: itself where it is a letter or digit, else 0. */
const asWritten = Uint16Array.from({ length: 0x10000 }, (_, code) => (is(code, WORD) ? code : 0))
const lowerCase = asWritten.map(code => {
  const lower = String.fromCharCode(code).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : code
})
