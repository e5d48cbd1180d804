/** A replaced span, in code points of the provider's text, and the length of what took its place. */
interface Shifted {
  readonly start: number
  readonly end: number
  readonly length: number
}

/**
 * Maps positions of the provider's text to the restored one. Providers count Unicode code points from the start of the
 * text (annotations of citations), and a text may be cut between the halves of a surrogate pair.
 */
export class OffsetMap {
  readonly #shifted: Shifted[] = []
  /** Code points of the provider's text that have left so far. */
  #count = 0
  #last = 0

  /** Text that left unchanged. */
  pass(text: string): void {
    this.#count += this.#points(text, 0, text.length)
  }

  /**
   * Text that left with replacements.
   * @param until what left is `source` up to here.
   */
  advance(
    source: string,
    until: number,
    replaced: readonly { readonly start: number; readonly end: number; readonly text: string }[]
  ): void {
    let at = 0
    for (const { start, end, text } of replaced) {
      const from = (this.#count += this.#points(source, at, start))
      this.#count += this.#points(source, start, end)
      this.#shifted.push({ start: from, end: this.#count, length: codePoints(text) })
      at = end
    }
    this.#count += this.#points(source, at, until)
  }

  shift(offset: number): number {
    let moved = 0
    for (const { start, end, length } of this.#shifted) {
      if (offset <= start) break
      if (offset < end) return start + moved + Math.min(offset - start, length)
      moved += length - (end - start)
    }
    return offset + moved
  }

  #points(text: string, from: number, to: number): number {
    let count = to - from
    let last = this.#last
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at)
      if ((code & 0xfc00) === 0xdc00 && (last & 0xfc00) === 0xd800) count--
      last = code
    }
    this.#last = last
    return count
  }
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
