import { foldInPlace, HASH_BYTES, type Subtrees } from './merkle.ts'

/** Paths, sizes and contents of tiles and entry bundles: C2SP tlog-tiles. */

/** Hashes per tile, entries per bundle. */
export const TILE_WIDTH = 256
/** Largest entry: bundles hold its length in 16 bits. */
export const MAX_ENTRY_BYTES = 65_535

/** `N` of a path: groups of three digits, all but the last with an `x`. */
export function tileNumber(n: number): string {
  let path = String(n % 1000).padStart(3, '0')
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  }
  return path
}

/** @param level 0 to 63, or the name of a bundle folder @param width 1 to 256 */
export function tilePath(level: number | 'entries', n: number, width = TILE_WIDTH): string {
  return `tile/${level}/${tileNumber(n)}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** How many hashes a level holds for a tree of `size` leaves. */
export function levelSize(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** Width of tile `n` of a level (0: entry bundles too) in a tree of `size` leaves; 0 when there is none. */
export function widthOf(level: number, n: number, size: number): number {
  return Math.min(TILE_WIDTH, Math.max(0, levelSize(level, size) - n * TILE_WIDTH))
}

/** An entry bundle: for each entry its length, big-endian in 16 bits, and its bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  const out = Buffer.allocUnsafe(entries.reduce((sum, { length }) => sum + 2 + length, 0))
  let at = 0
  for (const entry of entries) {
    at = out.writeUInt16BE(entry.length, at)
    out.set(entry, at)
    at += entry.length
  }
  return out
}

/** Attacker-controlled. Null when the bundle is not whole, or has not `count` entries. */
export function decodeBundle(bundle: Buffer, count: number): Buffer[] | null {
  const entries: Buffer[] = []
  let at = 0
  while (at < bundle.length && entries.length < count) {
    if (at + 2 > bundle.length) return null
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) return null
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries.length === count && at === bundle.length ? entries : null
}

/** @throws Error when the file is missing or can't be read */
export type ReadTile = (path: string) => Buffer

/**
 * Reads tiles of any size that was signed: a partial one may have gone when the full one came.
 * @param read null when there is no such file
 * @throws Error when neither is there
 */
export function tilesFrom(read: (path: string) => Buffer | null): ReadTile {
  return path => {
    const [full = path, width] = path.split('.p/')
    const bytes =
      read(path) ?? (width === undefined ? null : read(full)?.subarray(0, Number(width) * HASH_BYTES))
    if (!bytes) throw new Error(`${path} is missing`)
    return bytes
  }
}

/** More than all tiles on the way of one proof; a walk over a whole log goes from tile to tile. */
const CACHED_TILES = 64

/** The tree of a log of `size` leaves, out of its tiles. What is read is not checked: compare a root. */
export class TileTree implements Subtrees {
  readonly #read: ReadTile
  readonly #size: number
  readonly #cache = new Map<string, Buffer>()

  constructor(read: ReadTile, size: number) {
    this.#read = read
    this.#size = size
  }

  subtree(level: number, index: number): Buffer {
    const row = Math.floor(level / 8)
    const count = 2 ** (level % 8)
    const first = index * count
    const n = Math.floor(first / TILE_WIDTH)
    const from = (first % TILE_WIDTH) * HASH_BYTES
    const tile = this.#tile(row, n)
    return Buffer.from(foldInPlace(Buffer.from(tile.subarray(from, from + count * HASH_BYTES))))
  }

  #tile(level: number, n: number): Buffer {
    const path = tilePath(level, n, widthOf(level, n, this.#size))
    const known = this.#cache.get(path)
    if (known !== undefined) return known
    const tile = this.#read(path)
    if (tile.length !== widthOf(level, n, this.#size) * HASH_BYTES)
      throw new Error(`${path} has a wrong length`)
    if (this.#cache.size >= CACHED_TILES) this.#cache.clear()
    this.#cache.set(path, tile)
    return tile
  }
}
