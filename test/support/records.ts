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
  for (const name of listLogs(dir, readFs)) {
    const folder = join(dir, 'logs', name, 'tile', 'entries')
    for (const path of filesIn(folder)) {
      const [number = '', width = '256'] = path.slice(folder.length + 1).split('.p/')
      const n = Number(number.replaceAll(/[x/]/g, ''))
      const entries = decodeBundle(readFileSync(path), Number(width)) ?? []
      for (const [at, entry] of entries.entries()) found.set(keyOf(name, n * 256 + at), entry.toString())
    }
  }
  for (const file of WAL_FILES.map(name => join(dir, name)).filter(existsSync)) {
    for (const { frames } of groupsIn(readFileSync(file)))
      for (const { log, index, leaf } of frames) found.set(keyOf(log, index), leaf.toString('latin1', 1))
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, json]) => `${json}\n`)
    .join('')
}

function keyOf(log: string, index: number): string {
  return `${log} ${String(index).padStart(12, '0')}`
}

/** All files below a folder; none when it is not there. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile())
}
