import { isWordCode } from './spelling.ts'

/** The text ends before it is decided whether a value stands here. */
export const MORE = -1
/** No value stands here, whatever follows. */
export const FAIL = -2
/** Longest value that is looked for while text streams, so that with what must be seen around it 64 characters are enough. UTF-16 code units. */
export const MAX_STREAMED = 46

const LETTER = /[\p{L}\p{N}]/u

/**
 * Values of one request (surrogates, or originals that were replaced) and where they stand in text: exactly as written, as whole words only, the longest first. A
 * genitive s may follow. So "Maximal" is not "Max", and an address is not found in a longer one.
 */
export class ValueTable {
  /** Of the last match. */
  text = ''
  readonly #all = new Set<string>()
  readonly #lengths = new Set<number>()
  /** 1 for code units that values begin with; those beyond the table share its last place. */
  readonly #starts = new Uint8Array(129)
  /** Bit set over hashes of the first characters, so that most words cost no string. */
  readonly #heads = new Uint32Array(128)
  #shortest = Infinity
  /** All in order, for asking whether a beginning may still become one; null when it must be made anew. */
  #sorted: string[] | null = null
  #descending: readonly number[] = []

  get size(): number {
    return this.#all.size
  }

  /** @param text at least one character; for streams at most {@link MAX_STREAMED}, all of them ASCII */
  add(text: string): void {
    this.#all.add(text)
    if (!this.#lengths.has(text.length)) {
      this.#lengths.add(text.length)
      this.#descending = [...this.#lengths].sort((a, b) => b - a)
    }
    this.#starts[Math.min(text.charCodeAt(0), 128)] = 1
    this.#shortest = Math.min(this.#shortest, text.length)
    const head = headOf(text, 0)
    this.#heads[head >> 5] = (this.#heads[head >> 5] ?? 0) | (1 << (head & 31))
    this.#sorted = null
  }

  has(text: string): boolean {
    return this.#all.has(text)
  }

  /** False when none begins with this code unit. */
  mayBegin(code: number): boolean {
    return this.#starts[code < 128 ? code : 128] === 1
  }

  /**
   * Looks for a value that begins exactly at `at`.
   * @param text attacker-controlled
   * @param before the code unit before `at`, 0 for none
   * @param final true when nothing follows the text
   * @returns the end, {@link MORE} or {@link FAIL}
   */
  match(text: string, at: number, before: number, final: boolean): number {
    if (!this.mayBegin(text.charCodeAt(at)) || isWordUnit(before)) return FAIL
    if (!final && text.length - at <= MAX_STREAMED && this.#leadsOn(text.slice(at))) return MORE
    for (const length of this.#descending) {
      const end = at + length
      if (end > text.length) continue
      const piece = text.slice(at, end)
      if (!this.#all.has(piece) || (piece.includes('@') && isAddressUnit(before))) continue
      const ends = this.#endsAt(text, end, final)
      if (ends === FAIL) continue
      this.text = piece
      return ends
    }
    return FAIL
  }

  /** Where values stand in a whole text, in order. @param text attacker-controlled */
  scan(text: string): { readonly start: number; readonly end: number; readonly text: string }[] {
    const found: { start: number; end: number; text: string }[] = []
    if (this.#all.size === 0) return found
    const last = text.length - this.#shortest
    let before = 0
    for (let at = 0; at <= last; ) {
      const code = text.charCodeAt(at)
      const mayBegin = this.#starts[code < 128 ? code : 128] === 1 && this.#hasHead(text, at)
      const end = mayBegin && !isWordUnit(before) ? this.match(text, at, before, true) : FAIL
      if (end < 0) at++
      else {
        found.push({ start: at, end, text: this.text })
        at = end
      }
      before = text.charCodeAt(at - 1)
    }
    return found
  }

  #hasHead(text: string, at: number): boolean {
    const head = headOf(text, at)
    return ((this.#heads[head >> 5] ?? 0) & (1 << (head & 31))) !== 0
  }

  /** Whether some value begins with all of this, and is longer. */
  #leadsOn(piece: string): boolean {
    const sorted = (this.#sorted ??= [...this.#all].sort(byUnits))
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] ?? '') <= piece) low = middle + 1
      else high = middle
    }
    return sorted[low]?.startsWith(piece) === true
  }

  #endsAt(text: string, end: number, final: boolean): number {
    if (end === text.length) return final ? end : MORE
    const code = text.charCodeAt(end)
    if (!isWordUnit(code)) return end
    if (code !== 0x73) return FAIL
    if (end + 1 === text.length) return final ? end : MORE
    return isWordUnit(text.charCodeAt(end + 1)) ? FAIL : end
  }
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : 1
}

/** Hash of the first three characters, 12 bits; of shorter values it is that of what they have, and never met. */
function headOf(text: string, at: number): number {
  const hash = (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)
  return (hash ^ (hash >>> 12)) & 4095
}

function isWordUnit(code: number): boolean {
  if (code < 128) return isWordCode(code)
  if (Number.isNaN(code)) return false
  return LETTER.test(String.fromCharCode(code))
}

/** What may stand before the end of a longer mailbox name. */
function isAddressUnit(code: number): boolean {
  return code === 0x2e || code === 0x2d || code === 0x5f || code === 0x2b
}
