import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { IndexTransaction } from './batch.ts'
import { SQLITE_SCHEMA } from './sqlite-schema.ts'
import { SqliteTransaction } from './sqlite-write.ts'
import { raw, sql, textOf, type Sql } from './sql.ts'
import { type EventIndex, forgetting, type IndexStore, LAYOUT, type Row, TABLES } from './store.ts'

/** How long a writer waits for another process that writes, e.g. the command line beside a gateway. */
const BUSY_MS = 30_000
/** Pages of the database kept in memory, in KiB: the upper levels of all indexes of some ten million events. */
const CACHE_KIB = 65_536

/**
 * Opens the embedded index, and makes it where there is none or where it has another layout.
 *
 * Statements run on the calling thread; a gateway runs this in a worker (worker.ts).
 * @param file its folder is created; readable by this user only
 */
export function openSqliteStore(file: string): IndexStore {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(file, { timeout: BUSY_MS })
  chmodSync(file, 0o600)
  // The index is built from the log, so a commit that a power cut takes back is only work to be done again.
  database.exec(`PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864`)
  const store = new SqliteStore(database)
  store.create()
  return store
}

class SqliteStore implements IndexStore {
  readonly #database: DatabaseSync
  /** Writers of this process wait for each other here; those of others at the lock of the database. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  create(): void {
    this.#inTransaction(() => {
      this.#database.exec(SQLITE_SCHEMA)
      const layout = this.#run(sql`SELECT value FROM meta WHERE key = 'layout'`)[0]?.['value']
      if (layout === LAYOUT) return
      for (const table of TABLES) this.#database.exec(`DROP TABLE ${table}`)
      this.#database.exec(SQLITE_SCHEMA)
      this.#setMeta()
    })
  }

  async query(statement: Sql): Promise<readonly Row[]> {
    return this.#run(statement)
  }

  transaction<T>(work: (tx: IndexTransaction) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      this.#database.exec('BEGIN IMMEDIATE')
      try {
        const value = await work(new SqliteTransaction(this.#database))
        this.#database.exec('COMMIT')
        return value
      } catch (error) {
        this.#database.exec('ROLLBACK')
        throw error
      }
    })
    this.#last = result.catch(() => undefined)
    return result
  }

  async forget(origins: readonly string[]): Promise<void> {
    await this.#last
    this.#inTransaction(() => {
      const logs = this.#run(sql`SELECT origin FROM log`)
      // Without a condition SQLite frees whole tables at once.
      if (logs.every(row => origins.includes(String(row['origin']))))
        for (const table of TABLES) this.#database.exec(`DELETE FROM ${table}`)
      else for (const statement of forgetting(origins)) this.#run(statement)
      this.#setMeta()
    })
  }

  uuid(text: string): Uint8Array {
    return Buffer.from(text.replaceAll('-', ''), 'hex')
  }

  use(index: EventIndex): Sql {
    return raw(index === 'rows' ? 'NOT INDEXED' : `INDEXED BY ${index}`)
  }

  async close(): Promise<void> {
    await this.#last
    this.#database.close()
  }

  #setMeta(): void {
    const set = 'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
    this.#database.prepare(set).run('layout', LAYOUT)
    this.#database.prepare(set).run('generation', randomUUID())
  }

  #run(statement: Sql): Row[] {
    return this.#database.prepare(textOf(statement, () => '?')).all(...statement.params)
  }

  #inTransaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      work()
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }
}
