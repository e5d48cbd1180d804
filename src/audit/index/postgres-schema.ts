import { MEASURES } from './row.ts'

const measures = MEASURES.map(name => `${name} bigint NOT NULL`).join(', ')

/** Where all tables live, so that the index can share a database. */
export const SCHEMA = 'schleuse_audit'
/** May read everything in the schema and nothing else: `GRANT schleuse_auditor TO somebody`. */
export const AUDITOR_ROLE = 'schleuse_auditor'

/** Each is applied once, in order. Never change one that was released; add another. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE counter (seq bigint NOT NULL);
  INSERT INTO counter VALUES (0);
  CREATE TABLE log (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, origin text NOT NULL UNIQUE, next bigint NOT NULL,
    tail text NOT NULL, time_ms bigint NOT NULL, skipped bigint NOT NULL
  );
  -- a key may be longer than an index takes, so its SHA-256 stands for it
  CREATE TABLE facet (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, hash text NOT NULL UNIQUE,
    context integer NOT NULL
  );
  CREATE TABLE facet_value (
    dimension text NOT NULL, value text NOT NULL, facet_id integer NOT NULL, PRIMARY KEY (dimension, value, facet_id)
  );
  CREATE INDEX facet_value_by_facet ON facet_value (facet_id, dimension, value);
  CREATE TABLE event (
    seq bigint NOT NULL, time_ms bigint NOT NULL, facet_id integer NOT NULL, log_id integer NOT NULL,
    leaf bigint NOT NULL, event_id uuid, request_id uuid, body text NOT NULL, PRIMARY KEY (seq, time_ms)
  ) PARTITION BY RANGE (time_ms);
  CREATE INDEX event_by_time ON event (time_ms, seq, facet_id);
  CREATE INDEX event_by_facet ON event (facet_id, time_ms, seq);
  CREATE INDEX event_by_id ON event (event_id);
  CREATE INDEX event_by_request ON event (request_id);
  CREATE INDEX event_by_leaf ON event (log_id, leaf);
  CREATE TABLE rollup (
    grain integer NOT NULL, start bigint NOT NULL, facet_id integer NOT NULL, events bigint NOT NULL,
    first_ms bigint NOT NULL, last_ms bigint NOT NULL, ${measures},
    PRIMARY KEY (grain, start, facet_id)
  );
  CREATE TABLE finding (
    grain integer NOT NULL, start bigint NOT NULL, facet_id integer NOT NULL, class text NOT NULL,
    side text NOT NULL, action text NOT NULL, events bigint NOT NULL, findings bigint NOT NULL,
    PRIMARY KEY (grain, start, facet_id, class, side, action)
  );
  CREATE TABLE deletion (
    origin text NOT NULL, from_leaf bigint NOT NULL, to_leaf bigint NOT NULL, PRIMARY KEY (origin, from_leaf, to_leaf)
  );
  CREATE TABLE open_attempt (
    request_id uuid NOT NULL, attempt integer NOT NULL, facet_id integer NOT NULL, PRIMARY KEY (request_id, attempt)
  );
  CREATE VIEW auditor_event AS
    SELECT to_timestamp(event.time_ms / 1000.0) AS occurred_at, log.origin AS log, event.leaf, event.event_id,
      event.request_id, event.body::jsonb AS event
    FROM event JOIN log ON log.id = event.log_id`,

  // Without the right to make roles the index works; its owner can make the role and grant by hand.
  `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${AUDITOR_ROLE}') THEN
      CREATE ROLE ${AUDITOR_ROLE} NOLOGIN;
    END IF;
    GRANT USAGE ON SCHEMA ${SCHEMA} TO ${AUDITOR_ROLE};
    GRANT SELECT ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${AUDITOR_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${SCHEMA} GRANT SELECT ON TABLES TO ${AUDITOR_ROLE};
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'the role ${AUDITOR_ROLE} could not be made';
  END $$`,

  `CREATE TABLE duration (
    start bigint NOT NULL, facet_id integer NOT NULL, ms integer NOT NULL, events bigint NOT NULL,
    PRIMARY KEY (start, facet_id, ms)
  )`,

  // a page about few facets looks up their sums instead of reading those of all
  'CREATE INDEX rollup_by_facet ON rollup (facet_id, grain, start)'
]
