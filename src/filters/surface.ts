import { STRUCTURAL } from '../core/json/nesting.ts'
import { NestingReader } from '../core/json/nesting-reader.ts'
import type { Segment } from '../core/leaf.ts'

/** How deep in JSON literals each character stands that a text spells, and where in the text it ends. */
interface Depths {
  readonly depths: Uint8Array
  readonly ends: Int32Array
}

/**
 * What stands at a place of a text, as restoring understands it. Restoring writes a value into a JSON literal with escapes:
 * what stood in one in a text that is not read as JSON itself (a fenced block in prose, a log cut short) is kept without
 * its escapes, or they would be escaped again.
 */
export class SurfaceReader {
  readonly #segment: Segment
  #depths: Depths | null = null

  constructor(segment: Segment) {
    this.#segment = segment
  }

  /** The value at [start, end). The text is read at most once, and only when a value has a backslash. */
  read(start: number, end: number): string {
    const { text, kind } = this.#segment
    let surface = text.slice(start, end)
    if (kind !== 'text' || !surface.includes('\\')) return surface
    const { depths, ends } = (this.#depths ??= depthsOf(text))
    const depth = (depths[firstAbove(ends, start)] ?? 0) & ~STRUCTURAL
    for (let level = 0; level < depth; level++) surface = unescaped(surface)
    return surface
  }
}

/** The reader's arrays are used again by the next one: they are copied. */
function depthsOf(text: string): Depths {
  const reader = new NestingReader('text')
  reader.settle(text)
  const { text: spelled, depths, ends } = reader.read(text, 0, true)
  const length = spelled.length
  return {
    depths: Uint8Array.from({ length }, (_, at) => depths[at] ?? 0),
    ends: Int32Array.from({ length }, (_, at) => ends[at] ?? 0)
  }
}

/** Index of the first end behind `offset` in a sorted list; its length when there is none. */
function firstAbove(ends: Int32Array, offset: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** What RFC 8259 §7 lets a backslash stand before; before anything else it is a character like others. */
const escapes = /\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/g

function unescaped(text: string): string {
  return text.replace(escapes, source => JSON.parse(`"${source}"`) as string)
}
