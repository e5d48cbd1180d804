import { hash } from 'node:crypto'
import { HASH_BYTES, leafHash } from '../tlog/merkle.ts'
import { decodeBundle, encodeBundle, levelSize, TILE_WIDTH, tilePath, widthOf } from '../tlog/tiles.ts'
import { TreeEdge } from '../tlog/tree-edge.ts'
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
  readonly #edge: TreeEdge
  #bundle = Buffer.allocUnsafe(64 << 10)
  #bundleEnd = 0
  #personal: Buffer[] = []
  #hasPersonal = false
  #full: NewFile[] = []
  #fullBytes = 0
  /** Size at the last `takeFiles`: files of it are not made again. */
  #taken: number

  /** @param size entries that are in files already, with the tiles of the right edge */
  constructor(size = 0, tiles: readonly Buffer[] = []) {
    const onFull = (level: number, n: number, tile: Buffer) =>
      this.#keep([{ path: tilePath(level, n), bytes: Buffer.from(tile) }])
    this.#edge = new TreeEdge(onFull, size, tiles)
    this.#taken = size
  }

  get size(): number {
    return this.#edge.size
  }

  /** Bytes of full tiles and bundles that wait to be taken. */
  get waitingBytes(): number {
    return this.#fullBytes
  }

  /**
   * @param leaf 0x00 and the entry; copied
   * @param personal kept: it must not change any more
   */
  append(leaf: Buffer, personal: Buffer = NONE): void {
    const entryBytes = leaf.length - 1
    if (this.#bundleEnd + 2 + entryBytes > this.#bundle.length) this.#grow(entryBytes)
    this.#bundleEnd = this.#bundle.writeUInt16BE(entryBytes, this.#bundleEnd)
    leaf.copy(this.#bundle, this.#bundleEnd, 1)
    this.#bundleEnd += entryBytes
    this.#personal.push(personal)
    if (personal.length > 0) this.#hasPersonal = true
    if (this.size % TILE_WIDTH === TILE_WIDTH - 1) {
      this.#keep(this.#bundleFiles(Math.floor(this.size / TILE_WIDTH), TILE_WIDTH))
      this.#clearBundle()
    }
    this.#edge.append(hash('sha256', leaf, 'binary'))
  }

  head(): Head {
    return { size: this.size, root: this.#edge.root() }
  }

  /** All files that a checkpoint of this moment needs and that were not taken before. */
  takeFiles(): NewFile[] {
    const files = this.#full
    this.#full = []
    this.#fullBytes = 0
    const { size } = this
    if (size === this.#taken) return files
    for (let level = 0; levelSize(level, size) > 0; level++) {
      const bytes = Buffer.from(this.#edge.partial(level))
      const width = bytes.length / HASH_BYTES
      if (width === 0 || levelSize(level, size) === levelSize(level, this.#taken)) continue
      files.push({ path: tilePath(level, Math.floor(levelSize(level, size) / TILE_WIDTH), width), bytes })
    }
    const width = size % TILE_WIDTH
    if (width > 0) files.push(...this.#bundleFiles(Math.floor(size / TILE_WIDTH), width))
    this.#taken = size
    return files
  }

  /**
   * Reads the right edge of a log of this head back.
   * @throws Error when a file is missing or does not lead to the root
   */
  static load(dir: string, fs: ReadFs, head: Head): LogTree {
    const { size } = head
    const tiles: Buffer[] = []
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
      tiles.push(tile)
    }
    const tree = new LogTree(size, tiles)
    if (!tree.head().root.equals(head.root))
      throw new Error(`the tiles of ${dir} do not lead to the root of its state`)
    tree.#loadBundle(read, path => fs.readFile(join(dir, path)))
    return tree
  }

  #loadBundle(read: (path: string) => Buffer, find: (path: string) => Buffer | null): void {
    const width = this.size % TILE_WIDTH
    if (width === 0) return
    const n = Math.floor(this.size / TILE_WIDTH)
    const path = tilePath('entries', n, width)
    const entries = decodeBundle(read(path), width)
    const leaves = this.#edge.partial(0)
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
