import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Settings } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { DataFolderUnusable, folderUnusable } from '../database/data-folder/data-folder-unusable';
import { inBoth } from '../phrasing/sentences';

const made = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys, dataFiles.masterKey, dataFiles.outbox] as const;

/**
 * What anybody could take any role in stays apart from what real people are in: a folder is of one kind from its first start on, and is
 * served as nothing else.
 * @throws DataFolderUnusable where it was made for the other kind
 */
export const keepDevelopmentApart = ({ dataDirectory: folder, development }: Pick<Settings, 'dataDirectory' | 'development'>): void => {
  const mark = pathIn(folder, dataFiles.development);
  const isMarked = existsSync(mark);
  if (development === undefined) {
    if (isMarked) throw new DataFolderUnusable(inBoth.unusable.dataFolder.ofDevelopment({ folder }));
    return;
  }
  if (isMarked) return;
  if (made.some((file) => existsSync(pathIn(folder, file))))
    throw new DataFolderUnusable(inBoth.unusable.dataFolder.notOfDevelopment({ folder, mark }));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(mark, '', { mode: 0o600 });
  } catch (error) {
    throw folderUnusable(folder, error) ?? error;
  }
};
