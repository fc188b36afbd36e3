import type { Migration } from '../database/migration';
import { createTable, snakeCase } from '../database/sql/table';
import type { DatabaseKind } from '../database/sql/work';
import { logOperationTables } from './operation-tables';

const { codes, people, tokens } = logOperationTables;

/** Codes of chance; those that were computed before are asked for anew. */
export const createCodes: Migration = { name: 'codes-1', sql: createTable('postgres', 'codes', codes).join(';\n') };

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
