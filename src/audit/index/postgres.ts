import { randomUUID } from 'node:crypto'
import { Pool, type PoolClient, types } from 'pg'
import type { IndexTransaction } from './batch.ts'
import { MIGRATIONS, SCHEMA } from './postgres-schema.ts'
import { PostgresTransaction } from './postgres-write.ts'
import { raw, type Sql, sql, type SqlValue, textOf } from './sql.ts'
import { forgetting, type IndexStore, LAYOUT, type Row, TABLES } from './store.ts'

export interface PostgresOptions {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: string
  /** Certificate of the authority that signed the server's; without it, the system's authorities. */
  readonly tls?: { readonly ca?: string }
}

/** Connections at once: one writes, the others answer auditors. */
const MAX_CONNECTIONS = 4
/** A question that takes longer is one too many; writing a batch takes less than a second. */
const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
/** Any number that no one else takes; held while tables are made. */
const MIGRATION_LOCK = 7_246_883

/**
 * Opens the index in PostgreSQL and brings its tables up to date. Several gateways may write their logs into one.
 * @throws Error of the driver when the server can't be reached or refuses
 */
export async function openPostgresStore(options: PostgresOptions): Promise<IndexStore> {
  const { tls, ...where } = options
  const pool = new Pool({
    ...where,
    ssl: tls === undefined ? false : { ...tls, rejectUnauthorized: true },
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    options: `-c search_path=${SCHEMA} -c timezone=UTC`,
    application_name: 'schleuse-audit',
    types: { getTypeParser }
  })
  // A connection that breaks while it is idle is replaced by the pool; the next statement tells if that fails.
  pool.on('error', () => undefined)
  const store = new PostgresStore(pool)
  try {
    await store.migrate()
  } catch (error) {
    await pool.end()
    throw error
  }
  return store
}

/**
 * The server learns of new rows a minute later by itself, and of a partitioned table never. Until then it may join by nested
 * loops what takes seconds instead of milliseconds, so it is told after the 1st, 2nd, 4th, 8th … transaction.
 */
const ANALYZE = 'ANALYZE event, facet, facet_value, finding, duration, rollup'

/** The type's number in PostgreSQL's catalogue. */
const INT8 = 20

/** 64-bit integers as numbers: counts and milliseconds stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8) return Number
  return types.getTypeParser(oid, format) as (value: string) => unknown
}

class PostgresStore implements IndexStore {
  readonly #pool: Pool
  /** Transactions of this process. */
  #written = 0

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async query(statement: Sql): Promise<readonly Row[]> {
    const { rows } = await this.#pool.query<Row>(textWithNumbers(statement), [...statement.params])
    return rows
  }

  async transaction<T>(work: (tx: IndexTransaction) => Promise<T>): Promise<T> {
    const value = await this.#transaction(async client => {
      // One writer at a time, until its commit: numbers of events then grow in the order in which they become visible.
      await client.query('SELECT seq FROM counter FOR UPDATE')
      return work(new PostgresTransaction(client))
    })
    this.#written++
    // without it answers are only slower
    if (Number.isInteger(Math.log2(this.#written))) await this.#pool.query(ANALYZE).catch(() => undefined)
    return value
  }

  async forget(origins: readonly string[]): Promise<void> {
    await this.#transaction(async client => {
      await client.query('SELECT seq FROM counter FOR UPDATE')
      for (const statement of forgetting(origins))
        await client.query(textWithNumbers(statement), [...statement.params])
      await setMeta(client)
    })
  }

  uuid(text: string): SqlValue {
    return text
  }

  use(): Sql {
    return raw('')
  }

  close(): Promise<void> {
    return this.#pool.end()
  }

  async migrate(): Promise<void> {
    await this.#transaction(async client => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`)
      await client.query('CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, at timestamptz)')
      const { rows } = await client.query<Row>('SELECT COALESCE(MAX(version), 0) AS version FROM migration')
      const done = Number(rows[0]?.['version'] ?? 0)
      for (const [at, migration] of MIGRATIONS.entries()) {
        if (at < done) continue
        await client.query(migration)
        await client.query('INSERT INTO migration VALUES ($1, now())', [at + 1])
      }
      const meta = await client.query<Row>("SELECT value FROM meta WHERE key = 'layout'")
      if (meta.rows[0]?.['value'] === LAYOUT) return
      await client.query(`TRUNCATE ${TABLES.join(', ')}`)
      await setMeta(client)
    })
  }

  async #transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    let broken = true
    try {
      await client.query('BEGIN')
      const value = await work(client)
      await client.query('COMMIT')
      broken = false
      return value
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true
      )
      throw error
    } finally {
      client.release(broken)
    }
  }
}

async function setMeta(client: PoolClient): Promise<void> {
  const statement = sql`INSERT INTO meta VALUES ('layout', ${LAYOUT}), ('generation', ${randomUUID()})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`
  await client.query(textWithNumbers(statement), [...statement.params])
}

function textWithNumbers(statement: Sql): string {
  return textOf(statement, at => `$${at}`)
}
