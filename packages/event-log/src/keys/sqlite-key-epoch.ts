import type { Database } from '../database/sqlite/driver';
import { existsSync } from 'node:fs';
import { openReading } from '../database/sqlite/open-database';
import { isMasterKeyOf, type KeyEpoch, keyEpoch, WrongMasterKey } from './key-epoch';
import { openIfFitting, wrappingKeyOf } from './encrypting';

export const epochSchema =
  'CREATE TABLE IF NOT EXISTS epoch (single INTEGER PRIMARY KEY CHECK (single = 1), number INTEGER NOT NULL, sealed BLOB NOT NULL)';

/** @returns `undefined` for a file of a version that knew of no epochs, and for one that was never used */
export const epochIn = (database: Database): KeyEpoch | undefined => {
  const known = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'epoch'").get();
  return known === undefined ? undefined : database.prepare<[], KeyEpoch>('SELECT number, sealed FROM epoch').get();
};

export const epochOfFile = (path: string): KeyEpoch | undefined => {
  if (!existsSync(path)) return undefined;
  const database = openReading(path);
  try {
    return epochIn(database);
  } finally {
    database.close();
  }
};

/** Never back to an older one. */
export const putEpoch = (database: Database, { number, sealed }: KeyEpoch): void => {
  database
    .prepare(
      `INSERT INTO epoch VALUES (1, ?, ?) ON CONFLICT (single) DO UPDATE SET number = excluded.number, sealed = excluded.sealed
       WHERE excluded.number > number`,
    )
    .run(number, sealed);
};

/** A file of a version without epochs: its first key tells. */
const opensTheFirstKey = (database: Database, masterKey: Buffer): boolean => {
  const first = database
    .prepare<[], { readonly name: string; readonly wrapped: Buffer }>('SELECT name, wrapped FROM keys WHERE wrapped IS NOT NULL LIMIT 1')
    .get();
  return first === undefined || openIfFitting(wrappingKeyOf(masterKey), first.wrapped, first.name) !== undefined;
};

/**
 * @param readOnly nothing is noted in a file that knows of no epoch yet
 * @throws KeyUnusable when another master key wrapped these keys; it names the epoch of that key
 */
export const assertMasterKeyOf = (database: Database, masterKey: Buffer, readOnly: boolean): void => {
  const epoch = epochIn(database);
  const isRight = epoch === undefined ? opensTheFirstKey(database, masterKey) : isMasterKeyOf(epoch, masterKey);
  if (!isRight) throw new WrongMasterKey(epoch?.number ?? 1, 'keys.db');
  if (epoch === undefined && !readOnly) putEpoch(database, keyEpoch(masterKey, 1));
};
