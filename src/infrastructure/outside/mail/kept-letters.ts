import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptLetters } from '../../../application/kernel/ports/mailer';
import { errorCode } from '@tichet-albastru/kernel/error-code';

const whereThere = async <T>(asked: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return otherwise;
    throw error;
  }
};

/** The files of these folders, unfinished ones too. When a letter was written its file says: its own date is of the fact that it tells. */
export const keptLettersIn = (folders: readonly string[]): KeptLetters => {
  const writtenBefore = async (folder: string, before: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const name of await whereThere(readdir(folder), [])) {
      const path = join(folder, name);
      const written = await whereThere(stat(path), undefined);
      if (written?.isFile() === true && written.mtimeMs < Date.parse(before)) found.push(path);
    }
    return found;
  };
  const each = async (before: string, act: (folder: string, paths: readonly string[]) => Promise<void>): Promise<number> => {
    let count = 0;
    for (const folder of folders) {
      const paths = await writtenBefore(folder, before);
      if (paths.length > 0) await act(folder, paths);
      count += paths.length;
    }
    return count;
  };
  return {
    count: (before) => each(before, () => Promise.resolve()),
    erase: (before) =>
      each(before, async (folder, paths) => {
        for (const path of paths) await rm(path, { force: true });
        const synced = await open(folder, 'r');
        try {
          await synced.sync();
        } finally {
          await synced.close();
        }
      }),
  };
};
