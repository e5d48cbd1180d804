/**
 * Where the characters of a decoded text stand in the source it was decoded from.
 * Maps stack: text in a JSON string in a JSON string has two.
 */
export class SourceMap {
  readonly #base: number
  readonly #decoded: readonly number[] | null
  readonly #source: readonly number[] | null
  readonly #outer: SourceMap | null

  /**
   * @param base source offset of the first character
   * @param decoded offsets in the decoded text at which the distance to the source changes, ascending; null when the
   *   text stands in the source as it is
   * @param source the source offset for each of `decoded`
   * @param outer map of the source itself, when the source was decoded from another one
   */
  constructor(
    base: number,
    decoded: readonly number[] | null,
    source: readonly number[] | null,
    outer: SourceMap | null
  ) {
    this.#base = base
    this.#decoded = decoded
    this.#source = source
    this.#outer = outer
  }

  /** Outermost source offset of a decoded offset. O(log escapes) per level. */
  at(offset: number): number {
    const local = this.#local(offset)
    return this.#outer === null ? local : this.#outer.at(local)
  }

  /** The same map of a source that stands so much further on. */
  shifted(by: number): SourceMap {
    if (by === 0) return this
    const outer = this.#outer === null ? new SourceMap(by, null, null, null) : this.#outer.shifted(by)
    return new SourceMap(this.#base, this.#decoded, this.#source, outer)
  }

  #local(offset: number): number {
    if (this.#decoded === null || this.#source === null) return this.#base + offset
    let low = 0
    let high = this.#decoded.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#decoded[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    if (low === 0) return this.#base + offset
    return (this.#source[low - 1] ?? 0) + offset - (this.#decoded[low - 1] ?? 0)
  }
}
