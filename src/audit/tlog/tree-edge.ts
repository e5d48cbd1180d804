import { EMPTY_ROOT, foldInPlace, HASH_BYTES, nodeHash } from './merkle.ts'
import { levelSize, TILE_WIDTH } from './tiles.ts'

/** The right edge of a tree: per level the tile that is not full yet. About one node hash per leaf. */
export class TreeEdge {
  readonly #onFull: (level: number, n: number, tile: Buffer) => void
  #size: number
  /** Per level: room for a full tile. */
  readonly #tiles: Buffer[]

  /**
   * @param onFull gets each full tile; the buffer is used again afterwards
   * @param size leaves that are there already, with `tiles`: per level the tile that is not full, in room for a full one
   */
  constructor(
    onFull: (level: number, n: number, tile: Buffer) => void,
    size = 0,
    tiles: readonly Buffer[] = []
  ) {
    this.#onFull = onFull
    this.#size = size
    this.#tiles = [...tiles]
  }

  get size(): number {
    return this.#size
  }

  /** @param leaf its hash as a string of one character per byte */
  append(leaf: string): void {
    this.#size++
    this.#push(0, leaf)
  }

  /** The hashes of a level that are in no full tile. */
  partial(level: number): Buffer {
    const width = levelSize(level, this.#size) % TILE_WIDTH
    return this.#tiles[level]?.subarray(0, width * HASH_BYTES) ?? Buffer.alloc(0)
  }

  root(): Buffer {
    let root: Buffer | undefined
    for (const level of this.#tiles.keys()) {
      const hashes = this.partial(level)
      // from the right: blocks of 1, 2, 4, … hashes, as the width's bits say
      for (let end = hashes.length / HASH_BYTES, block = 1; end > 0; block *= 2) {
        if ((end & block) === 0) continue
        const left = Buffer.from(
          foldInPlace(Buffer.from(hashes.subarray((end - block) * HASH_BYTES, end * HASH_BYTES)))
        )
        root = root === undefined ? left : nodeHash(left, root)
        end -= block
      }
    }
    return root ?? EMPTY_ROOT
  }

  /** Appends a hash to a level; a full tile makes one hash of the level above. */
  #push(level: number, digest: string): void {
    const at = (levelSize(level, this.#size) - 1) % TILE_WIDTH
    let tile = this.#tiles[level]
    if (tile === undefined) this.#tiles.push((tile = Buffer.alloc(TILE_WIDTH * HASH_BYTES)))
    tile.write(digest, at * HASH_BYTES, 'latin1')
    if (at < TILE_WIDTH - 1) return
    this.#onFull(level, levelSize(level + 1, this.#size) - 1, tile)
    this.#push(level + 1, foldInPlace(tile).toString('latin1'))
  }
}
