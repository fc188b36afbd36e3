import { errorCode } from '@tichet-albastru/kernel/error-code';
import { Unusable } from '../../unusable';
import { storageFault } from '../storage-health';

/** The data folder cannot be written. */
export class DataFolderUnusable extends Unusable<'dataFolder.notWritable' | 'dataFolder.halfRestored' | 'dataFolder.newer'> {
  override readonly name = 'DataFolderUnusable';
}

/** A file stands where the folder, or one above it, should be. */
const notAFolder: readonly string[] = ['ENOTDIR', 'EEXIST'];

/** What an error of the disk or of its rights means for the operator who starts the service; `undefined` for any other error. */
export const folderUnusable = (folder: string, error: unknown): DataFolderUnusable | undefined => {
  const code = storageFault(error) ?? notAFolder.find((known) => known === errorCode(error));
  if (code === undefined) return undefined;
  return new DataFolderUnusable('dataFolder.notWritable', { folder, code });
};
