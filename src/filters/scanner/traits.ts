import { ALNUM, BLANK, is } from './chars.ts'

/** Shortest run of base64 or hexadecimal that can hold an identifier. */
export const MIN_RUN = 20
/** Fewer single characters than this are taken as they stand. */
export const MIN_SINGLES = 8
/** Every run of `MIN_SINGLES` holds one of the offsets looked at, with three more of its characters behind. */
export const STRIDE: number = 2 * MIN_SINGLES - 4

const GAP = 1
const SINGLE = 2
/** A character of base64, of either alphabet (RFC 4648 §4 and §5), or of hexadecimal. */
const CODED = 4

const textureOf = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++)
  textureOf[code] = is(code, ALNUM) ? SINGLE : is(code, BLANK) ? GAP : 0
for (const char of '-._*·') textureOf[char.charCodeAt(0)] = GAP
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  textureOf[char.charCodeAt(0)] = (textureOf[char.charCodeAt(0)] ?? 0) | CODED

/**
 * What the walk over a text has seen besides events: signs of other ways of writing, long runs that may be base64 or
 * hexadecimal, places where single characters and gaps take turns. Looked for while the text lies in the near cache, at every
 * twelfth or twentieth character first, so that prose costs a fraction of a pass.
 */
export class Traits {
  /** Bits of `signs.ts`. */
  signs = 0
  /** Offsets where runs of `MIN_RUN` characters or more begin, in order. */
  readonly runs: number[] = []
  /** Offsets, one in `STRIDE`, at which characters and gaps take turns, in order. */
  readonly turns: number[] = []
  /** All before it has been looked at. */
  #run = 0
  #turn = STRIDE - 1
  /** The run found last may go on. */
  #isInRun = false

  /**
   * Takes in the next part of the text.
   * @param offset of the part in the text; `codes` has it from `lead` on, and what stands before it before that
   */
  read(codes: Uint16Array, offset: number, lead: number, size: number): void {
    const shift = lead - offset
    this.#readRuns(codes, shift, offset + size)
    this.#readTurns(codes, shift, offset + size)
  }

  #readRuns(codes: Uint16Array, shift: number, stop: number): void {
    let from = this.#run
    for (;;) {
      if (this.#isInRun) {
        while (from < stop && isCoded(codes[from + shift] ?? 0)) from++
        if (from === stop) break
        this.#isInRun = false
      }
      if (from + MIN_RUN > stop) break
      let at = from + MIN_RUN - 1
      while (at >= from && isCoded(codes[at + shift] ?? 0)) at--
      if (at < from) {
        this.runs.push(from)
        this.#isInRun = true
        from += MIN_RUN
      } else from = at + 1
    }
    this.#run = from
  }

  #readTurns(codes: Uint16Array, shift: number, stop: number): void {
    let at = this.#turn
    for (; at + 2 < stop; at += STRIDE)
      if (takesTurns(codes[at + shift] ?? 0, codes[at + shift + 1] ?? 0, codes[at + shift + 2] ?? 0))
        this.turns.push(at)
    this.#turn = at
  }
}

/** True for a character of base64 or hexadecimal. */
export function isCoded(code: number): boolean {
  return ((textureOf[code] ?? 0) & CODED) !== 0
}

/** True for what stands between characters that are spaced out. */
export function isGap(code: number): boolean {
  return ((textureOf[code | 0] ?? 0) & GAP) !== 0
}

function takesTurns(a: number, b: number, c: number): boolean {
  const kind = (textureOf[a] ?? 0) & (GAP | SINGLE)
  // The likeliest to fail first: most letters stand beside letters.
  if (((textureOf[b] ?? 0) & (GAP | SINGLE)) + kind !== GAP + SINGLE) return false
  return ((textureOf[c] ?? 0) & (GAP | SINGLE)) === kind
}
