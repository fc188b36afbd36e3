import { type Settings, postgresUrlOf } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { databaseUnusable } from '../database/postgres/database-unusable';
import { openPool } from '../database/postgres/open-pool';
import type { KeyEpoch } from '../log/keys/key-epoch';
import { rewrappedPostgres } from '../log/keys/rotation/rewrap-postgres';
import { currentMasterKey } from '../log/keys/rotation/current-master-key';
import { epochOfFile } from '../log/keys/sqlite-key-epoch';

const epochKept = async (settings: Settings): Promise<KeyEpoch | undefined> => {
  if (settings.readModels !== 'postgres') return epochOfFile(pathIn(settings.dataDirectory, dataFiles.keys));
  const pool = openPool({ url: postgresUrlOf(settings), purpose: 'epoch', most: 1, readOnly: true });
  try {
    // a database that nobody has used yet
    const { rows } = await pool.query<{ readonly made: boolean }>("SELECT to_regclass('tichet.key_check') IS NOT NULL AS made");
    return rows[0]?.made === true ? await rewrappedPostgres(pool).epoch() : undefined;
  } catch (error) {
    throw databaseUnusable(error) ?? error;
  } finally {
    await pool.end();
  }
};

/**
 * The master key of this installation, a rotation that was ended in the middle taken into account.
 * @param options as in `currentMasterKey`
 * @throws MasterKeyUnusable, DatabaseUnusable
 */
export const openMasterKeyOf = (settings: Settings, options: { readonly create: boolean; readonly finish: boolean }): Promise<Buffer> =>
  currentMasterKey(settings.masterKeyFile, options, () => epochKept(settings));
