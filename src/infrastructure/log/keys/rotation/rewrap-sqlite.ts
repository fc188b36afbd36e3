import { pause } from '@tichet-albastru/kernel/pause';
import type { Database } from '@tichet-albastru/event-log/database/sqlite/driver';
import { openDurable } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { keyEpoch } from '@tichet-albastru/event-log/keys/key-epoch';
import { assertMasterKeyOf, epochIn, putEpoch } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';
import { keysSchema } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { type MasterKeyChange, purposeKeysAfter, replacedNames, type RewrappedStore, rewrapping } from './rewrap';

type Row = { readonly name: string; readonly wrapped: Buffer };

const atOnce = 1000;
/** A reader that is busy just now keeps the log from being emptied; so often, and so long in milliseconds, it is waited for. */
const tries = 50;
const pauseMilliseconds = 100;

const rewrapAll = (database: Database, change: MasterKeyChange, onKeys: (done: number, total: number) => void): number => {
  const living = database.prepare<[], number>('SELECT count(wrapped) FROM keys').pluck();
  const total = living.get() ?? 0;
  const named = database.prepare<[string], Row>('SELECT name, wrapped FROM keys WHERE name = ? AND wrapped IS NOT NULL');
  const standing = replacedNames.flatMap((name) => named.all(name));
  const after = purposeKeysAfter(change, new Map(standing.map(({ name, wrapped }) => [name, wrapped])));
  const remove = database.prepare<[string]>('DELETE FROM keys WHERE name = ?');
  for (const name of replacedNames) remove.run(name);
  const page = database.prepare<[string, number], Row>(
    'SELECT name, wrapped FROM keys WHERE wrapped IS NOT NULL AND name > ? ORDER BY name LIMIT ?',
  );
  const put = database.prepare<[Buffer, string]>('UPDATE keys SET wrapped = ? WHERE name = ?');
  const rewrap = rewrapping(change);
  let done = 0;
  for (let rows = page.all('', atOnce); rows.length > 0; rows = page.all(rows.at(-1)?.name ?? '', atOnce)) {
    for (const { name, wrapped } of rows) put.run(rewrap(name, wrapped), name);
    done += rows.length;
    onKeys(done, total);
  }
  const add = database.prepare<[string, Buffer]>('INSERT INTO keys (name, wrapped) VALUES (?, ?)');
  for (const { name, wrapped } of after) add.run(name, wrapped);
  putEpoch(database, keyEpoch(change.to, change.epoch));
  return living.get() ?? 0;
};

/**
 * `keys.db`. What an update leaves is overwritten (`secure_delete`), and what stands in the write-ahead log goes when that is emptied.
 * Only for whoever has the data folder.
 */
export const openRewrappedSqlite = (path: string): RewrappedStore & { close(): void } => {
  const database = openDurable(path);
  database.exec(keysSchema);
  return {
    epoch: () => Promise.resolve(epochIn(database)),
    rewrap: async (change, onKeys) => {
      await Promise.resolve();
      return database
        .transaction(() => {
          assertMasterKeyOf(database, change.from, true);
          return rewrapAll(database, change, onKeys);
        })
        .immediate();
    },
    sweep: async () => {
      for (let left = tries; left > 0; left -= 1) {
        const [told] = database.prepare<[], { readonly busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').all();
        if (told?.busy === 0) return;
        await pause(pauseMilliseconds);
      }
    },
    close: () => {
      database.close();
    },
  };
};
