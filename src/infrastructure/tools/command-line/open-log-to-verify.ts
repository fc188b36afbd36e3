import { existsSync } from 'node:fs';
import { type Settings, postgresUrlOf } from '../../config/settings';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openEventStoreDb } from '../../nest/open-stores';
import { openPostgresForReading } from '../../nest/postgres';
import { createFolderCheckpointStore } from '../../signed-log/folder-store';
import { createPostgresCheckpointStore } from '../../proof/checkpoints-in-postgres';
import type { CheckpointStore } from '../../signed-log/checkpoint-store';
import { logBehindPort, type StoredLog } from '../../proof/verify/stored-log';
import { logInPostgres } from '../../proof/verify/log-in-postgres';
import { logInSqlite } from '../../proof/verify/log-in-sqlite';
import { CommandEnds, exitCodes } from './exit-code';
import { inBoth } from '../../phrasing/sentences';

/** The log and its seals, and nothing else: whoever verifies needs no key of anybody. */
export type LogToVerifyOpened = { readonly log: StoredLog; readonly checkpoints: CheckpointStore; readonly close: () => Promise<void> };

const nothingThere = (folder: string): CommandEnds =>
  new CommandEnds(exitCodes.notFound, inBoth.cli.openLogToVerify.noLogFolderChoose({ folder }));

/** BackgroundTask whoever serves it. @throws CommandEnds when there is no log, DatabaseUnusable, EventStoreDbUnusable */
export const openLogToVerify = async (settings: Settings): Promise<LogToVerifyOpened> => {
  const { eventStore, readModels, dataDirectory: folder } = settings;
  const inFolder = createFolderCheckpointStore(pathIn(folder, dataFiles.seal));
  if (eventStore === 'memory') throw nothingThere(folder);
  if (eventStore === 'sqlite') {
    const path = pathIn(folder, dataFiles.events);
    if (!existsSync(path)) throw nothingThere(folder);
    const log = logInSqlite(path);
    return {
      log,
      checkpoints: inFolder,
      close: () => {
        log.close();
        return Promise.resolve();
      },
    };
  }
  if (readModels !== 'postgres') {
    const store = await openEventStoreDb(settings);
    return { log: logBehindPort(store), checkpoints: inFolder, close: () => store.close() };
  }
  const postgres = await openPostgresForReading({ url: postgresUrlOf(settings), purpose: 'reading' });
  const checkpoints = createPostgresCheckpointStore(postgres.pool);
  if (eventStore === 'postgres') return { log: logInPostgres(postgres.pool), checkpoints, close: () => postgres.close() };
  try {
    const store = await openEventStoreDb(settings);
    return {
      log: logBehindPort(store),
      checkpoints,
      close: async () => {
        await store.close();
        await postgres.close();
      },
    };
  } catch (error) {
    await postgres.close();
    throw error;
  }
};
