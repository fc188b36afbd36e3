import { mkdir, open, readFile, rm } from 'node:fs/promises';
import type { Reading } from '../../../application/privacy/record-reading';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openIfFitting, sealText } from '../../log/keys/encrypting';
import type { PurposeKeys } from '../../log/keys/purpose-keys';
import { errorCode } from '../../runtime/error-code';

const bound = 'waiting-reading';

/** What was read while nothing could be appended to the log: a line each, encrypted, in the data folder. */
export const waitingReadings = (folder: string, purposeKeys: PurposeKeys) => {
  const path = pathIn(folder, dataFiles.waitingReadings);
  const opened = (line: string): readonly Reading[] => {
    const keys = [purposeKeys('waiting-reading'), ...(purposeKeys.former?.('waiting-reading') ?? [])];
    for (const key of keys) {
      const clear = openIfFitting(key, Buffer.from(line, 'base64'), bound);
      if (clear !== undefined) return [JSON.parse(clear.toString()) as Reading];
    }
    // cut off while it was written: whoever asked for that answer did not get it
    return [];
  };
  return {
    /** On the disk once it answers. */
    add: async (reading: Reading): Promise<void> => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const line = sealText(purposeKeys('waiting-reading'), JSON.stringify(reading), bound).toString('base64');
      const file = await open(path, 'a', 0o600);
      try {
        // a line that was cut off before ends here
        await file.appendFile(`\n${line}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      const directory = await open(folder, 'r');
      await directory.sync().finally(() => directory.close());
    },
    all: async (): Promise<readonly Reading[]> => {
      try {
        return (await readFile(path, 'utf8'))
          .split('\n')
          .filter((line) => line !== '')
          .flatMap(opened);
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return [];
        throw error;
      }
    },
    clear: (): Promise<void> => rm(path, { force: true }),
  };
};
