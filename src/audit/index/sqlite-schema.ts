import { MEASURES } from './row.ts'

const measures = MEASURES.map(name => `${name} INTEGER NOT NULL`).join(', ')

/** The tables of the embedded index; postgres-schema.ts has the same. */
export const SQLITE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS log (
    id INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, next INTEGER NOT NULL, tail TEXT NOT NULL,
    time_ms INTEGER NOT NULL, skipped INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS facet (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, context INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS facet_value (
    dimension TEXT NOT NULL, value TEXT NOT NULL, facet_id INTEGER NOT NULL,
    PRIMARY KEY (dimension, value, facet_id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS facet_value_by_facet ON facet_value (facet_id, dimension, value);
  CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, facet_id INTEGER NOT NULL, log_id INTEGER NOT NULL,
    leaf INTEGER NOT NULL, event_id BLOB, request_id BLOB, body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS event_by_time ON event (time_ms, seq, facet_id);
  CREATE INDEX IF NOT EXISTS event_by_facet ON event (facet_id, time_ms, seq);
  CREATE INDEX IF NOT EXISTS event_by_id ON event (event_id);
  CREATE INDEX IF NOT EXISTS event_by_request ON event (request_id);
  CREATE UNIQUE INDEX IF NOT EXISTS event_by_leaf ON event (log_id, leaf);
  CREATE TABLE IF NOT EXISTS rollup (
    grain INTEGER NOT NULL, start INTEGER NOT NULL, facet_id INTEGER NOT NULL, events INTEGER NOT NULL,
    first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, ${measures},
    PRIMARY KEY (grain, start, facet_id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS rollup_by_facet ON rollup (facet_id, grain, start);
  CREATE TABLE IF NOT EXISTS finding (
    grain INTEGER NOT NULL, start INTEGER NOT NULL, facet_id INTEGER NOT NULL, class TEXT NOT NULL,
    side TEXT NOT NULL, action TEXT NOT NULL, events INTEGER NOT NULL, findings INTEGER NOT NULL,
    PRIMARY KEY (grain, start, facet_id, class, side, action)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS duration (
    start INTEGER NOT NULL, facet_id INTEGER NOT NULL, ms INTEGER NOT NULL, events INTEGER NOT NULL,
    PRIMARY KEY (start, facet_id, ms)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS deletion (
    origin TEXT NOT NULL, from_leaf INTEGER NOT NULL, to_leaf INTEGER NOT NULL,
    PRIMARY KEY (origin, from_leaf, to_leaf)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS open_attempt (
    request_id BLOB NOT NULL, attempt INTEGER NOT NULL, facet_id INTEGER NOT NULL,
    PRIMARY KEY (request_id, attempt)
  ) WITHOUT ROWID;
`
