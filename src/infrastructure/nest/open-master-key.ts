import { existsSync } from 'node:fs';
import { type Settings, postgresOf } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { databaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';
import type { KeyEpoch } from '@tichet-albastru/event-log/keys/key-epoch';
import { rewrappedPostgres } from '../log/keys/rotation/rewrap-postgres';
import { currentMasterKey } from '../log/keys/rotation/current-master-key';
import { epochOfFile } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';

const epochKept = async (settings: Settings): Promise<KeyEpoch | undefined> => {
  if (settings.readModels !== 'postgres') return epochOfFile(pathIn(settings.dataDirectory, dataFiles.keys));
  try {
    const { pool } = await openPoolAt({ ...postgresOf(settings), purpose: 'epoch', most: 1, readOnly: true });
    try {
      // a database that nobody has used yet
      const { rows } = await pool.query<{ readonly made: boolean }>("SELECT to_regclass('tichet.key_check') IS NOT NULL AS made");
      return rows[0]?.made === true ? await rewrappedPostgres(pool).epoch() : undefined;
    } finally {
      await pool.end();
    }
  } catch (error) {
    throw databaseUnusable(error) ?? error;
  }
};

/**
 * The master key of this installation, a rotation that was ended in the middle taken into account.
 * @param options as in `currentMasterKey`
 * @throws MasterKeyUnusable, DatabaseUnusable
 */
export const openMasterKeyOf = (settings: Settings, options: { readonly create: boolean; readonly finish: boolean }): Promise<Buffer> => {
  // a log is never older than its master key: where one stands, the key has been lost, also when the keys it wraps have been, too
  const hasLog = settings.eventStore === 'sqlite' && existsSync(pathIn(settings.dataDirectory, dataFiles.events));
  return currentMasterKey(settings.masterKeyFile, { ...options, create: options.create && !hasLog }, () => epochKept(settings));
};
