import { NestingLevel } from './nesting.ts'

/**
 * `text`: prose, which is JSON when it begins like it, as are its fenced blocks marked `json`.
 * `json`: a slice of a JSON source, e.g. tool arguments.
 */
export type TextFormat = 'text' | 'json'

const FENCE = '```json'
const TICK = 0x60
/** Larger arrays are let go after use. */
const KEPT = 1 << 16

/** What a slice of source spells. The arrays have an entry per character, and are valid until any reader reads again. */
export interface Units {
  readonly text: string
  /** Nested literals around it, see nesting.ts. */
  readonly depths: ArrayLike<number>
  /** Where its spelling ends in the source. It begins where the one before ends. */
  readonly ends: ArrayLike<number>
}

/** One set of arrays for all readers: a slice is read in one go, and small slices must not cost an allocation. */
const scratch = {
  size: 0,
  codes: new Uint16Array(256),
  depths: new Uint8Array(256),
  ends: new Int32Array(256)
}

function collect(unit: number, depth: number, end: number): void {
  const at = scratch.size++
  scratch.codes[at] = unit
  scratch.depths[at] = depth
  scratch.ends[at] = end
}

/** @param size how many characters at most will be collected. */
function clearScratch(size: number): void {
  scratch.size = 0
  if (size <= scratch.codes.length && (scratch.codes.length <= KEPT || size > KEPT)) return
  const capacity = Math.max(256, size)
  scratch.codes = new Uint16Array(capacity)
  scratch.depths = new Uint8Array(capacity)
  scratch.ends = new Int32Array(capacity)
}

/** Reads one text slice by slice. State is a few hundred bytes, whatever the length of the text. */
export class NestingReader {
  readonly #root: NestingLevel
  /** Characters of an opening fence seen so far. */
  #fence = 0

  constructor(format: TextFormat) {
    this.#root = new NestingLevel(0, collect, format === 'json')
  }

  /** Sees from its beginning whether a text is prose. */
  settle(slice: string): void {
    this.#root.settle(slice)
  }

  /** True while the text is prose and no fence has begun: slices without a backtick need not be read at all. */
  get isIdle(): boolean {
    return this.#fence === 0 && this.#root.isPlain
  }

  /**
   * @param offset where the slice begins, in the counting in which ends are wanted.
   * @param final the text is over: what has been read of an escape stands for itself.
   */
  read(slice: string, offset: number, final: boolean): Units {
    const pending = this.#root.pending
    clearScratch(slice.length + pending)
    for (let at = 0; at < slice.length; at++) {
      const unit = slice.charCodeAt(at)
      this.#root.push(unit, offset + at + 1)
      if (this.#root.isPlain) this.#watchFence(unit)
    }
    if (final) this.#root.finish()
    const { size, codes, depths, ends } = scratch
    const isLiteral = pending === 0 && size === slice.length
    return { text: isLiteral ? slice : spell(codes.subarray(0, size)), depths, ends }
  }

  /** An opening fence is three or more backticks, `json` and a line break. */
  #watchFence(unit: number): void {
    if (this.#fence === FENCE.length) {
      if (unit === 0x0a) this.#root.restart()
      if (unit !== 0x20 && unit !== 0x09 && unit !== 0x0d) this.#fence = 0
    } else if (unit === FENCE.charCodeAt(this.#fence)) this.#fence++
    else if (unit !== TICK) this.#fence = 0
    else if (this.#fence > 3) this.#fence = 1
  }
}

/** Most arguments of one call. */
const APPLY_MAX = 4096

function spell(codes: Uint16Array): string {
  let text = ''
  for (let at = 0; at < codes.length; at += APPLY_MAX) {
    text += String.fromCharCode(...codes.subarray(at, at + APPLY_MAX))
  }
  return text
}
