import { is, LETTER } from './chars.ts'

/** Longest part of a name that is followed. */
const MAX_PART = 40
/** So many are followed: a conversation has dozens, a long file has more than memory should hold. */
const MAX_PARTS = 100_000

/** A part of a name, or a particle, that was not known as such. */
export interface NewName {
  readonly part: string
  readonly alone: boolean
  readonly particle: boolean
}

/**
 * The parts of persons' names found so far in one call, to find them again further on. Nothing outlives a call, unless its
 * texts come in several.
 */
export class Names {
  /** Upper-cased part → may it stand alone. */
  readonly #parts = new Map<string, boolean>()
  /** Bit set over hashes of the parts, so that most words cost no string. */
  readonly #filter = new Uint32Array(64)

  /** By the first letter of parts: bit set over their second; letters by the five bits that both cases share. */
  readonly #pairs = new Uint32Array(32)

  /** Names whose parts are known. */
  readonly #whole = new Set<string>()

  /** How many parts begin with each letter. */
  readonly #initials = new Map<string, number>()

  /** Particles met in names, in lower case. */
  readonly #particles = new Set<string>()
  /** What was new since the last `takeNew`, in order. */
  #fresh: NewName[] = []

  get size(): number {
    return this.#parts.size
  }

  clear(): void {
    if (this.#whole.size === 0 && this.#parts.size === 0 && this.#particles.size === 0) return
    this.#parts.clear()
    this.#whole.clear()
    this.#pairs.fill(0)
    this.#particles.clear()
    this.#initials.clear()
    this.#fresh = []
    this.#filter.fill(0)
  }

  /** @param alone true when the part names the person without the others (a surname that is no ordinary word) */
  add(part: string, alone: boolean): void {
    const key = part.toUpperCase()
    if (key.length < 2 || key.length > MAX_PART) return
    const before = this.#parts.get(key)
    if (before === true || before === alone) return
    if (before === undefined && this.#parts.size >= MAX_PARTS) return
    if (before === undefined) this.#initials.set(key.charAt(0), (this.#initials.get(key.charAt(0)) ?? 0) + 1)
    this.#fresh.push({ part, alone, particle: false })
    this.#parts.set(key, alone)
    const hash = hashWord(part, 0, part.length)
    this.#filter[(hash >> 5) & 63] = (this.#filter[(hash >> 5) & 63] ?? 0) | (1 << (hash & 31))
    const first = part.charCodeAt(0) & 31
    this.#pairs[first] = (this.#pairs[first] ?? 0) | (1 << (part.charCodeAt(1) & 31))
  }

  /** False when this was asked before in the call: the parts of the name are known. */
  isNew(name: string): boolean {
    if (this.#whole.has(name)) return false
    if (this.#whole.size < MAX_PARTS) this.#whole.add(name)
    return true
  }

  addParticle(word: string): void {
    if (this.#particles.has(word)) return
    this.#fresh.push({ part: word, alone: false, particle: true })
    this.#particles.add(word)
  }

  /** What was new since the last call, in order. */
  takeNew(): readonly NewName[] {
    const fresh = this.#fresh
    if (fresh.length > 0) this.#fresh = []
    return fresh
  }

  hasParticle(word: string): boolean {
    return this.#particles.has(word)
  }

  /** @param letter in upper case */
  haveInitial(letter: string): boolean {
    return this.#initials.has(letter)
  }

  /** Whether two parts begin with these letters, in upper case. */
  haveInitials(a: string, b: string): boolean {
    return this.haveInitial(a) && (this.#initials.get(b) ?? 0) > (a === b ? 1 : 0)
  }

  /** False when no known part starts like the word at `at`: costs a hash of three letters. */
  mayStart(text: string, at: number): boolean {
    return this.#parts.size > 0 && this.#passes(hashWord(text, at, at + 3))
  }

  /** As `mayStart`, right more often: most words are told by two letters. */
  mayFollow(text: string, at: number): boolean {
    if (this.#parts.size === 0) return false
    const first = text.charCodeAt(at)
    const second = text.charCodeAt(at + 1)
    const isKnown =
      first > 0x7f || second > 0x7f || ((this.#pairs[first & 31] ?? 0) & (1 << (second & 31))) !== 0
    return isKnown && this.#passes(hashWord(text, at, at + 3))
  }

  #passes(hash: number): boolean {
    return ((this.#filter[(hash >> 5) & 63] ?? 0) & (1 << (hash & 31))) !== 0
  }

  /**
   * What the word [start, end) is: 0 no known part, 1 a part that needs another one beside it, 2 a part that
   * stands alone. A genitive s is tolerated.
   */
  look(text: string, start: number, end: number): number {
    if (end - start > MAX_PART) return 0
    const whole = this.#lookExact(text, start, end)
    if (whole > 0 || !isGenitive(text.charCodeAt(end - 1))) return whole
    return this.#lookExact(text, start, end - 1)
  }

  #lookExact(text: string, start: number, end: number): number {
    if (!this.#passes(hashWord(text, start, end))) return 0
    const alone = this.#parts.get(text.slice(start, end).toUpperCase())
    return alone === undefined ? 0 : alone ? 2 : 1
  }
}

function isGenitive(code: number): boolean {
  return code === 0x73 || code === 0x53
}

/** Hash of the first three letters, blind to case for ASCII. */
function hashWord(text: string, start: number, end: number): number {
  let hash = 0
  const stop = Math.min(end, start + 3)
  for (let i = start; i < stop; i++) {
    const code = text.charCodeAt(i)
    // ß is written SS in upper case, and other letters fold in ways a hash can't follow: they count as nothing.
    if (code < 0x80) hash = (hash * 31 + (code & 0xdf)) | 0
    else break
  }
  return (hash ^ (hash >>> 11)) & 0x7ff
}

/** End of the word of letters (with inner hyphens and apostrophes) that starts at `start`. */
export function wordEnd(text: string, start: number): number {
  let end = start
  while (end - start <= MAX_PART) {
    const code = text.charCodeAt(end)
    if (is(code, LETTER)) end++
    else if (code === 0x2d && is(text.charCodeAt(end + 1), LETTER)) end++
    else if (
      isApostrophe(code) &&
      is(text.charCodeAt(end + 1), LETTER) &&
      is(text.charCodeAt(end + 2), LETTER)
    )
      end++
    else break
  }
  return end
}

/** The typewriter's and the printer's; with one letter behind it (`Miller's`) it ends a name. */
function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019
}
