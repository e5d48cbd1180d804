import { hash } from 'node:crypto'
import type { AuditReader, LogState } from '../reader.ts'
import type { AuditIndex } from './audit-index.ts'
import { CursorMoved } from './batch.ts'

/** Entries per transaction: large enough for the cost of one to vanish, small enough to let a question in after a quarter of a second. */
export const BATCH = 5000

/** Why a log can't be indexed; someone has to look at it (`schleuse audit verify`). */
export class LogContradicts extends Error {
  override readonly name = 'LogContradicts'
}

/** Brings the index up to the logs, and keeps it there. */
export class Indexer {
  readonly #reader: AuditReader
  readonly #index: AuditIndex
  /** Logs whose last indexed entry was compared with the log since this process began. */
  readonly #compared = new Set<string>()

  constructor(reader: AuditReader, index: AuditIndex) {
    this.#reader = reader
    this.#index = index
  }

  /**
   * Adds at most one batch of each log, and takes out at most one of what retention deleted.
   * @returns how many entries that were; 0 when the index is up to date
   * @throws LogContradicts when a log is not the one that was indexed before; errors of reader and engine
   */
  async step(): Promise<number> {
    let added = 0
    for (const log of await this.#reader.logs()) added += await this.#stepOf(log)
    return added + (await this.#index.sweep(BATCH))
  }

  /** Adds all there is. @param onProgress told after each round how many were added so far */
  async catchUp(onProgress?: (entries: number) => void): Promise<number> {
    let total = 0
    for (let added = await this.step(); added > 0; added = await this.step()) {
      total += added
      onProgress?.(total)
    }
    return total
  }

  async #stepOf(log: LogState): Promise<number> {
    const { next, tail } = await this.#index.cursor(log.origin)
    if (log.size < next)
      throw new LogContradicts(
        `The log ${log.name} has ${log.size} entries, but ${next} were indexed: it was cut. Run schleuse audit verify.`
      )
    await this.#compare(log, next, tail)
    if (log.size === next) return 0
    const entries = await this.#reader.read(log.name, next, BATCH)
    try {
      if (entries.length > 0) await this.#index.add(log.origin, next, entries)
      return entries.length
    } catch (error) {
      if (error instanceof CursorMoved) return 1 // another process added them; go on from there
      throw error
    }
  }

  /** An index of another log of the same name would mix two histories. */
  async #compare(log: LogState, next: number, tail: string): Promise<void> {
    if (this.#compared.has(log.origin)) return
    if (next > log.first) {
      const [last] = await this.#reader.read(log.name, next - 1, 1)
      if (last === undefined || hash('sha256', last.json) !== tail)
        throw new LogContradicts(
          `Entry ${next - 1} of the log ${log.name} is not the one that was indexed. Run schleuse audit verify; if the log is right, run schleuse audit index rebuild.`
        )
    }
    this.#compared.add(log.origin)
  }
}
