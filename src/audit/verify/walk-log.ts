import { hash } from 'node:crypto'
import { join } from 'node:path'
import { logFolder } from '../log-names.ts'
import { firstIndex } from '../reader.ts'
import type { ReadFs } from '../storage/fs.ts'
import { HASH_BYTES, rootOf } from '../tlog/merkle.ts'
import { decodeBundle, TILE_WIDTH, tilePath, tilesFrom, TileTree, widthOf } from '../tlog/tiles.ts'
import { TreeEdge } from '../tlog/tree-edge.ts'
import type { Entry } from './attempts.ts'
import type { Findings } from './finding.ts'
import type { Walked } from './heads.ts'

export interface WalkOptions {
  readonly dir: string
  readonly name: string
  readonly origin: string
  readonly size: number
  readonly fs: ReadFs
  readonly findings: Findings
  readonly onEntry: (entry: Entry, log: string, index: number) => void
  readonly onProgress: (entries: number) => void
}

export interface WalkedLog extends Walked {
  /** Root that the entries lead to, hex. */
  readonly root: string
  /** Entries whose content is deleted. */
  readonly deleted: number
}

/**
 * Hashes all entries of a log anew and compares each tile with what they lead to; names entries that do not fit.
 * Content that retention deleted is taken from the tiles.
 */
export function walkLog(options: WalkOptions): WalkedLog {
  const { dir, name, origin, size, fs, findings } = options
  const folder = join(dir, logFolder(name))
  const read = (path: string) => fs.readFile(join(folder, path))
  /** Whether the last file is missing: of each level of hashes, and of the entries. */
  const lacksLast = new Map<number | 'entries', boolean>()
  const compare = (level: number, n: number, made: Buffer) => {
    const path = tilePath(level, n, made.length / HASH_BYTES)
    const tile = tileAt(read, path)
    lacksLast.set(level, tile === null)
    // level 0 is compared entry by entry
    if (tile === null) findings.add('fault', `The hash tile ${path} is missing.`, name)
    else if (level > 0 && !tile.equals(made))
      findings.add('fault', `The hash tile ${path} was changed.`, name)
  }
  const edge = new TreeEdge(compare)
  const first = firstIndex(dir, name, fs)
  for (let n = 0; n * TILE_WIDTH < size; n++) {
    const entries = bundleAt(n, options, read)
    // Retention may have deleted them.
    const isKept = Math.min((n + 1) * TILE_WIDTH, size) > first
    lacksLast.set('entries', entries === 'missing' && isKept)
    for (const leaf of leavesOf(n, first, options, entries, read)) edge.append(leaf)
    options.onProgress(Math.min(TILE_WIDTH, size - n * TILE_WIDTH))
  }
  for (let level = 0; edge.partial(level).length > 0 || size >= TILE_WIDTH ** (level + 1); level++) {
    const made = edge.partial(level)
    if (made.length > 0) compare(level, Math.floor(size / TILE_WIDTH ** (level + 1)), made)
  }
  if ([...lacksLast.values()].includes(true))
    findings.add(
      'fault',
      'The last files that its checkpoint stands for are missing. A copy that was made while the gateway wrote looks like this: make it again, checkpoints first. Otherwise it was cut off.',
      name
    )
  const tree = new TileTree(tilesFrom(read), size)
  const root = edge.root().toString('hex')
  const rootAt = (at: number) => (at === size ? root : rootOf(tree, at).toString('hex'))
  return { name, origin, size, root, deleted: Math.min(first, size), rootAt }
}

type Read = (path: string) => Buffer | null

/** Null when neither it is there nor the full one that took its place. */
function tileAt(read: Read, path: string): Buffer | null {
  try {
    return tilesFrom(read)(path)
  } catch {
    return null
  }
}

/** The entries of a bundle as far as the size reaches; of a partial one, or of the full one that took its place. */
function bundleAt(n: number, { size }: WalkOptions, read: Read): Buffer[] | 'missing' | 'damaged' {
  const width = widthOf(0, n, size)
  const partial = read(tilePath('entries', n, width))
  if (partial !== null) return decodeBundle(partial, width) ?? 'damaged'
  const full = width === TILE_WIDTH ? null : read(tilePath('entries', n))
  if (full === null) return 'missing'
  return decodeBundle(full, TILE_WIDTH)?.slice(0, width) ?? 'damaged'
}

/** Hashes of the entries of one bundle, each as a string of one character per byte; of the tile where there are no entries. */
function leavesOf(
  n: number,
  first: number,
  { name, size, findings, onEntry }: WalkOptions,
  entries: ReturnType<typeof bundleAt>,
  read: Read
): string[] {
  const width = widthOf(0, n, size)
  const tile = tileAt(read, tilePath(0, n, width))
  const known = Array.from({ length: width }, (_, at) =>
    tile === null ? '' : tile.toString('latin1', at * HASH_BYTES, (at + 1) * HASH_BYTES)
  )
  const range = `Entries ${n * TILE_WIDTH} to ${n * TILE_WIDTH + width - 1}`
  const path = tilePath('entries', n, width)
  if (entries === 'missing') {
    if (n * TILE_WIDTH + width > first) findings.add('fault', `${range} are missing: ${path}.`, name)
    return known
  }
  if (entries === 'damaged') {
    findings.add('fault', `${range} can't be read: ${path} was changed.`, name)
    return known
  }
  return entries.map((entry, at) => {
    const index = n * TILE_WIDTH + at
    const leaf = hash('sha256', Buffer.concat([ZERO, entry]), 'binary')
    // a tile that is missing has a fault of its own, and the root shows whether its entries were changed
    if (tile !== null && leaf !== known[at])
      findings.add('fault', `Entry ${index} was changed: it is not the one whose hash is in the tree.`, name)
    const event = parse(entry)
    if (event === null) findings.add('fault', `Entry ${index} is no record.`, name)
    else onEntry(event, name, index)
    return leaf
  })
}

const ZERO = Buffer.of(0)

function parse(entry: Buffer): Entry | null {
  try {
    const value: unknown = JSON.parse(entry.toString('latin1'))
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
