import { NestingLevel } from './nesting.ts'

/**
 * `text`: prose, which is JSON when it begins like it, as are its fenced blocks marked `json`.
 * `json`: a slice of a JSON source, e.g. tool arguments.
 */
export type TextFormat = 'text' | 'json'

const FENCE = '```json'
const TICK = 0x60

/** What a slice of source spells. The three fields have one entry per character. */
export interface Units {
  readonly text: string
  /** Nested literals around it, see nesting.ts. */
  readonly depths: readonly number[]
  /** Where its spelling ends in the source. It begins where the one before ends. */
  readonly ends: readonly number[]
}

/** Reads one text slice by slice. State is a few hundred bytes, whatever the length of the text. */
export class NestingReader {
  readonly #root: NestingLevel
  #codes: number[] = []
  #depths: number[] = []
  #ends: number[] = []
  /** Characters of an opening fence seen so far. */
  #fence = 0

  constructor(format: TextFormat) {
    this.#root = new NestingLevel(
      0,
      (unit, depth, end) => {
        this.#codes.push(unit)
        this.#depths.push(depth)
        this.#ends.push(end)
      },
      format === 'json'
    )
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
    for (let at = 0; at < slice.length; at++) {
      const unit = slice.charCodeAt(at)
      this.#root.push(unit, offset + at + 1)
      if (this.#root.isPlain) this.#watchFence(unit)
    }
    if (final) this.#root.finish()
    const isLiteral = pending === 0 && this.#codes.length === slice.length
    return this.#take(isLiteral ? slice : null)
  }

  #take(text: string | null): Units {
    const units = { text: text ?? spell(this.#codes), depths: this.#depths, ends: this.#ends }
    this.#codes = []
    this.#depths = []
    this.#ends = []
    return units
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

const APPLY_MAX = 4096

function spell(codes: readonly number[]): string {
  let text = ''
  for (let at = 0; at < codes.length; at += APPLY_MAX) {
    text += String.fromCharCode(...codes.slice(at, at + APPLY_MAX))
  }
  return text
}
