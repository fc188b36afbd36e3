import type { Database } from '../database/sqlite/driver';
import { openDurable, openReading } from '../database/sqlite/open-database';
import { epochIn, putEpoch } from './sqlite-key-epoch';
import { keysSchema } from './sqlite-key-store';
import type { WrappedKey, WrappedKeys } from './wrapped-keys';

type Row = { readonly name: string; readonly wrapped: Buffer | null };

const keyOf = ({ name, wrapped }: Row): WrappedKey => ({ name, wrapped: wrapped ?? undefined });

const writing = (path: string): Database => {
  const database = openDurable(path);
  database.exec(keysSchema);
  return database;
};

/**
 * The keys in `keys.db`.
 * @param options.readOnly nothing is made and nothing can be taken
 */
export const openSqliteWrappedKeys = ({
  path,
  readOnly,
}: {
  readonly path: string;
  readonly readOnly: boolean;
}): WrappedKeys & { close(): void } => {
  const database = readOnly ? openReading(path) : writing(path);
  const after = database.prepare<[string, number], Row>('SELECT name, wrapped FROM keys WHERE name > ? ORDER BY name LIMIT ?');
  const named = database.prepare<[string], Row>('SELECT name, wrapped FROM keys WHERE name = ?');
  const take = (keys: readonly WrappedKey[]): void => {
    const add = database.prepare<[string, Buffer | null]>('INSERT INTO keys (name, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING');
    const erase = database.prepare<[string]>('UPDATE keys SET wrapped = NULL WHERE name = ? AND wrapped IS NOT NULL');
    let erased = 0;
    database.transaction(() => {
      for (const { name, wrapped } of keys) {
        add.run(name, wrapped ?? null);
        if (wrapped === undefined) erased += erase.run(name).changes;
      }
    })();
    // its bytes may still stand in the write-ahead log
    if (erased > 0) database.pragma('wal_checkpoint(TRUNCATE)');
  };
  return {
    after: (name, most) => Promise.resolve(after.all(name, most).map(keyOf)),
    named: (names) => Promise.resolve(names.flatMap((name) => named.all(name)).map(keyOf)),
    take: async (keys) => {
      await Promise.resolve();
      take(keys);
    },
    epoch: () => Promise.resolve(epochIn(database)),
    takeEpoch: async (epoch) => {
      await Promise.resolve();
      putEpoch(database, epoch);
    },
    close: () => {
      database.close();
    },
  };
};
