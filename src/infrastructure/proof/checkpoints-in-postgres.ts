import type { Pool } from 'pg';
import { type CheckpointStore, LogNotAsSigned } from '@tichet-albastru/signed-log';
import type { Migration } from '@tichet-albastru/event-log/database/migration';

const notesAtOnce = 500;

/**
 * For any number of processes: one of them signs, all of them read. One that stood still may still write what it had in hand: a tile that
 * begins with what it brings is left as it is, so that it takes nothing from a checkpoint that another has signed meanwhile.
 */
export const createPostgresCheckpointStore = (pool: Pool): CheckpointStore => ({
  tile: async ({ level, index }) => {
    const { rows } = await pool.query<{ readonly hashes: Buffer }>('SELECT hashes FROM tichet.seal_tiles WHERE level = $1 AND index = $2', [
      level,
      index,
    ]);
    return rows[0]?.hashes;
  },
  putTile: async ({ level, index }, hashes) => {
    await pool.query(
      `INSERT INTO tichet.seal_tiles VALUES ($1, $2, $3)
       ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
       WHERE substring(seal_tiles.hashes FOR length(excluded.hashes)) <> excluded.hashes
          OR length(seal_tiles.hashes) < length(excluded.hashes)`,
      [level, index, hashes],
    );
  },
  removeTiles: async () => {
    await pool.query('DELETE FROM tichet.seal_tiles');
  },
  notes: async function* () {
    for (let last = '-1'; ;) {
      const { rows } = await pool.query<{ readonly size: string; readonly note: string }>(
        'SELECT size, note FROM tichet.seal_checkpoints WHERE size > $1 ORDER BY size LIMIT $2',
        [last, notesAtOnce],
      );
      for (const { note } of rows) yield note;
      const end = rows.at(-1);
      if (end === undefined) return;
      last = end.size;
    }
  },
  newest: async () => {
    const { rows } = await pool.query<{ readonly note: string }>('SELECT note FROM tichet.seal_checkpoints ORDER BY size DESC LIMIT 1');
    return rows[0]?.note;
  },
  append: async (note, size) => {
    await pool.query('INSERT INTO tichet.seal_checkpoints VALUES ($1, $2) ON CONFLICT DO NOTHING', [size, note]);
    const { rows } = await pool.query<{ readonly note: string }>('SELECT note FROM tichet.seal_checkpoints WHERE size = $1', [size]);
    // two that sign at once sign the same, or one of them sees another log
    if (rows[0]?.note !== note) throw new LogNotAsSigned({ reason: 'signer-refuses', number: size });
  },
  get: async (record) => {
    const { rows } = await pool.query<{ readonly content: string }>('SELECT content FROM tichet.seal_records WHERE name = $1', [record]);
    return rows[0]?.content;
  },
  put: async (record, text) => {
    await pool.query('INSERT INTO tichet.seal_records VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content', [
      record,
      text,
    ]);
  },
});

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

/** Seals whose log was accepted without something that they cover: evidence, which no process here reads. */
export const createSealAside: Migration = {
  name: 'seal-aside-1',
  sql: `
CREATE TABLE tichet.seal_aside (
  acceptance text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (acceptance, kind, name)
);
`,
};
