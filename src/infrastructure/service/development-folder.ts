import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Operations } from '../../application/kernel/ports/operations';
import type { Settings } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { folderUnusable } from '@tichet-albastru/event-log/database/data-folder/data-folder-unusable';
import { InstallationUnusable } from '../nest/installation-unusable';
import { inBoth } from '../phrasing/sentences';

const made = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys, dataFiles.masterKey, dataFiles.outbox] as const;

/**
 * What anybody could take any role in stays apart from what real people are in: a folder is of one kind from its first start on, and is
 * served as nothing else.
 * @throws InstallationUnusable where it was made for the other kind
 */
export const keepDevelopmentApart = ({
  dataDirectory: folder,
  development,
  readModels,
}: Pick<Settings, 'dataDirectory' | 'development' | 'readModels'>): void => {
  // nobody is in the folder then: what is in the database says what it is
  if (readModels === 'postgres') return;
  const mark = pathIn(folder, dataFiles.development);
  const isMarked = existsSync(mark);
  if (development === undefined) {
    if (isMarked) throw new InstallationUnusable(inBoth.unusable.dataFolder.ofDevelopment({ folder }));
    return;
  }
  if (isMarked) return;
  if (made.some((file) => existsSync(pathIn(folder, file))))
    throw new InstallationUnusable(inBoth.unusable.dataFolder.notOfDevelopment({ folder, mark }));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(mark, '', { mode: 0o600 });
  } catch (error) {
    throw folderUnusable(folder, error) ?? error;
  }
};

const register = 'made-in-development';

/**
 * The same of what is kept, wherever that is: the mark lies in the operational state as well, and goes along with every backup and copy.
 * @throws InstallationUnusable where it was made for the other kind
 */
export const keepDevelopmentApartInStores = async ({
  settings: { dataDirectory: folder, readModels },
  development,
  store,
  operations: { keyValues },
}: {
  readonly settings: Pick<Settings, 'dataDirectory' | 'readModels'>;
  readonly development?: Settings['development'];
  readonly store: Pick<EventStore, 'end'>;
  readonly operations: Pick<Operations, 'keyValues'>;
}): Promise<void> => {
  const isShared = readModels === 'postgres';
  const mark = await keyValues.get(register);
  if (development === undefined) {
    // said, so that it is no silence that a mark of the folder could speak for
    if (mark === undefined) await keyValues.put(register, 'no');
    if (mark !== 'yes') return;
    throw isShared
      ? new InstallationUnusable(inBoth.unusable.database.ofDevelopment)
      : new InstallationUnusable(inBoth.unusable.dataFolder.ofDevelopment({ folder }));
  }
  if (mark === 'yes') return;
  if (mark === 'no')
    throw isShared
      ? new InstallationUnusable(inBoth.unusable.database.ofProduction)
      : new InstallationUnusable(inBoth.unusable.dataFolder.ofProduction({ folder }));
  if ((await store.end()) === '' || (!isShared && existsSync(pathIn(folder, dataFiles.development)))) await keyValues.put(register, 'yes');
  // whether a folder may be served so, its own mark has said
  else if (isShared) throw new InstallationUnusable(inBoth.unusable.database.notOfDevelopment);
};
