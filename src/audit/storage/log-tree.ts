import { hash } from 'node:crypto'
import { foldInPlace, HASH_BYTES, leafHash, nodeHash, EMPTY_ROOT } from '../tlog/merkle.ts'
import { decodeBundle, encodeBundle, levelSize, TILE_WIDTH, tilePath, widthOf } from '../tlog/tiles.ts'
import type { NewFile } from './durable.ts'
import type { ReadFs } from './fs.ts'
import { join } from 'node:path'

/** The head of a log at one moment. */
export interface Head {
  readonly size: number
  readonly root: Buffer
}

const NONE = Buffer.alloc(0)

/** Path of the personal parts of the entries of a bundle, coded like it; empty for an entry without one. */
export function personalPath(n: number, width = TILE_WIDTH): string {
  return tilePath('entries', n, width).replace('tile/entries', 'personal')
}

/**
 * The right edge of a log in memory: per level the tile that is not full yet, and the bundle. Full ones are handed out as
 * files. Append costs one leaf hash and about one node hash per entry.
 */
export class LogTree {
  #size = 0
  /** Per level: room for a full tile. */
  readonly #levels: Buffer[] = []
  #bundle = Buffer.allocUnsafe(64 << 10)
  #bundleEnd = 0
  #personal: Buffer[] = []
  #hasPersonal = false
  #full: NewFile[] = []
  #fullBytes = 0
  /** Size at the last `takeFiles`: files of it are not made again. */
  #taken = 0

  get size(): number {
    return this.#size
  }

  /** Bytes of full tiles and bundles that wait to be taken. */
  get waitingBytes(): number {
    return this.#fullBytes
  }

  /** @param leaf 0x00 and the entry */
  append(leaf: Uint8Array, personal: Uint8Array): void {
    const entryBytes = leaf.length - 1
    if (this.#bundleEnd + 2 + entryBytes > this.#bundle.length) this.#grow(entryBytes)
    this.#bundleEnd = this.#bundle.writeUInt16BE(entryBytes, this.#bundleEnd)
    this.#bundle.set(leaf.subarray(1), this.#bundleEnd)
    this.#bundleEnd += entryBytes
    this.#personal.push(personal.length === 0 ? NONE : Buffer.from(personal))
    if (personal.length > 0) this.#hasPersonal = true
    const bundleNumber = Math.floor(this.#size / TILE_WIDTH)
    this.#size++
    if (this.#size % TILE_WIDTH === 0) {
      this.#keep(this.#bundleFiles(bundleNumber, TILE_WIDTH))
      this.#clearBundle()
    }
    this.#push(0, hash('sha256', leaf, 'binary'))
  }

  head(): Head {
    let root: Buffer | undefined
    for (const [level, tile] of this.#levels.entries()) {
      const width = levelSize(level, this.#size) % TILE_WIDTH
      for (let end = width, block = 1; end > 0; block *= 2) {
        if ((end & block) === 0) continue
        const part = tile.subarray((end - block) * HASH_BYTES, end * HASH_BYTES)
        const left = Buffer.from(foldInPlace(Buffer.from(part)))
        root = root === undefined ? left : nodeHash(left, root)
        end -= block
      }
    }
    return { size: this.#size, root: root ?? EMPTY_ROOT }
  }

  /** All files that a checkpoint of this moment needs and that were not taken before. */
  takeFiles(): NewFile[] {
    const files = this.#full
    this.#full = []
    this.#fullBytes = 0
    if (this.#size === this.#taken) return files
    for (const [level, tile] of this.#levels.entries()) {
      const all = levelSize(level, this.#size)
      const width = all % TILE_WIDTH
      if (width === 0 || all === levelSize(level, this.#taken)) continue
      const path = tilePath(level, Math.floor(all / TILE_WIDTH), width)
      files.push({ path, bytes: Buffer.from(tile.subarray(0, width * HASH_BYTES)) })
    }
    const width = this.#size % TILE_WIDTH
    if (width > 0) files.push(...this.#bundleFiles(Math.floor(this.#size / TILE_WIDTH), width))
    this.#taken = this.#size
    return files
  }

  /**
   * Reads the right edge of a log of this head back.
   * @throws Error when a file is missing or does not lead to the root
   */
  static load(dir: string, fs: ReadFs, head: Head): LogTree {
    const tree = new LogTree()
    const { size } = head
    const read = (path: string): Buffer => {
      const bytes = fs.readFile(join(dir, path))
      if (bytes === null) throw new Error(`${join(dir, path)} is missing`)
      return bytes
    }
    for (let level = 0; levelSize(level, size) > 0; level++) {
      const n = Math.floor(levelSize(level, size) / TILE_WIDTH)
      const width = widthOf(level, n, size)
      const tile = Buffer.alloc(TILE_WIDTH * HASH_BYTES)
      if (width > 0) read(tilePath(level, n, width)).copy(tile)
      tree.#levels.push(tile)
    }
    tree.#size = size
    tree.#taken = size
    if (!tree.head().root.equals(head.root))
      throw new Error(`the tiles of ${dir} do not lead to the root of its state`)
    tree.#loadBundle(read, path => fs.readFile(join(dir, path)))
    return tree
  }

  #loadBundle(read: (path: string) => Buffer, find: (path: string) => Buffer | null): void {
    const width = this.#size % TILE_WIDTH
    if (width === 0) return
    const n = Math.floor(this.#size / TILE_WIDTH)
    const path = tilePath('entries', n, width)
    const entries = decodeBundle(read(path), width)
    const leaves = this.#levels[0] as Buffer
    const fits = entries?.every((entry, at) =>
      leafHash(entry).equals(leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
    )
    if (entries === null || fits !== true) throw new Error(`${path} does not fit its hashes`)
    this.#bundle = Buffer.concat([encodeBundle(entries), Buffer.alloc(64 << 10)])
    this.#bundleEnd = this.#bundle.length - (64 << 10)
    const personal = find(personalPath(n, width))
    const parts = personal === null ? null : decodeBundle(personal, width)
    this.#personal = parts ?? entries.map(() => NONE)
    this.#hasPersonal = parts !== null
  }

  /** Appends a hash to a level; a full tile becomes a file and one hash of the level above. */
  #push(level: number, digest: string): void {
    const at = (level === 0 ? this.#size - 1 : levelSize(level, this.#size) - 1) % TILE_WIDTH
    let tile = this.#levels[level]
    if (tile === undefined) this.#levels.push((tile = Buffer.alloc(TILE_WIDTH * HASH_BYTES)))
    tile.write(digest, at * HASH_BYTES, 'latin1')
    if (at < TILE_WIDTH - 1) return
    const n = levelSize(level + 1, this.#size) - 1
    this.#keep([{ path: tilePath(level, n), bytes: Buffer.from(tile) }])
    this.#push(level + 1, foldInPlace(tile).toString('latin1'))
  }

  #keep(files: readonly NewFile[]): void {
    this.#full.push(...files)
    for (const { bytes } of files) this.#fullBytes += bytes.length
  }

  #bundleFiles(n: number, width: number): NewFile[] {
    const entries = {
      path: tilePath('entries', n, width),
      bytes: Buffer.from(this.#bundle.subarray(0, this.#bundleEnd))
    }
    if (!this.#hasPersonal) return [entries]
    return [entries, { path: personalPath(n, width), bytes: encodeBundle(this.#personal) }]
  }

  #clearBundle(): void {
    this.#bundleEnd = 0
    this.#personal = []
    this.#hasPersonal = false
  }

  #grow(needed: number): void {
    const bigger = Buffer.allocUnsafe(2 * this.#bundle.length + needed + 2)
    this.#bundle.copy(bigger, 0, 0, this.#bundleEnd)
    this.#bundle = bigger
  }
}

/** The partial files of tile `n` of a level or of a bundle, which the full one made needless: their folder. */
export function partialFolder(path: string): string {
  return `${path}.p`
}
