import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Clock } from '../../core/clock.ts'
import {
  type Located,
  MAX_FOUND,
  MAX_SCOPE_ENTRIES,
  type StoreEntry,
  StoreError,
  type VaultStore
} from './store.ts'

export interface SqliteStoreOptions {
  /** Absolute path; its folder is created. Mode 0600. */
  readonly path: string
  readonly clock: Clock
  /** When the values take more, the scopes that expire first go: exactness is lost, never safety. */
  readonly maxBytes: number
}

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 2000;
  PRAGMA secure_delete = ON;
  PRAGMA foreign_keys = ON;
  CREATE TABLE IF NOT EXISTS scope (id TEXT PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS scope_expires ON scope (expires);
  CREATE TABLE IF NOT EXISTS entry (
    scope TEXT NOT NULL REFERENCES scope (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (scope, name)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS term (
    term TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (term, scope, name),
    FOREIGN KEY (scope, name) REFERENCES entry (scope, name) ON DELETE CASCADE
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS term_entry ON term (scope, name);
`
/** The size is looked at after so many writes. */
const CHECK_EVERY = 256

/** A store in one file, for one machine; several processes may open it. */
export class SqliteStore implements VaultStore {
  readonly #options: SqliteStoreOptions
  readonly #database: DatabaseSync
  readonly #statements: ReturnType<typeof prepare>
  #writes = 0

  /** @throws Error when the file can't be opened or is no such database */
  constructor(options: SqliteStoreOptions) {
    this.#options = options
    mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
    this.#database = new DatabaseSync(options.path)
    this.#database.exec(SCHEMA)
    chmodSync(options.path, 0o600)
    this.#statements = prepare(this.#database)
  }

  async read(scope: string, names?: readonly string[]): Promise<Map<string, Buffer>> {
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
    return this.#write(scope, entries.length, ttlMs, () => {
      const present = new Map<string, Buffer>()
      for (const entry of entries) {
        if (this.#statements.insert.run(scope, entry.name, entry.value).changes > 0) this.#index(scope, entry)
        else {
          const row = this.#statements.any.get(scope, entry.name) as Row | undefined
          if (row !== undefined) present.set(row.name, Buffer.from(row.value))
        }
      }
      return present
    })
  }

  set(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    return this.#write(scope, entries.length, ttlMs, () => {
      for (const entry of entries) {
        this.#statements.remove.run(scope, entry.name)
        this.#statements.insert.run(scope, entry.name, entry.value)
        this.#index(scope, entry)
      }
    })
  }

  async find(term: string): Promise<Located[]> {
    const rows = this.#statements.find.all(term, this.#options.clock.now(), MAX_FOUND)
    return rows.map(row => ({ scope: String(row['scope']), name: String(row['name']) }))
  }

  async erase(scope: string): Promise<number> {
    const { count } = this.#statements.count.get(scope) as { count: number }
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
    await backup(this.#database, path)
    chmodSync(path, 0o600)
  }

  async close(): Promise<void> {
    this.#database.close()
  }

  async #write<T>(scope: string, count: number, ttlMs: number, run: () => T): Promise<T> {
    const result = this.#transaction(() => {
      const now = this.#options.clock.now()
      this.#statements.dropExpired.run(scope, now)
      this.#statements.touch.run(scope, now + ttlMs)
      const held = this.#statements.count.get(scope) as { count: number }
      if (held.count + count > MAX_SCOPE_ENTRIES) throw new StoreError('too many entries')
      return run()
    })
    if (this.#writes++ % CHECK_EVERY === 0) this.#shrink()
    return result
  }

  #index(scope: string, { name, terms }: StoreEntry): void {
    for (const term of terms) this.#statements.term.run(term, scope, name)
  }

  /** Keeps the bound: scopes that expire first go first. */
  #shrink(): void {
    let { bytes } = this.#statements.bytes.get() as { bytes: number | null }
    while (bytes !== null && bytes > this.#options.maxBytes) {
      this.#statements.dropOldest.run()
      bytes = (this.#statements.bytes.get() as { bytes: number | null }).bytes
    }
  }

  #transaction<T>(run: () => T): T {
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

const QUERIES = {
  one: 'SELECT name, value FROM entry JOIN scope ON id = scope WHERE scope = ? AND name = ? AND expires > ?',
  all: 'SELECT name, value FROM entry JOIN scope ON id = scope WHERE scope = ? AND expires > ?',
  any: 'SELECT name, value FROM entry WHERE scope = ? AND name = ?',
  insert: 'INSERT OR IGNORE INTO entry (scope, name, value) VALUES (?, ?, ?)',
  remove: 'DELETE FROM entry WHERE scope = ? AND name = ?',
  term: 'INSERT OR IGNORE INTO term (term, scope, name) VALUES (?, ?, ?)',
  find: 'SELECT scope, name FROM term JOIN scope ON id = scope WHERE term = ? AND expires > ? LIMIT ?',
  count: 'SELECT count(*) AS count FROM entry WHERE scope = ?',
  touch:
    'INSERT INTO scope (id, expires) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET expires = excluded.expires',
  drop: 'DELETE FROM scope WHERE id = ?',
  dropExpired: 'DELETE FROM scope WHERE id = ? AND expires <= ?',
  dropOldest: 'DELETE FROM scope WHERE id IN (SELECT id FROM scope ORDER BY expires LIMIT 64)',
  expired: 'SELECT count(*) AS count FROM entry JOIN scope ON id = scope WHERE expires <= ?',
  purge: 'DELETE FROM scope WHERE expires <= ?',
  bytes: 'SELECT sum(length(value)) AS bytes FROM entry'
} as const

function prepare(database: DatabaseSync): Record<keyof typeof QUERIES, StatementSync> {
  const statements = Object.entries(QUERIES).map(([name, sql]) => [name, database.prepare(sql)])
  return Object.fromEntries(statements) as Record<keyof typeof QUERIES, StatementSync>
}
