import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../core/clock.ts'
import { prepare, type Statements, useSchema } from './sqlite-schema.ts'
import {
  type Located,
  MAX_FOUND,
  MAX_SCOPE_ENTRIES,
  SOON_MS,
  type StoreEntry,
  StoreError,
  type VaultStore
} from './store.ts'

export interface SqliteStoreOptions {
  /** Absolute path; its folder is created. Mode 0600. */
  readonly path: string
  readonly clock: Clock
  /** When what is kept takes more, the scopes that expire first go: exactness is lost, never safety. */
  readonly maxBytes: number
}

/** So much that waits is written at once: a bound on what it takes in memory. */
const MAX_WAITING_BYTES = 4_194_304
/** The size is looked at after so many writes. */
const CHECK_EVERY = 256

interface Waiting {
  readonly scope: string
  readonly entries: readonly StoreEntry[]
  readonly ttlMs: number
}

/** A store in one file, for one machine; several processes may open it. */
export class SqliteStore implements VaultStore {
  readonly #options: SqliteStoreOptions
  readonly #database: DatabaseSync
  readonly #statements: Statements
  #writes = 0
  #waiting: Waiting[] = []
  readonly #waitingScopes = new Set<string>()
  #waitingBytes = 0
  #timer: NodeJS.Timeout | undefined

  /** @throws Error when the file can't be opened or is no such database */
  constructor(options: SqliteStoreOptions) {
    this.#options = options
    mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
    this.#database = new DatabaseSync(options.path)
    useSchema(this.#database, options.path)
    chmodSync(options.path, 0o600)
    this.#statements = prepare(this.#database)
  }

  async read(scope: string, names?: readonly string[]): Promise<Map<string, Buffer>> {
    if (this.#waitingScopes.has(scope)) this.#writeWaiting()
    const { one, all } = this.#statements
    const now = this.#options.clock.now()
    const rows = (
      names === undefined ? all.all(scope, now) : names.map(name => one.get(scope, name, now))
    ) as (Row | undefined)[]
    const found = new Map<string, Buffer>()
    for (const row of rows) if (row !== undefined) found.set(row.name, Buffer.from(row.value))
    return found
  }

  add(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<Map<string, Buffer>> {
    return this.#write(scope, entries.length, ttlMs, id => {
      const present = new Map<string, Buffer>()
      for (const entry of entries) {
        if (this.#insert(id, entry)) continue
        const row = this.#statements.any.get(id, entry.name) as Pick<Row, 'value'> | undefined
        if (row !== undefined) present.set(entry.name, Buffer.from(row.value))
      }
      return present
    })
  }

  set(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    return this.#write(scope, entries.length, ttlMs, id => this.#set(id, entries))
  }

  /** One transaction costs more than the entries of one answer, so those of many answers share it. */
  async setSoon(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    this.#waiting.push({ scope, entries, ttlMs })
    this.#waitingScopes.add(scope)
    for (const { value } of entries) this.#waitingBytes += value.length
    if (this.#waitingBytes > MAX_WAITING_BYTES) this.#writeWaiting()
    else this.#timer ??= setTimeout(() => this.#writeWaiting(), SOON_MS).unref()
  }

  async find(term: string): Promise<Located[]> {
    this.#writeWaiting()
    const rows = this.#statements.find.all(term, this.#options.clock.now(), MAX_FOUND)
    return rows.map(row => ({ scope: String(row['scope']), name: String(row['name']) }))
  }

  async erase(scope: string): Promise<number> {
    this.#writeWaiting()
    const { count } = this.#statements.countOf.get(scope) as { count: number }
    this.#statements.drop.run(scope)
    return count
  }

  async eraseEntries(entries: readonly Located[]): Promise<number> {
    return this.#transaction(() => {
      let count = 0
      for (const { scope, name } of entries) count += Number(this.#statements.remove.run(scope, name).changes)
      return count
    })
  }

  async purge(): Promise<number> {
    return this.#transaction(() => {
      const now = this.#options.clock.now()
      const { count } = this.#statements.expired.get(now) as { count: number }
      this.#statements.purge.run(now)
      return count
    })
  }

  /** A copy of the file as it is now, while it is in use; restoring is putting it in its place. */
  async backup(path: string): Promise<void> {
    this.#writeWaiting()
    await backup(this.#database, path)
    chmodSync(path, 0o600)
  }

  async close(): Promise<void> {
    this.#writeWaiting()
    this.#database.close()
  }

  async #write<T>(scope: string, count: number, ttlMs: number, run: (id: number) => T): Promise<T> {
    const result = this.#transaction(() => {
      const id = this.#renew(scope, count, ttlMs)
      if (id === null) throw new StoreError('too many entries')
      return run(id)
    })
    this.#countWrites(1)
    return result
  }

  /** What can't be written is dropped: that was the bargain. */
  #writeWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    this.#waitingScopes.clear()
    this.#waitingBytes = 0
    try {
      this.#run(() => {
        for (const { scope, entries, ttlMs } of waiting) {
          const id = this.#renew(scope, entries.length, ttlMs)
          if (id !== null) this.#set(id, entries)
        }
      })
      this.#countWrites(waiting.length)
    } catch {
      // a disk that is full, or another process that holds the file
    }
  }

  /** Makes the scope live on. @returns its number; null when it has no room for so many more entries */
  #renew(scope: string, count: number, ttlMs: number): number | null {
    const now = this.#options.clock.now()
    this.#statements.dropExpired.run(scope, now)
    const { id } = this.#statements.touch.get(scope, now + ttlMs) as { id: number }
    const held = this.#statements.count.get(id) as { count: number }
    return held.count + count <= MAX_SCOPE_ENTRIES ? id : null
  }

  #set(scope: number, entries: readonly StoreEntry[]): void {
    for (const entry of entries) {
      if (this.#insert(scope, entry)) continue
      this.#statements.replace.run(scope, entry.name)
      this.#insert(scope, entry)
    }
  }

  /** False when there is one of this name. */
  #insert(scope: number, { name, value, terms }: StoreEntry): boolean {
    const { changes, lastInsertRowid } = this.#statements.insert.run(scope, name, value)
    if (changes === 0) return false
    for (const term of terms) this.#statements.term.run(lastInsertRowid, term)
    return true
  }

  #countWrites(count: number): void {
    const before = this.#writes
    this.#writes += count
    if (Math.ceil(before / CHECK_EVERY) < Math.ceil(this.#writes / CHECK_EVERY)) this.#shrink()
  }

  /** Keeps the bound: scopes that expire first go first. */
  #shrink(): void {
    const { bytes, dropOldest } = this.#statements
    const used = () => (bytes.get() as { bytes: number }).bytes
    while (used() > this.#options.maxBytes && dropOldest.run().changes > 0);
  }

  #transaction<T>(run: () => T): T {
    this.#writeWaiting()
    return this.#run(run)
  }

  #run<T>(run: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = run()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }
}

interface Row {
  readonly name: string
  readonly value: Uint8Array
}
