import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../../../application/privacy/record-reading';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import type { PurposeKeys } from '../../log/keys/purpose-keys';
import { ifThere, readIfThere, syncFolder, writeWhole } from '@tichet-albastru/kernel/whole-file';

const bound = 'waiting-reading';
const nameForm = /^[\da-f-]{36}$/;

/**
 * What was read while nothing could be appended to the log: a file each, encrypted, in the data folder. A file is there whole or not at
 * all, and several processes can use one folder.
 */
export const waitingReadings = (folder: string, purposeKeys: PurposeKeys) => {
  const path = pathIn(folder, dataFiles.waitingReadings);
  const opened = (bytes: Buffer): Reading | undefined => {
    for (const key of [purposeKeys('waiting-reading'), ...(purposeKeys.former?.('waiting-reading') ?? [])]) {
      const clear = openIfFitting(key, bytes, bound);
      if (clear !== undefined) return JSON.parse(clear.toString()) as Reading;
    }
    return undefined;
  };
  return {
    /** On the disk once it answers. */
    add: async (reading: Reading): Promise<void> => {
      await writeWhole(join(path, reading.readingId), sealText(purposeKeys('waiting-reading'), JSON.stringify(reading), bound), true);
      // of the first one, the folder is new
      await syncFolder(folder);
    },
    /** In the order of their ids. A reading whose file was not written to its end was not shown. */
    ids: async (): Promise<readonly string[]> =>
      ((await ifThere(() => readdir(path))) ?? []).filter((name) => nameForm.test(name)).toSorted(),
    /** `gone`: another process was faster; `unreadable`: no key of this installation opens it */
    read: async (id: string): Promise<Reading | 'gone' | 'unreadable'> => {
      const bytes = await readIfThere(join(path, id));
      return bytes === undefined ? 'gone' : (opened(bytes) ?? 'unreadable');
    },
    remove: (id: string): Promise<void> => rm(join(path, id), { force: true }),
  };
};
