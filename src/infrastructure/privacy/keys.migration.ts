import type { Migration } from '../postgres/migration';

/**
 * `wrapped` is NULL for a destroyed key: the row stays, so that the key cannot come back. `left_over` says that bytes of its former
 * version may still be in the table's file. `key_check` is a text sealed with the wrapping key: it tells whether a master key is the right one.
 */
export const createKeys: Migration = {
  name: 'keys-1',
  sql: `
CREATE TABLE tichet.keys (
  name text COLLATE "C" PRIMARY KEY,
  wrapped bytea,
  left_over boolean NOT NULL DEFAULT false
);
CREATE INDEX keys_left_over ON tichet.keys (name) WHERE left_over;

CREATE TABLE tichet.key_check (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  sealed bytea NOT NULL
);
`,
};
