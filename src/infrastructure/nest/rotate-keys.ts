import { existsSync } from 'node:fs';
import { defined } from '@tichet-albastru/kernel/defined';
import { type Settings, postgresOf } from '../config/settings';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { readServiceKey, serviceKeyFile, sharedNames } from '../outside/identity/service-key';
import { openMasterKeyOf } from './open-master-key';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { databaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { assertMigrated } from '@tichet-albastru/event-log/database/postgres/migrate';
import { migrations } from './postgres';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';
import { processesStillOn, rewrappedPostgres } from '../log/keys/rotation/rewrap-postgres';
import { openRewrappedSqlite } from '../log/keys/rotation/rewrap-sqlite';
import { rotateMasterKey, type Rotated } from '../log/keys/rotation/rotate';

/** `in-use`: processes of the service have the database open. */
export type RotationOutcome = ({ readonly kind: 'rotated' } & Rotated) | { readonly kind: 'in-use'; readonly processes: readonly string[] };

type OnKeys = (done: number, total: number) => void;

const inDataFolder = async ({ dataDirectory, masterKeyFile }: Settings, keys: OnKeys): Promise<RotationOutcome> => {
  const store = openRewrappedSqlite(pathIn(dataDirectory, dataFiles.keys));
  try {
    const tokenKey = existsSync(serviceKeyFile(dataDirectory, 'token')) ? readServiceKey(dataDirectory, 'token') : undefined;
    return { kind: 'rotated', ...(await rotateMasterKey(masterKeyFile, store, { keys }, defined({ tokenKey }))) };
  } finally {
    store.close();
  }
};

/** A process that this role cannot see, and that lives on, makes no key any more and opens none: it says that its master key was replaced. */
const inPostgres = async (settings: Settings, keys: OnKeys): Promise<RotationOutcome> => {
  try {
    const { pool, behind } = await openPoolAt({ ...postgresOf(settings), purpose: 'rotation', most: 2 });
    try {
      await assertMigrated(pool, migrations);
      const processes = await processesStillOn(pool, behind);
      if (processes.length > 0) return { kind: 'in-use', processes };
      const masterKey = await openMasterKeyOf(settings, { create: false, finish: false });
      const standing = await openPostgresKeyStore({ pool, masterKey, readOnly: true });
      const tokenKey = await standing.find(sharedNames.token);
      return {
        kind: 'rotated',
        ...(await rotateMasterKey(settings.masterKeyFile, rewrappedPostgres(pool), { keys }, defined({ tokenKey }))),
      };
    } finally {
      await pool.end();
    }
  } catch (error) {
    throw databaseUnusable(error) ?? error;
  }
};

/**
 * Replaces the master key of an installation whose service is stopped.
 * @throws DataFolderInUse while a process has the data folder; MasterKeyUnusable, KeyUnusable, DatabaseUnusable; nothing has changed then
 */
export const rotateKeys = async (settings: Settings, keys: OnKeys): Promise<RotationOutcome> => {
  const lock = lockDataFolder(settings.dataDirectory);
  try {
    return await (settings.readModels === 'postgres' ? inPostgres(settings, keys) : inDataFolder(settings, keys));
  } finally {
    lock.release();
  }
};
