/** Numbers the features that occur often enough; others are never learned, so that the model stays small. */
export class FeatureIndex {
  readonly #mask: number
  readonly #hashes: Int32Array
  /** Before `number`: occurrences, at most 255; after: row + 1, or 0. */
  readonly #values: Int32Array
  #rows = 0
  /** Hash of each row's feature. */
  readonly features: number[] = []

  /** @param bits of the table's size, far above the number of different features */
  constructor(bits: number) {
    this.#mask = (1 << bits) - 1
    this.#hashes = new Int32Array(1 << bits)
    this.#values = new Int32Array(1 << bits)
  }

  get size(): number {
    return this.#rows
  }

  count(hash: number): void {
    const slot = this.#slot(hash)
    this.#hashes[slot] = hash
    this.#values[slot] = (this.#values[slot] ?? 0) + 1
  }

  /** Gives a row to each feature counted at least `least` times. */
  number(least: number): void {
    for (let slot = 0; slot <= this.#mask; slot++) {
      if ((this.#values[slot] ?? 0) >= least) {
        this.features.push(this.#hashes[slot] ?? 0)
        this.#values[slot] = ++this.#rows
      } else if (this.#values[slot] !== 0) this.#values[slot] = -1
    }
  }

  /** -1 for a feature without a row. */
  row(hash: number): number {
    return Math.max(0, this.#values[this.#slot(hash)] ?? 0) - 1
  }

  #slot(hash: number): number {
    let slot = (hash ^ (hash >>> 16)) & this.#mask
    while (this.#values[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & this.#mask
    return slot
  }
}
