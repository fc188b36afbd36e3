import { rmSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '@tichet-albastru/kernel/error-code';

/**
 * Fills the disk on which this folder is, to the last byte.
 * @param left so many bytes stay free, more or less
 * @returns frees it again
 */
export const fillDisk = (folder: string, left = 0): (() => void) => {
  const filler = join(folder, 'filler');
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if (errorCode(error) !== 'ENOSPC') throw error;
    }
  }
  truncateSync(filler, Math.max(0, statSync(filler).size - left));
  return () => {
    rmSync(filler);
  };
};
