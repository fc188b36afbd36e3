import type { Migration } from '../../../database/postgres/migration';

/**
 * Operational state: backed up, never rebuilt. Instants are texts that sort as they follow each other, whatever the database's collation.
 *
 * The two functions take a lock on a tag until their commit, and look only then: each statement of a VOLATILE function sees what was
 * committed before it began. Whoever counted first and wrote then would let two processes take the last place.
 */
export const createOperations: Migration = {
  name: 'operations-1',
  sql: `
CREATE TABLE tichet.idempotency (
  key text COLLATE "C" PRIMARY KEY,
  fingerprint text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL,
  command_id text NOT NULL,
  command_at text,
  ids text[] NOT NULL,
  answer text
);
CREATE INDEX idempotency_at ON tichet.idempotency (at);

CREATE TABLE tichet.verification (
  ticket_id text COLLATE "C" PRIMARY KEY,
  n integer NOT NULL,
  expires_at text COLLATE "C" NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  spent boolean NOT NULL DEFAULT false
);

CREATE TABLE tichet.email_cap (
  ticket_id text COLLATE "C" PRIMARY KEY,
  tag text COLLATE "C" NOT NULL
);
CREATE INDEX email_cap_tag ON tichet.email_cap (tag);

CREATE FUNCTION tichet.claim_email_place(of_tag text, of_ticket text, places integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 24));
  IF EXISTS (SELECT FROM tichet.email_cap c WHERE c.ticket_id = of_ticket AND c.tag = of_tag) THEN
    RETURN true;
  END IF;
  IF (SELECT count(*) FROM tichet.email_cap c WHERE c.tag = of_tag AND c.ticket_id <> of_ticket) >= places THEN
    RETURN false;
  END IF;
  INSERT INTO tichet.email_cap (ticket_id, tag) VALUES (of_ticket, of_tag)
    ON CONFLICT (ticket_id) DO UPDATE SET tag = excluded.tag;
  RETURN true;
END $$;

CREATE TABLE tichet.throttle (
  tag text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL
);
CREATE INDEX throttle_tag_at ON tichet.throttle (tag, at);

CREATE FUNCTION tichet.count_hit(of_tag text, hit_at text, since text) RETURNS TABLE (count integer, oldest text) LANGUAGE plpgsql AS $$
BEGIN
  -- a hit that a power cut takes may be made once more: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 25));
  DELETE FROM tichet.throttle t WHERE t.tag = of_tag AND t.at < since COLLATE "C";
  INSERT INTO tichet.throttle (tag, at) VALUES (of_tag, hit_at);
  RETURN QUERY SELECT count(*)::integer, min(t.at) FROM tichet.throttle t WHERE t.tag = of_tag AND t.at >= since COLLATE "C";
END $$;

CREATE TABLE tichet.attempts (
  effect_id text COLLATE "C" PRIMARY KEY,
  attempts integer NOT NULL,
  last_at text NOT NULL,
  next_at text,
  error text,
  done boolean NOT NULL
);

CREATE TABLE tichet.outbox (
  letter_id text COLLATE "C" PRIMARY KEY,
  ticket_id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  at text COLLATE "C" NOT NULL,
  attempts integer NOT NULL
);
CREATE INDEX outbox_ticket ON tichet.outbox (ticket_id);

CREATE TABLE tichet.registers (
  name text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE tichet.sessions (
  tag text COLLATE "C" PRIMARY KEY,
  sealed text NOT NULL,
  expires_at text COLLATE "C" NOT NULL
);
CREATE INDEX sessions_expires_at ON tichet.sessions (expires_at);

CREATE TABLE tichet.openings (
  reference text COLLATE "C" PRIMARY KEY,
  n double precision NOT NULL,
  asked_at text COLLATE "C" NOT NULL,
  expires_at text COLLATE "C" NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  spent_by text,
  sent boolean NOT NULL DEFAULT false
);
CREATE INDEX openings_unsent ON tichet.openings (asked_at, reference) WHERE NOT sent;
`,
};
