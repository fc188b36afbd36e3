import { LRUCache } from 'lru-cache';
import { randomBytes } from 'node:crypto';
import { createCommitQueue } from '../database/sqlite/commit-queue';
import { openReading, openSyncedApart } from '../database/sqlite/open-database';
import type { PlaceHealth } from '../database/storage-health';
import type { KeyStore } from './key-store';
import { openBytes, encryptBytes, wrappingKeyOf } from './encrypting';
import { assertMasterKeyOf, epochSchema } from './sqlite-key-epoch';

const mostKeysInMemory = 5000;
export const keysSchema = `
  CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS erased_until (single INTEGER PRIMARY KEY CHECK (single = 1), position TEXT NOT NULL);
  ${epochSchema}`;

/**
 * `keys.db`: every key wrapped with the master key and bound to its name. `wrapped` is NULL for a destroyed key: the row
 * stays, so that the key cannot come back; its bytes are overwritten, in the write-ahead log as well.
 * @throws KeyUnusable when another master key wrapped these keys
 */
export const openSqliteKeyStore = ({
  path,
  masterKey,
  readOnly = false,
  health,
}: {
  readonly path: string;
  readonly masterKey: Buffer;
  /** for commands that read beside a running service: they open, and neither make nor destroy */
  readonly readOnly?: boolean;
  readonly health?: PlaceHealth;
}): KeyStore & { close(): void } => {
  const { database, sync } = readOnly ? { database: openReading(path), sync: undefined } : openSyncedApart(path);
  if (!readOnly) database.exec(keysSchema);
  try {
    assertMasterKeyOf(database, masterKey, readOnly);
  } catch (error) {
    sync?.close();
    database.close();
    throw error;
  }
  if (!readOnly) {
    // A reader may have kept the log from being emptied when a key was destroyed, and a crash from doing it afterwards.
    database.pragma('wal_checkpoint(TRUNCATE)');
  }
  const queue = createCommitQueue(database, health, sync);
  const wrappingKey = wrappingKeyOf(masterKey);
  const select = database.prepare<[string], { readonly wrapped: Buffer | null }>('SELECT wrapped FROM keys WHERE name = ?');
  const insert = database.prepare<[string, Buffer]>('INSERT INTO keys (name, wrapped) VALUES (?, ?)');
  const erase = database.prepare<[string]>(
    'INSERT INTO keys (name, wrapped) VALUES (?, NULL) ON CONFLICT (name) DO UPDATE SET wrapped = NULL',
  );
  const allErased = database.prepare<[], string>('SELECT name FROM keys WHERE wrapped IS NULL ORDER BY name').pluck();

  const cache = new LRUCache<string, Buffer>({ max: mostKeysInMemory });
  const keep = (name: string, key: Buffer): Buffer => {
    cache.set(name, key);
    return key;
  };
  /** `null` for a destroyed key. */
  const stored = (name: string): Buffer | null | undefined => {
    const row = select.get(name);
    return row?.wrapped ? openBytes(wrappingKey, row.wrapped, name) : row?.wrapped;
  };

  const make = (name: string): Buffer | undefined => {
    const standing = stored(name);
    if (standing !== undefined) return standing ?? undefined;
    const key = randomBytes(32);
    insert.run(name, encryptBytes(wrappingKey, key, name));
    return key;
  };

  const obtainOne = async (name: string): Promise<Buffer | undefined> => {
    const known = cache.get(name);
    if (known) return known;
    const standing = stored(name);
    if (standing === null) return undefined;
    const key = standing ?? (await queue.run(() => make(name)));
    // nothing may be sealed with a key that another caller has just made and that a power cut could still take
    if (standing) await queue.durable();
    // destroyed while the commit was on its way: then it must not come back into memory
    return key && stored(name) ? keep(name, key) : undefined;
  };

  return {
    obtain: (names) => Promise.all(names.map(obtainOne)),
    find: (name) =>
      new Promise((resolve) => {
        const known = cache.get(name);
        const standing = known ?? stored(name);
        resolve(standing ? (known ?? keep(name, standing)) : undefined);
      }),
    destroy: async (names) => {
      await queue.run(() => {
        for (const name of names) erase.run(name);
      });
      for (const name of names) cache.delete(name);
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    destroyed: () => Promise.resolve(allErased.all()),
    erasedUntil: () => Promise.resolve(database.prepare<[], string>('SELECT position FROM erased_until').pluck().get() ?? ''),
    noteErasedUntil: async (position) => {
      await queue.run(() => database.prepare('INSERT OR REPLACE INTO erased_until VALUES (1, ?)').run(position));
    },
    close: () => {
      queue.close();
      sync?.close();
      cache.clear();
      database.close();
    },
  };
};
