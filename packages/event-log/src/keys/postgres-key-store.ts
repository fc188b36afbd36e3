import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Position } from '../ports/event-store';
import { askDatabase, type AskDatabase } from '../database/postgres/ask-database';
import { isKeepable } from '../database/postgres/text-array';
import type { PlaceHealth } from '../database/storage-health';
import { gathered } from '@tichet-albastru/kernel/gathered';
import { SharedWork } from '@tichet-albastru/kernel/turns';
import { isMasterKeyOf, type KeyEpoch, keyEpoch, WrongMasterKey } from './key-epoch';
import type { KeyStore } from './key-store';
import { openBytes, encryptBytes, wrappingKeyOf } from './encrypting';
import { databaseFault } from '../database/postgres/database-fault';

/** How long, in milliseconds, the sweeping waits for current readers of the keys; meanwhile other processes wait behind it. */
const patience = 500;

const parts = 'SELECT DISTINCT tableoid::regclass::text AS part FROM tichet.keys WHERE left_over ORDER BY part';

/**
 * Takes the bytes of destroyed keys out of the files of their table. It answers also when it could not be done now: the marks stay, and the
 * next one does it.
 */
const sweepParts = async (pool: Pool): Promise<void> => {
  try {
    const { rows } = await pool.query<{ readonly part: string }>(parts);
    // two statements in one message are one transaction; a part's name comes from the server, quoted
    for (const { part } of rows)
      await pool.query(`SET LOCAL lock_timeout = ${patience}; SELECT tichet.sweep_keys('${part.replaceAll("'", "''")}')`);
  } catch (error) {
    if (databaseFault(error) === undefined) throw error;
  }
};

export type KeyRow = { readonly name: string; readonly wrapped: Buffer | null };

/** `undefined` where no key was kept yet. */
export const epochIn = async (connection: Pool | PoolClient): Promise<KeyEpoch | undefined> =>
  (await connection.query<KeyEpoch>('SELECT epoch AS number, sealed FROM tichet.key_check')).rows[0];

/** Keys that are wrapped already, into the table or one of its parts; a name that is there stays as it is. */
export const insertKeysInto = (table: string): string =>
  `INSERT INTO ${table} (name, wrapped) SELECT * FROM unnest($1::text[], $2::bytea[]) AS taken (name, wrapped) ORDER BY name
   ON CONFLICT (name) DO NOTHING`;

const statements = {
  find: { name: 'tichet-find-keys', text: 'SELECT name, wrapped FROM tichet.keys WHERE name = ANY ($1)' },
  // in one order, so that two who make or destroy the same keys never wait for each other; and never with a master key that was replaced
  make: {
    name: 'tichet-make-keys',
    text: `INSERT INTO tichet.keys (name, wrapped) SELECT * FROM unnest($1::text[], $2::bytea[]) AS made (name, wrapped)
      WHERE (SELECT epoch FROM tichet.key_check) = $3 ORDER BY name ON CONFLICT (name) DO NOTHING RETURNING name`,
  },
  destroy: {
    name: 'tichet-destroy-keys',
    text: `INSERT INTO tichet.keys AS k (name) SELECT DISTINCT unnest($1::text[]) AS name ORDER BY name
      ON CONFLICT (name) DO UPDATE SET wrapped = NULL, left_over = true WHERE k.wrapped IS NOT NULL`,
  },
  destroyed: { name: 'tichet-destroyed-keys', text: 'SELECT name FROM tichet.keys WHERE wrapped IS NULL ORDER BY name' },
  erasedUntil: { name: 'tichet-erased-until', text: 'SELECT position FROM tichet.erased_until' },
  noteErasedUntil: {
    name: 'tichet-note-erased-until',
    text: `INSERT INTO tichet.erased_until (position) VALUES ($1) ON CONFLICT (single) DO UPDATE SET position = excluded.position`,
  },
  check: { name: 'tichet-key-epoch', text: 'SELECT epoch AS number, sealed FROM tichet.key_check' },
  putCheck: {
    name: 'tichet-put-key-epoch',
    text: 'INSERT INTO tichet.key_check (epoch, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING',
  },
};

/** @returns the epoch of the master key; `undefined` where no key was kept yet */
const assertRightKey = async (database: AskDatabase, masterKey: Buffer, readOnly: boolean): Promise<number | undefined> => {
  const standing = async () => (await database.read<KeyEpoch>(statements.check)).rows[0];
  if (!readOnly && (await standing()) === undefined) {
    const { number, sealed } = keyEpoch(masterKey, 1);
    await database.write(statements.putCheck, number, sealed);
  }
  const epoch = await standing();
  if (readOnly && epoch === undefined) return undefined;
  if (epoch === undefined || !isMasterKeyOf(epoch, masterKey)) throw new WrongMasterKey(epoch?.number ?? 1);
  return epoch.number;
};

/**
 * Keys in PostgreSQL, each wrapped with the master key and bound to its name, for any number of processes. None is kept in memory: once
 * `destroy` has answered, no process opens anything with the key. Looks asked for at the same time are one statement.
 *
 * `destroy` empties the row durably, and then rewrites that part of the table, so that no file of it holds the wrapped bytes. While a long
 * reader (a `pg_dump`) has the table, the rewriting waits for the next key that is destroyed, or for the next start. Wrapped bytes stay in:
 * the write-ahead log until the server uses its files again; all copies: archived log, base backups, dumps, standbys that lag,
 * replication slots, snapshots of the disk; the freed blocks of the disk; and the server's log where it logs parameters.
 * An operator therefore keeps the master key out of every place where those are kept, lets them expire within the time that was promised
 * for erasing, and may run `CHECKPOINT; SELECT pg_switch_wal();` after an erasure. After a database was restored, the people whom the log
 * names are erased again (destroyAgain).
 * @param options.pool of an opened database (`openPostgres`); the caller that opened the connections closes them
 * @throws KeyUnusable when another master key wrapped the keys of this database
 */
export const openPostgresKeyStore = async ({
  pool,
  masterKey,
  readOnly = false,
  health,
}: {
  readonly pool: Pool;
  readonly masterKey: Buffer;
  /** for commands that read beside running processes: they open, and neither make nor destroy */
  readonly readOnly?: boolean;
  readonly health?: PlaceHealth;
}): Promise<KeyStore> => {
  const database = askDatabase(pool, health);
  const wrappingKey = wrappingKeyOf(masterKey);
  const epoch = await assertRightKey(database, masterKey, readOnly);
  const sweeping = new SharedWork(() => sweepParts(pool));
  if (!readOnly) await sweeping.fresh();

  type Found = ReadonlyMap<string, Buffer | undefined>;

  /** `undefined` for a destroyed key; no entry for one that was never made. */
  const look = async (names: readonly string[]): Promise<Found> => {
    const { rows } = await database.read<KeyRow>(statements.find, names.filter(isKeepable));
    return new Map(rows.map(({ name, wrapped }) => [name, wrapped === null ? undefined : openBytes(wrappingKey, wrapped, name)]));
  };
  const lookTogether = gathered(async (asked: readonly (readonly string[])[]) => {
    const found = await look([...new Set(asked.flat())]);
    return asked.map(() => found);
  });

  return {
    obtain: async (names) => {
      const standing = await lookTogether(names);
      const missing = [...new Set(names)].filter((name) => !standing.has(name));
      if (missing.length === 0) return names.map((name) => standing.get(name));
      const made = new Map(missing.map((name) => [name, randomBytes(32)]));
      const wrapped = [...made].map(([name, key]) => encryptBytes(wrappingKey, key, name));
      const { rows } = await database.write<Pick<KeyRow, 'name'>>(statements.make, missing, wrapped, epoch);
      // another may have made, or destroyed, some of them first
      const now: Found = rows.length === missing.length ? new Map([...standing, ...made]) : await look(names);
      // the master key was replaced while this process lived
      if (missing.some((name) => !now.has(name))) throw new WrongMasterKey((epoch ?? 0) + 1);
      return names.map((name) => now.get(name));
    },
    find: async (name) => (await lookTogether([name])).get(name),
    destroy: async (names) => {
      await database.write(statements.destroy, names);
      await sweeping.fresh();
    },
    erasedUntil: async () => (await database.read<{ readonly position: Position }>(statements.erasedUntil)).rows[0]?.position ?? '',
    noteErasedUntil: async (position) => {
      await database.write(statements.noteErasedUntil, position);
    },
    destroyed: async () => (await database.read<KeyRow>(statements.destroyed)).rows.map(({ name }) => name),
  };
};
