import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listLogs } from '../../src/audit/reader.ts'
import { readFs } from '../../src/audit/storage/fs.ts'
import { groupsIn } from '../../src/audit/storage/wal-format.ts'
import { WAL_FILES } from '../../src/audit/storage/wal.ts'
import { decodeBundle } from '../../src/audit/tlog/tiles.ts'

/**
 * All records in a data folder as JSON lines, each once, in order of their log and index: those in tiles and those that
 * are only in the write-ahead log so far. Meant for a gateway that is running, so nothing is checked.
 */
export function recordLines(dataDir: string): string {
  const dir = join(dataDir, 'audit')
  const found = new Map<string, string>()
  // The write-ahead log first: a record leaves it only when it is in a tile, so none is missed in between.
  for (const [, bytes] of contentsOf(dir, path => WAL_FILES.some(name => path === join(dir, name)))) {
    for (const { frames } of groupsIn(bytes))
      for (const { log, index, leaf } of frames) found.set(keyOf(log, index), leaf.toString('latin1', 1))
  }
  for (const name of listLogs(dir, readFs)) {
    const folder = join(dir, 'logs', name, 'tile', 'entries')
    for (const [path, bytes] of contentsOf(folder)) {
      const [number = '', width = '256'] = path.slice(folder.length + 1).split('.p/')
      const n = Number(number.replaceAll(/[x/]/g, ''))
      const entries = decodeBundle(bytes, Number(width)) ?? []
      for (const [at, entry] of entries.entries()) found.set(keyOf(name, n * 256 + at), entry.toString())
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, json]) => `${json}\n`)
    .join('')
}

function keyOf(log: string, index: number): string {
  return `${log} ${String(index).padStart(12, '0')}`
}

/**
 * Every file below a folder by its path, read while its owner may go on writing; none when the folder is not there. A file
 * gone between listing and reading has moved under its final name, so the folder is listed again until nothing is missing.
 * In order of the paths, so that a checkpoint is read before the tiles it speaks of.
 */
export function contentsOf(
  folder: string,
  wanted: (path: string) => boolean = () => true
): Map<string, Buffer> {
  const contents = new Map<string, Buffer>()
  for (let complete = false; !complete; ) {
    complete = true
    for (const path of pathsIn(folder)) {
      if (contents.has(path) || !wanted(path)) continue
      const bytes = unlessGone(() => (statSync(path).isFile() ? readFileSync(path) : null))
      if (bytes) contents.set(path, bytes)
      else if (bytes === undefined) complete = false
    }
  }
  return contents
}

function pathsIn(folder: string): string[] {
  for (;;) {
    if (!existsSync(folder)) return []
    const names = unlessGone(() => readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (names) return names.sort().map(name => join(folder, name))
  }
}

/** What a look at the disk gives; undefined when what it looked at is gone. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
