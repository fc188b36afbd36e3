import type { Settings } from '../../config/settings';
import { dataFiles } from '../../database/data-folder/data-files';
import type { Kept } from '../doctor/stored';
import { checksBehindPorts, logBehindPort } from '../doctor/stored-behind-ports';
import { checksInFolder, logInFolder } from '../doctor/stored-in-folder';
import type { Database } from '../doctor/examined-installation';
import type { FollowedTables } from '../../nest/provided';
import { openMasterKeyOf } from '../../nest/open-master-key';
import { openEventStoreDb } from '../../nest/open-stores';
import { MasterKeyUnusable } from '../../log/keys/master-key';
import { openReadingStores } from './reading-stores';

/** The databases of this installation that are files of its data folder. */
export const databasesIn = ({ eventStore, readModels }: Settings): readonly Database[] => [
  ...(eventStore === 'sqlite' ? [dataFiles.events] : []),
  ...(readModels === 'sqlite' ? [dataFiles.operations, dataFiles.readModels, dataFiles.keys] : []),
];

type Opened = { readonly kept: Kept | undefined; readonly close: () => Promise<void> };

const nothingToClose = (): Promise<void> => Promise.resolve();

/** What the doctor reads, wherever it is kept. @throws DatabaseUnusable, EventStoreUnavailable */
export const openKept = async (settings: Settings, tables: FollowedTables): Promise<Opened> => {
  if (settings.readModels === 'postgres') return onServer(settings, tables);
  const { dataDirectory: folder } = settings;
  if (settings.eventStore !== 'eventstoredb') return { kept: { ...logInFolder(folder), ...checksInFolder(folder) }, close: nothingToClose };
  const store = await openEventStoreDb(settings);
  return { kept: { ...logBehindPort(store), ...checksInFolder(folder, () => store.end()) }, close: () => store.close() };
};

const onServer = async (settings: Settings, tables: FollowedTables): Promise<Opened> => {
  try {
    const stores = await openReadingStores(settings, await openMasterKeyOf(settings, { create: false, finish: false }));
    return { kept: { ...logBehindPort(stores.store, stores.missingPositions), ...checksBehindPorts(stores, tables) }, close: stores.close };
  } catch (error) {
    // without the master key nothing can be looked at; what is wrong with its file is a check of its own
    if (error instanceof MasterKeyUnusable) return { kept: undefined, close: nothingToClose };
    throw error;
  }
};
