import { type Settings, postgresOf } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { openPostgresForReading } from './postgres';
import { oldMasterKeys } from '../log/keys/rotation/master-key-files';
import { epochIn } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';

/** What there is of keys, read beside whoever uses them. */
export type KeysStatus = {
  readonly epoch: number;
  readonly living: number;
  readonly destroyed: number;
  /** files with the master keys of former epochs */
  readonly old: readonly string[];
  /** when the standing master key was made */
  readonly since?: Date;
};

type Counted = Pick<KeysStatus, 'epoch' | 'living' | 'destroyed'>;

const inFolder = (path: string): Counted => {
  const database = openReading(path);
  try {
    const counted = database
      .prepare<[], { readonly living: number; readonly every: number }>('SELECT count(wrapped) AS living, count(*) AS every FROM keys')
      .get();
    const { living, every } = counted ?? { living: 0, every: 0 };
    return { epoch: epochIn(database)?.number ?? 1, living, destroyed: every - living };
  } finally {
    database.close();
  }
};

const inPostgres = async (settings: Settings): Promise<Counted> => {
  const postgres = await openPostgresForReading({ ...postgresOf(settings), purpose: 'reading' });
  try {
    const { rows } = await postgres.pool.query<{ readonly epoch: number; readonly living: string; readonly every: string }>(
      `SELECT coalesce((SELECT epoch FROM tichet.key_check), 1) AS epoch, count(wrapped) AS living, count(*) AS every FROM tichet.keys`,
    );
    const [{ epoch, living, every } = { epoch: 1, living: '0', every: '0' }] = rows;
    return { epoch, living: Number(living), destroyed: Number(every) - Number(living) };
  } finally {
    await postgres.close();
  }
};

/** @throws DatabaseUnusable */
export const keysStatus = async (settings: Settings): Promise<KeysStatus> => {
  const counted =
    settings.readModels === 'postgres' ? await inPostgres(settings) : inFolder(pathIn(settings.dataDirectory, dataFiles.keys));
  const { files: old, since } = oldMasterKeys(settings.masterKeyFile);
  return { ...counted, old, ...(since && { since }) };
};
