import { existsSync } from 'node:fs';
import type { Ports } from '../../application/ports/ports';
import { systemClock } from '../clock/system-clock';
import { cityHallOf } from '../config/city-hall-of';
import type { Settings } from '../config/settings';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store';
import { createIdentifiers } from '../identifiers/identifiers';
import { createCorrespondence } from '../mail/correspondence';
import { openSqliteOperations } from '../operations/sqlite/sqlite-operations';
import { openMasterKey } from '../privacy/master-key';
import { createPersonalData } from '../privacy/personal-data';
import { openSqliteKeyStore } from '../privacy/sqlite-key-store';
import { SqliteReadModelsReader } from '../read-models/sqlite/sqlite-read-models';
import { localDocumentRegister } from '../registry/local-document-register';
import { createEventCodec } from '../serialization/event-codec.codec';
import { pinoJournal } from '../telemetry/pino-journal';
import { CommandEnds, exitCodes } from './exit-code';

const needed = [dataFiles.events, dataFiles.readModels, dataFiles.operations, dataFiles.keys] as const;

/** Whether the folder has ever been served. */
export const hasData = (folder: string): boolean => needed.every((file) => existsSync(pathIn(folder, file)));

/** @throws CommandEnds when the folder has never been served */
export const mustHaveData = (folder: string): void => {
  if (hasData(folder)) return;
  throw new CommandEnds(exitCodes.notFound, {
    ro: `În dosarul ${folder} nu sunt date; porniți întâi serviciul (tichet serve) sau alegeți alt dosar (TICHET_DATA_DIR).`,
    en: `There are no data in the folder ${folder}; start the service first (tichet serve) or choose another folder (TICHET_DATA_DIR).`,
  });
};

type Reading = { readonly ports: Ports; close(): Promise<void> };

/**
 * The stores, opened for reading beside a running service: nothing is locked, nothing can be written.
 * @throws CommandEnds, MasterKeyUnusable
 */
const openReadingPorts = async (settings: Settings): Promise<Reading> => {
  const { dataDirectory: folder, policies, mailFrom } = settings;
  mustHaveData(folder);
  const masterKey = openMasterKey(settings.masterKeyFile, { create: false });
  const keys = openSqliteKeyStore({ path: pathIn(folder, dataFiles.keys), masterKey, readOnly: true });
  const store = await openSqliteEventStore({ folder, readOnly: true });
  const operations = openSqliteOperations({ folder, readOnly: true });
  const readModels = new SqliteReadModelsReader(pathIn(folder, dataFiles.readModels));
  const onlyReads = (): Promise<never> => Promise.reject(new Error('The stores were opened for reading.'));
  const ports: Ports = {
    store,
    codec: createEventCodec({ keys }),
    personalData: createPersonalData({ keys, masterKey }),
    readModels,
    operations,
    mailer: { send: onlyReads, forget: onlyReads },
    video: { kind: 'manual', create: onlyReads },
    documents: localDocumentRegister,
    correspondence: createCorrespondence({ from: mailFrom, policies }),
    cityHall: cityHallOf(settings),
    clock: systemClock,
    identifiers: createIdentifiers(),
    journal: pinoJournal('silent'),
    policies,
  };
  return {
    ports,
    close: async () => {
      readModels.close();
      operations.close();
      await store.close();
      keys.close();
    },
  };
};

/** Reads, and closes whatever happens. */
export const whileReading = async <T>(settings: Settings, work: (ports: Ports) => Promise<T>): Promise<T> => {
  const reading = await openReadingPorts(settings);
  try {
    return await work(reading.ports);
  } finally {
    await reading.close();
  }
};
