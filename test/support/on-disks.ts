import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileSystem, openDisk } from './disk';

/** Cuts the power of a disk of that kind once, and looks whether what was synced stands and what was not is gone. */
const tried = (fileSystem: FileSystem): string | undefined => {
  try {
    const disk = openDisk(8, fileSystem);
    try {
      const [synced, unsynced] = [join(disk.folder, 'synced'), join(disk.folder, 'unsynced')];
      writeFileSync(synced, 'yes');
      disk.sync();
      writeFileSync(unsynced, 'no');
      disk.cut();
      disk.start();
      if (existsSync(synced) && !existsSync(unsynced)) return undefined;
      return `a ${fileSystem} that forgets what was not synced`;
    } finally {
      disk.remove();
    }
  } catch (error) {
    return error instanceof Error ? error.message : 'a disk in a file';
  }
};

/**
 * `it` for tests that cut the power of a disk, or fill it: where this machine cannot (no root, no loop device, no tool), they are skipped,
 * and the console says what is missing.
 */
export const itOnDisks = (fileSystem: FileSystem = 'ext4'): jest.It => {
  const missing = tried(fileSystem);
  if (missing === undefined) return it;
  process.stderr.write(
    `SKIPPED: tests on a disk (${fileSystem}) that loses its power or fills up. This machine has no such thing: ${missing}\n`,
  );
  return it.skip;
};
