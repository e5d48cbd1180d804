import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

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

/** @param dir the folder `audit` of the data folder */
export function openAuditReader(dir: string): AuditReader {
  const path = join(dir, 'audit.jsonl')
  const name = 'std_13m'
  async function read(log: string, from: number, limit: number): Promise<AuditEntry[]> {
    if (log !== name) throw new Error(`There is no audit log ${log} in ${dir}`)
    const entries: AuditEntry[] = []
    if (!existsSync(path)) return entries
    let index = 0
    for await (const json of createInterface({ input: createReadStream(path, 'latin1') })) {
      // zeros: room that the writer made for later records
      if (json.startsWith('\0') || entries.length >= limit) break
      if (index >= from) entries.push({ index, json })
      index++
    }
    return entries
  }
  return {
    read,
    async logs() {
      const size = (await read(name, 0, Number.MAX_SAFE_INTEGER)).length
      return [{ name, origin: name, size, first: 0, sealed: false }]
    }
  }
}
