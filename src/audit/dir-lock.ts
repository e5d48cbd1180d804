import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes the right to write in `dir` for this process alone, until `release` or the death of the process.
 *
 * Node has no file locks, SQLite has: an exclusive transaction on an empty database holds a lock of the kernel
 * (fcntl), which also ends with `kill -9` and a power cut. A file with a process id would not do: ids are reused, and
 * every gateway in a container of its own is number 1. The lock works between containers that share a volume on one
 * kernel; network file systems must support fcntl locks.
 * @returns the release; keep it, the lock is dropped when nothing holds on to it
 * @throws Error when another process, or this one, holds it
 */
export function lockDir(dir: string): () => void {
  const path = join(dir, 'audit.lock')
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    chmodSync(path, 0o600)
  } catch (error) {
    database.close()
    throw new Error(
      `Another gateway writes the audit log in ${dir}, or its lock can't be taken. Stop it, or give this one a data folder of its own.`,
      { cause: error }
    )
  }
  return () => {
    database.close()
  }
}
