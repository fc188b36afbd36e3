import type { Migration } from '../../database/migration';

/**
 * The log, its head, and the one way to append. A writer locks the head's row until after its commit: positions are dense, they
 * become visible in their order, and two processes cannot see the same end of a stream.
 *
 * `append_events` decides many appends at once, in one round trip. Appends that could conflict (the same stream, the same id) are in
 * different rounds, so each is decided by what stood before its round. A session keeps its plans from when the log was small:
 * LATERAL with OFFSET 0 and the settings force index look-ups, one for each event, and hash joins with the events that were passed.
 */
export const createEvents: Migration = {
  name: 'events-1',
  sql: `
CREATE TABLE tichet.events (
  position bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  id text COLLATE "C" NOT NULL UNIQUE,
  type text NOT NULL,
  body text NOT NULL,
  hash bytea NOT NULL,
  UNIQUE (stream, revision)
);

CREATE FUNCTION tichet.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only';
END $$;
CREATE TRIGGER events_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON tichet.events
  FOR EACH STATEMENT EXECUTE FUNCTION tichet.refuse_change();

CREATE TABLE tichet.head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO tichet.head (position) VALUES (0);

CREATE FUNCTION tichet.append_events(
  streams text[], expected_revisions integer[], expected_hashes text[], rounds integer[],
  owners integer[], places integer[], ids text[], types text[], bodies text[], hashes text[]
) RETURNS TABLE (request integer, kind text, revision integer, "position" bigint)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  before bigint;
  now_at bigint;
  last_round integer := (SELECT max(r) FROM unnest(rounds) r);
BEGIN
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  SELECT h.position INTO STRICT before FROM tichet.head h FOR UPDATE;
  now_at := before;
  FOR this_round IN 0 .. last_round LOOP
    RETURN QUERY
      WITH asked AS (
        SELECT a.request, a.stream, a.expected, a.expected_hash
        FROM unnest(streams, expected_revisions, expected_hashes, rounds)
          WITH ORDINALITY AS a (stream, expected, expected_hash, round, request)
        WHERE a.round = this_round
      ), brought AS MATERIALIZED (
        SELECT b.owner, b.place, b.id, b.type, b.body, b.hash, a.stream
        FROM unnest(owners, places, ids, types, bodies, hashes) AS b (owner, place, id, type, body, hash)
        JOIN asked a ON a.request = b.owner
      ), standing AS MATERIALIZED (
        SELECT b.owner, b.place, e.revision, e.position, e.stream = b.stream AS here
        FROM brought b CROSS JOIN LATERAL (
          SELECT o.revision, o.position, o.stream FROM tichet.events o WHERE o.id = b.id OFFSET 0
        ) e
      ), again AS (
        SELECT s.owner, max(s.revision) AS revision, max(s.position) AS position
        FROM (
          SELECT t.*, row_number() OVER (PARTITION BY t.owner ORDER BY t.place) AS nth
          FROM standing t JOIN standing f ON f.owner = t.owner AND f.place = 0
          WHERE f.here AND t.here AND t.revision = f.revision + t.place
        ) s
        WHERE s.nth = s.place + 1
        GROUP BY s.owner
      ), decided AS MATERIALIZED (
        SELECT a.request,
          CASE
            WHEN g.owner IS NOT NULL THEN 'already-appended'
            WHEN EXISTS (SELECT FROM standing s WHERE s.owner = a.request) THEN 'refused'
            WHEN coalesce(l.revision, -1) <> a.expected OR (a.expected >= 0 AND l.hash <> decode(a.expected_hash, 'hex')) THEN 'conflict'
            ELSE 'appended'
          END AS kind,
          coalesce(g.revision, l.revision, -1) AS revision,
          g.position
        FROM asked a
        LEFT JOIN again g ON g.owner = a.request
        LEFT JOIN LATERAL (
          SELECT e.revision, e.hash FROM tichet.events e WHERE e.stream = a.stream ORDER BY e.revision DESC LIMIT 1
        ) l ON true
      ), placed AS MATERIALIZED (
        SELECT b.*, d.revision + 1 + b.place AS revision, now_at + row_number() OVER (ORDER BY b.owner, b.place) AS position
        FROM brought b JOIN decided d ON d.request = b.owner AND d.kind = 'appended'
      ), written AS (
        INSERT INTO tichet.events (position, stream, revision, id, type, body, hash)
        SELECT p.position, p.stream, p.revision, p.id, p.type, p.body, decode(p.hash, 'hex') FROM placed p ORDER BY p.position
      )
      SELECT d.request::integer, d.kind,
        coalesce(max(p.revision), d.revision)::integer, coalesce(max(p.position), d.position, 0)::bigint
      FROM decided d LEFT JOIN placed p ON p.owner = d.request
      GROUP BY d.request, d.kind, d.revision, d.position;
    SELECT coalesce(max(e.position), now_at) INTO now_at FROM tichet.events e WHERE e.position > now_at;
  END LOOP;
  IF now_at > before THEN
    UPDATE tichet.head SET position = now_at;
    PERFORM pg_notify('tichet_events', now_at::text);
  END IF;
END $$;
`,
};
