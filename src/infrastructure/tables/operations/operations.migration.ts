import type { Migration } from '@tichet-albastru/event-log/database/migration';
import { createTable, snakeCase } from '@tichet-albastru/event-log/database/sql/table';
import type { DatabaseKind } from '@tichet-albastru/event-log/database/sql/work';
import { firstAttempts, firstSessions, firstThrottle, openingsOfReferences, operationTables } from './operation-tables';

const { refusals, drafts, codes, people, tokens, openings, sessions, ...others } = operationTables;
const first = { ...others, attempts: firstAttempts, openings: openingsOfReferences, sessions: firstSessions, throttle: firstThrottle };
const inOrder: readonly (keyof typeof first)[] = [
  'idempotency',
  'verification',
  'email_cap',
  'throttle',
  'attempts',
  'outbox',
  'registers',
  'sessions',
  'openings',
];

/**
 * The functions take a lock on a tag until their commit, and look only then: each statement of a VOLATILE function sees what was
 * committed before it began. Without the lock, two processes could count first and then both take the last place.
 */
const functions = `
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

CREATE FUNCTION tichet.count_hit(of_tag text, hit_at text, since text) RETURNS TABLE (count integer, oldest text) LANGUAGE plpgsql AS $$
BEGIN
  -- a hit that a power cut takes may be made once more: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 25));
  DELETE FROM tichet.throttle t WHERE t.tag = of_tag AND t.at < since COLLATE "C";
  INSERT INTO tichet.throttle (tag, at) VALUES (of_tag, hit_at);
  RETURN QUERY SELECT count(*)::integer, min(t.at) FROM tichet.throttle t WHERE t.tag = of_tag AND t.at >= since COLLATE "C";
END $$`;

/** The lock on the subject ends with the commit: two processes that note at once keep the bound. */
const noteRefusal = `
CREATE FUNCTION tichet.note_refusal(
  of_entry text, of_subject text, of_command text, noted_at text, of_use_case text, with_code text, of_article text,
  by_kind text, by_id text, most integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- a line that a power cut takes is no fact: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_subject, 26));
  INSERT INTO tichet.refusals (entry, subject, command_id, at, command, code, article, actor_kind, actor_id)
    VALUES (of_entry, of_subject, of_command, noted_at, of_use_case, with_code, of_article, by_kind, by_id)
    ON CONFLICT (entry) DO NOTHING;
  DELETE FROM tichet.refusals r WHERE r.entry IN
    (SELECT o.entry FROM tichet.refusals o WHERE o.subject = of_subject ORDER BY o.at DESC, o.entry DESC OFFSET most);
END $$`;

export const createOperations: Migration = {
  name: 'operations-1',
  sql: [...inOrder.flatMap((name) => createTable('postgres', name, first[name])), functions].join(';\n'),
};

/** What people have typed into forms and not sent yet. */
export const createDrafts: Migration = { name: 'drafts-1', sql: createTable('postgres', 'drafts', drafts).join(';\n') };

/** An opening was of a reference, for any browser; now it is of one browser. People who await a code ask for a new one. */
export const openingsOfBrowsers: Migration = {
  name: 'openings-of-browsers-1',
  sql: ['DROP TABLE tichet.openings', ...createTable('postgres', 'openings', openings)].join(';\n'),
};

/** Codes of chance; those that were computed before are asked for anew. */
export const createCodes: Migration = { name: 'codes-1', sql: createTable('postgres', 'codes', codes).join(';\n') };

/** The journal of refused attempts. */
export const createRefusals: Migration = {
  name: 'refusals-1',
  sql: [...createTable('postgres', 'refusals', refusals), noteRefusal].join(';\n'),
};

/** Who acts: the directory of people, tokens by their id, and whose sign-in a session is. */
export const createPeople = (kind: DatabaseKind): Migration => {
  const place = kind === 'postgres' ? 'tichet.sessions' : 'sessions';
  const added = (['subject', 'sid', 'activeAt'] as const).map((column) => `ALTER TABLE ${place} ADD COLUMN ${snakeCase(column)} text`);
  const indexed = (['subject', 'sid'] as const).map((column) => `CREATE INDEX sessions_${column} ON ${place} (${column})`);
  return {
    name: 'people-1',
    sql: [...createTable(kind, 'people', people), ...createTable(kind, 'tokens', tokens), ...added, ...indexed].join(';\n'),
  };
};

/** Those that have not ended are found without a look at all that ever were. */
export const unfinishedAttempts = (kind: DatabaseKind): Migration => ({
  name: 'attempts-1',
  sql: `CREATE INDEX attempts_unfinished ON ${kind === 'postgres' ? 'tichet.attempts' : 'attempts'} (effect_id) WHERE NOT done`,
});

const countHits = `
DROP FUNCTION tichet.count_hit(text, text, text);
CREATE FUNCTION tichet.count_hit(of_tag text, hit_at text, since text, counts_until text) RETURNS TABLE (count integer, oldest text)
LANGUAGE plpgsql AS $$
BEGIN
  -- a hit that a power cut takes may be made once more: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 25));
  DELETE FROM tichet.throttle t WHERE t.tag = of_tag AND t.at < since COLLATE "C";
  INSERT INTO tichet.throttle (tag, at, expires_at) VALUES (of_tag, hit_at, counts_until);
  RETURN QUERY SELECT count(*)::integer, min(t.at) FROM tichet.throttle t WHERE t.tag = of_tag AND t.at >= since COLLATE "C";
END $$`;

/** Each hit says until when it counts, so that it can be forgotten. No window is longer than a year: those of before go after that. */
export const hitsThatEnd = (kind: DatabaseKind): Migration => {
  const [place, type] = kind === 'postgres' ? ['tichet.throttle', 'text COLLATE "C"'] : ['throttle', 'TEXT'];
  return {
    name: 'throttle-1',
    sql: [
      `ALTER TABLE ${place} ADD COLUMN expires_at ${type} NOT NULL DEFAULT ''`,
      `UPDATE ${place} SET expires_at = (CAST(substr(at, 1, 4) AS integer) + 1) || substr(at, 5)`,
      `CREATE INDEX throttle_expires_at ON ${place} (expires_at)`,
      ...(kind === 'postgres' ? [countHits] : []),
    ].join(';\n'),
  };
};

/** What is noted later than a hit of now counts was noted while a clock was ahead. The arguments stay: a process of before may run beside. */
export const hitsAheadOfNow: Migration = {
  name: 'throttle-2',
  sql: `
CREATE OR REPLACE FUNCTION tichet.count_hit(of_tag text, hit_at text, since text, counts_until text)
RETURNS TABLE (count integer, oldest text) LANGUAGE plpgsql AS $$
BEGIN
  -- a hit that a power cut takes may be made once more: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 25));
  DELETE FROM tichet.throttle t WHERE t.tag = of_tag AND (t.at < since COLLATE "C" OR t.at > counts_until COLLATE "C");
  INSERT INTO tichet.throttle (tag, at, expires_at) VALUES (of_tag, hit_at, counts_until);
  RETURN QUERY SELECT count(*)::integer, min(t.at) FROM tichet.throttle t
    WHERE t.tag = of_tag AND t.at >= since COLLATE "C" AND t.at <= counts_until COLLATE "C";
END $$`,
};

/**
 * A place under each tag, or under none where one is full: its number, from 0. The locks end with the commit, so that many who ask at once
 * keep the bounds.
 */
export const placesTogether: Migration = {
  name: 'throttle-3',
  sql: `
CREATE FUNCTION tichet.take_places(of_tags text[], hit_at text, since_of text[], until_of text[], most_of integer[])
RETURNS TABLE (full_place integer, oldest text) LANGUAGE plpgsql AS $$
DECLARE counted bigint;
BEGIN
  -- a hit that a power cut takes may be made once more: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  -- in one order for all: no two wait for each other
  PERFORM pg_advisory_xact_lock(of_tag) FROM
    (SELECT DISTINCT hashtextextended(tag, 25) AS of_tag FROM unnest(of_tags) AS tag ORDER BY 1) AS locked;
  FOR place IN 1 .. cardinality(of_tags) LOOP
    SELECT count(*), min(t.at) INTO counted, oldest FROM tichet.throttle t
      WHERE t.tag = of_tags[place] AND t.at >= since_of[place] COLLATE "C" AND t.at <= until_of[place] COLLATE "C";
    IF counted >= most_of[place] THEN
      full_place := place - 1;
      RETURN NEXT;
      RETURN;
    END IF;
  END LOOP;
  DELETE FROM tichet.throttle t USING unnest(of_tags, since_of, until_of) AS bounds(tag, since, until)
    WHERE t.tag = bounds.tag AND (t.at < bounds.since COLLATE "C" OR t.at > bounds.until COLLATE "C");
  INSERT INTO tichet.throttle (tag, at, expires_at)
    SELECT bounds.tag, hit_at, bounds.until FROM unnest(of_tags, until_of) AS bounds(tag, until);
END $$`,
};
