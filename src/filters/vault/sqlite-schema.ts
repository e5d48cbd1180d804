import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Raised when the tables change. */
const VERSION = 2
/**
 * Rows get rising numbers and refer to each other by them, so that new ones go to the ends of their trees: with keyed
 * hashes as keys, an answer with ten persons dirtied some twenty pages. Terms have no index for the same reason; a person is
 * looked for seldom, and then all terms are read.
 */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 2000;
  PRAGMA secure_delete = ON;
  PRAGMA foreign_keys = ON;
  CREATE TABLE IF NOT EXISTS scope (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS scope_expires ON scope (expires);
  CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL REFERENCES scope (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    UNIQUE (scope, name)
  );
  CREATE TABLE IF NOT EXISTS term (
    entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    term TEXT NOT NULL,
    PRIMARY KEY (entry, term)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`

const ENTRY = 'FROM entry JOIN scope ON scope.id = scope'

const QUERIES = {
  one: `SELECT name, value ${ENTRY} WHERE key = ? AND name = ? AND expires > ?`,
  all: `SELECT name, value ${ENTRY} WHERE key = ? AND expires > ?`,
  any: 'SELECT value FROM entry WHERE scope = ? AND name = ?',
  insert: 'INSERT OR IGNORE INTO entry (scope, name, value) VALUES (?, ?, ?)',
  replace: 'DELETE FROM entry WHERE scope = ? AND name = ?',
  remove: 'DELETE FROM entry WHERE name = ?2 AND scope = (SELECT id FROM scope WHERE key = ?1)',
  term: 'INSERT OR IGNORE INTO term (entry, term) VALUES (?, ?)',
  find:
    'SELECT key AS scope, name FROM term JOIN entry ON entry.id = term.entry JOIN scope ON scope.id = scope ' +
    'WHERE term = ? AND expires > ? LIMIT ?',
  countOf: `SELECT count(*) AS count ${ENTRY} WHERE key = ?`,
  count: 'SELECT count(*) AS count FROM entry WHERE scope = ?',
  touch:
    'INSERT INTO scope (key, expires) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET expires = excluded.expires ' +
    'RETURNING id',
  drop: 'DELETE FROM scope WHERE key = ?',
  dropExpired: 'DELETE FROM scope WHERE key = ? AND expires <= ?',
  dropOldest: 'DELETE FROM scope WHERE id IN (SELECT id FROM scope ORDER BY expires LIMIT 64)',
  expired: `SELECT count(*) AS count ${ENTRY} WHERE expires <= ?`,
  purge: 'DELETE FROM scope WHERE expires <= ?',
  bytes:
    'SELECT (page_count - freelist_count) * page_size AS bytes ' +
    'FROM pragma_page_count, pragma_freelist_count, pragma_page_size'
} as const

export type Statements = Readonly<Record<keyof typeof QUERIES, StatementSync>>

/**
 * Makes the tables where there are none.
 * @param path of the file, for the error
 * @throws Error when they are of another version, and what SQLite throws when the file is no database
 */
export function useSchema(database: DatabaseSync, path: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  const isNew = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
  if (!isNew && version !== VERSION) {
    database.close()
    throw new Error(
      `${path} was made by another version of Schleuse. Move it away: conversations that run begin anew.`
    )
  }
  database.exec(SCHEMA)
}

export function prepare(database: DatabaseSync): Statements {
  const statements = Object.entries(QUERIES).map(([name, sql]) => [name, database.prepare(sql)])
  return Object.fromEntries(statements) as Record<keyof typeof QUERIES, StatementSync>
}
