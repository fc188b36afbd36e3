import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './error-code';

export const onlyOwner = 0o600;
export const folderMode = 0o700;
/** Said by file systems, network shares among them, where a folder cannot be synced and needs not be. */
const cannotSyncFolders: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP'];

/** Nothing where a file or folder is not there. */
export const ifThere = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

export const readIfThere = (path: string): Promise<Buffer | undefined> => ifThere(() => readFile(path));

/** With the folders that lead to it. */
const inFolder = async (path: string, work: () => void | Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true, mode: folderMode });
    await work();
  }
};

/**
 * Whole or not at all, with the folders that lead to it.
 * @param durable also after a power cut; otherwise nothing waits for the disk, and a thread would cost more than the few bytes
 */
export const writeWhole = (path: string, bytes: string | Uint8Array, durable: boolean): Promise<void> =>
  inFolder(path, async () => {
    const draft = `${path}.new`;
    if (!durable) {
      writeFileSync(draft, bytes, { mode: onlyOwner });
      renameSync(draft, path);
      return;
    }
    await writeFile(draft, bytes, { mode: onlyOwner, flush: true });
    await rename(draft, path);
    await syncFolder(dirname(path));
  });

export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!cannotSyncFolders.includes(errorCode(error))) throw error;
  } finally {
    await handle.close();
  }
};
