import { chmodSync, cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './closing';

/** As `cp -a` copies, modes and all: `cpSync` of Node 22 and 24 does not keep those of folders. It goes as what is open goes. */
export const copyOfFolder = (folder: string): string => {
  const copy = emptyFolder();
  cpSync(folder, copy, { recursive: true });
  for (const name of ['', ...readdirSync(folder, { encoding: 'utf8', recursive: true })])
    chmodSync(join(copy, name), statSync(join(folder, name)).mode & 0o777);
  return copy;
};
