import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { type Settings, postgresOf } from '../../config/settings';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { databaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import type { Behind } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';
import { createStorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { processesStillOn } from '../../log/keys/rotation/rewrap-postgres';
import { openMasterKeyOf } from '../../nest/open-master-key';
import { openStores } from '../../nest/open-stores';
import type { FollowedTables } from '../../nest/provided';
import { everyTable } from '../../nest/tables';
import { createLogAlarm } from '../../proof/alarm/log-alarm';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { openTogether, type Closing } from '../../runtime/closing';
import { createIdentifiers } from '@tichet-albastru/event-log/runtime/identifiers';
import { pinoLogger } from '../../telemetry/pino-logger';
import { openSqliteOperationRows, postgresOperationRows } from '../copy/carry-operations';
import type { Stopped } from './accept-log';
import { sealInFolder, sealInPostgres } from './seal-aside';

/** Processes of the service have the database open. */
export class InUse extends Error {
  override readonly name = 'InUse';
  constructor(readonly processes: readonly string[]) {
    super('Processes of the service have the database open.');
  }
}

const poolOf = async (settings: Settings, closing: Closing) => {
  try {
    const { pool, behind } = await openPoolAt({ ...postgresOf(settings), purpose: 'acceptance', most: 3 });
    closing.add({ close: () => pool.end() });
    const mustBeAlone = async (told: Behind): Promise<void> => {
      const processes = await processesStillOn(pool, told);
      if (processes.length > 0) throw new InUse(processes);
    };
    await mustBeAlone(behind);
    // later this one has connections of the same names, as behind a pooler; it holds no lease
    return { pool, mustBeAlone: () => mustBeAlone('transaction-pool') };
  } catch (error) {
    throw databaseUnusable(error) ?? error;
  }
};

/**
 * Opens everything for writing, alone.
 * @throws InUse, DataFolderInUse while a process of the service runs; nothing has changed then
 */
export const openStopped = (settings: Settings, tables: FollowedTables) =>
  openTogether(async (closing): Promise<Stopped> => {
    const { dataDirectory: dataFolder, publicUrl } = settings;
    const lock = lockDataFolder(dataFolder);
    closing.add({
      close: () => {
        lock.release();
      },
    });
    // the folder itself is locked
    const alone = (): Promise<void> => Promise.resolve();
    const { pool, mustBeAlone } =
      settings.readModels === 'postgres' ? await poolOf(settings, closing) : { pool: undefined, mustBeAlone: alone };
    const masterKey = await openMasterKeyOf(settings, { create: false, finish: true });
    const logger = pinoLogger('silent');
    const steps: (() => void | Promise<void>)[] = [];
    closing.add({
      close: async () => {
        for (const step of steps.splice(0).reverse()) await step();
      },
    });
    const { store, operations, readModels, keys } = await openStores(settings, {
      masterKey,
      health: createStorageHealth(logger),
      logger,
      closing: steps,
    });
    const path = pathIn(dataFolder, dataFiles.operations);
    const operationRows = pool
      ? { read: postgresOperationRows(pool), write: postgresOperationRows(pool) }
      : {
          read: closing.add(openSqliteOperationRows({ path, readOnly: true })),
          write: closing.add(openSqliteOperationRows({ path, readOnly: false })),
        };
    return {
      ...{ dataFolder, store, operations, operationRows, rows: readModels, keys, tables: everyTable(tables) },
      seal: pool ? sealInPostgres(pool, masterKey, publicUrl) : sealInFolder(dataFolder, publicUrl),
      alarm: createLogAlarm({ keyValues: operations.keyValues, clock: systemClock, logger }),
      mustBeAlone,
      ...{
        clock: systemClock,
        logger,
        codec: createEventCodec({ keys }),
        identifiers: createIdentifiers(),
        streamCache: new StreamCache(),
      },
    };
  });
