import type { Migration } from '../database/migration';

/**
 * `wrapped` is NULL for a destroyed key: the row stays, so that the key cannot come back. `left_over` says that bytes of its former
 * version may still be in its part's file. The table is kept in 32 parts, so that rewriting one blocks other processes only briefly.
 *
 * `sweep_keys` empties the file of a part and writes the current rows there. VACUUM would not do: it leaves the bytes in the free space
 * of a page, and VACUUM FULL keeps what an old snapshot could still see.
 *
 * `erased_until`: up to where the log was read for keys that had to be destroyed again.
 * `key_check` is a text sealed with the wrapping key: it tells whether a master key is the right one.
 */
export const createKeys: Migration = {
  name: 'keys-1',
  sql: `
CREATE TABLE tichet.keys (
  name text COLLATE "C" PRIMARY KEY,
  wrapped bytea,
  left_over boolean NOT NULL DEFAULT false
) PARTITION BY HASH (name);
CREATE INDEX keys_left_over ON tichet.keys (name) WHERE left_over;
DO $$
BEGIN
  FOR part IN 0..31 LOOP
    EXECUTE format('CREATE TABLE tichet.keys_%s PARTITION OF tichet.keys FOR VALUES WITH (MODULUS 32, REMAINDER %s)', part, part);
  END LOOP;
END $$;

CREATE FUNCTION tichet.sweep_keys(part regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  names text[];
  standing bytea[];
BEGIN
  EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', part);
  EXECUTE format('SELECT array_agg(k.name), array_agg(k.wrapped) FROM %s k', part) INTO names, standing;
  EXECUTE format('TRUNCATE TABLE %s', part);
  EXECUTE format('INSERT INTO %s (name, wrapped) SELECT * FROM unnest($1, $2)', part) USING names, standing;
END $$;

CREATE TABLE tichet.erased_until (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  position text NOT NULL
);
CREATE TABLE tichet.key_check (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  sealed bytea NOT NULL
);
`,
};

/** `epoch`: how many master keys there were, this one counted. */
export const countKeyEpochs: Migration = {
  name: 'keys-2',
  sql: 'ALTER TABLE tichet.key_check ADD COLUMN epoch integer NOT NULL DEFAULT 1',
};
