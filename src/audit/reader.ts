import { join } from 'node:path'
import { isLogName, logFolder } from './log-names.ts'
import { CHECKPOINT_FILE } from './publisher.ts'
import { ROSTER_FILE } from './roster.ts'
import { type ReadFs, readFs } from './storage/fs.ts'
import { decodeDecimal } from './tlog/base64.ts'
import { parseCheckpoint } from './tlog/checkpoint.ts'
import { decodeBundle, TILE_WIDTH, tilePath, widthOf } from './tlog/tiles.ts'

/**
 * Reading the trail from outside the process that writes it: for the index, exports and shipping.
 *
 * There is one log per retention class and period; each numbers its entries from 0 without gaps. A cursor is therefore
 * one number per log. What `read` has shown once never changes: only entries that a signed checkpoint covers are shown,
 * so a crash of the writer can't take one back or put another in its place.
 */

/** One record with its place. */
export interface AuditEntry {
  /** The leaf index in its log. */
  readonly index: number
  /** Canonical JSON of the event, ASCII. */
  readonly json: string
}

export interface LogState {
  /** Name of the log: the key of cursors, e.g. `std_13m/2026-11`. `[a-z0-9_/-]`, at most 100 characters. */
  readonly name: string
  /** What checkpoints call it. */
  readonly origin: string
  /** Number of entries that can be read or were. */
  readonly size: number
  /** Entries before this one are no longer there: retention deleted their content. */
  readonly first: number
  /** True when no entry will follow. */
  readonly sealed: boolean
}

export interface AuditReader {
  /** All logs, oldest first. New ones appear while the gateway runs. */
  logs(): Promise<readonly LogState[]>
  /**
   * Entries of a log from index `from` on, in order, without gaps, at most `limit`; empty at the present end. Asking for
   * one before `first` begins at `first`.
   * @throws Error when a file of the log can't be read or is damaged
   */
  read(log: string, from: number, limit: number): Promise<readonly AuditEntry[]>
}

/** @param dir the folder `audit` of the data folder, or a copy */
export function openAuditReader(dir: string, fs: ReadFs = readFs): AuditReader {
  return {
    async logs() {
      const roster = fs.readFile(join(dir, ROSTER_FILE))?.toString() ?? ''
      const sealed = new Set([...roster.matchAll(/^(\S+) sealed /gm)].map(match => match[1]))
      return listLogs(dir, fs).map(name => {
        const { origin, size } = headOf(dir, name, fs)
        return { name, origin, size, first: firstIndex(dir, name, fs), sealed: sealed.has(name) }
      })
    },
    async read(log, from, limit) {
      if (!isLogName(log) || !listLogs(dir, fs).includes(log))
        throw new Error(`There is no audit log ${log} in ${dir}`)
      const { size } = headOf(dir, log, fs)
      const entries: AuditEntry[] = []
      const end = Math.min(size, Math.max(from, firstIndex(dir, log, fs)) + limit)
      for (let index = Math.max(from, firstIndex(dir, log, fs)); index < end; ) {
        const n = Math.floor(index / TILE_WIDTH)
        const bundle = readBundle(join(dir, logFolder(log)), n, size, fs)
        for (; index < end && index < (n + 1) * TILE_WIDTH; index++)
          entries.push({ index, json: (bundle[index % TILE_WIDTH] as Buffer).toString('latin1') })
      }
      return entries
    }
  }
}

/** Names of all logs in a folder, oldest month first. */
export function listLogs(dir: string, fs: ReadFs): string[] {
  return fs
    .list(join(dir, 'logs'))
    .flatMap(retentionClass =>
      fs.list(join(dir, 'logs', retentionClass)).map(month => `${retentionClass}/${month}`)
    )
    .filter(isLogName)
    .sort((a, b) => a.slice(-7).localeCompare(b.slice(-7)) || a.localeCompare(b))
}

/** Holds the number of entries whose content retention deleted. */
export const FIRST_INDEX_FILE = 'first-index'

export function firstIndex(dir: string, log: string, fs: ReadFs): number {
  const text = fs
    .readFile(join(dir, logFolder(log), FIRST_INDEX_FILE))
    ?.toString()
    .trim()
  return text === undefined ? 0 : (decodeDecimal(text) ?? 0)
}

/** What the checkpoint says, without a look at its signature: whoever verifies does that with a key. */
function headOf(dir: string, log: string, fs: ReadFs): { readonly origin: string; readonly size: number } {
  const note = fs.readFile(join(dir, logFolder(log), CHECKPOINT_FILE))?.toString()
  if (note === undefined) return { origin: log, size: 0 }
  const { origin, size } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  return { origin, size }
}

/** The entries of bundle `n` in a log of `size`. The full bundle is as good as a partial one. @throws Error */
export function readBundle(folder: string, n: number, size: number, fs: ReadFs): Buffer[] {
  const width = widthOf(0, n, size)
  const part = tilePath('entries', n, width)
  const full = width === TILE_WIDTH ? null : fs.readFile(join(folder, tilePath('entries', n)))
  const bytes = full ?? fs.readFile(join(folder, part))
  if (bytes === null) throw new Error(`${join(folder, part)} is missing`)
  const entries = decodeBundle(bytes, full === null ? width : TILE_WIDTH)
  if (entries === null) throw new Error(`${join(folder, part)} is damaged`)
  return entries
}
