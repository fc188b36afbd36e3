import { resolve } from 'node:path';
import { makeBackup } from '../../backup/make-backup';
import { systemClock } from '../../../runtime/clock/system-clock';
import { mustBeAllInFolder, mustHaveData } from '../installation';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { inBoth } from '../../../phrasing/sentences';

/** Hundreds, and each can be made anew. */
const isTile = (name: string): boolean => name.startsWith('seal/tile/');

export const backupCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'backup <folder>', desk.words.backup.aboutBackup, ['tichet backup /var/backups/tichet/2026-03-05']).action(async (folder: string, { json = false }: JsonOption) => {
    const { dataDirectory, masterKeyFile } = desk.settings;
    mustBeAllInFolder(desk.settings);
    mustHaveData(desk.settings);
    const manifest = await desk.withProgress((at) =>
      makeBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now(), at),
    );
    if (json) desk.printJson(manifest);
    else for (const { name, bytes, sha256 } of manifest.files) if (!isTile(name)) desk.print(`${sha256}  ${name}  ${bytes}`);
    desk.tell(desk.words.backup.carryKeysAnotherPlace);
  });
};
