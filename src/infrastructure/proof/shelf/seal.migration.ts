import type { Migration } from '../../database/migration';

/**
 * The tree over the events in tiles (C2SP tlog-tiles: `hashes` is what its file would hold), and the checkpoints that were signed.
 * `seal_records`: small texts beside them.
 */
export const createSeal: Migration = {
  name: 'seal-1',
  sql: `
CREATE TABLE tichet.seal_tiles (
  level smallint NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, index)
);
CREATE TABLE tichet.seal_checkpoints (
  size bigint PRIMARY KEY,
  note text NOT NULL
);
CREATE TABLE tichet.seal_records (
  name text COLLATE "C" PRIMARY KEY,
  content text NOT NULL
);
`,
};
