import { resolve } from 'node:path';
import { makeBackup } from '../../backup/make-backup';
import { systemClock } from '../../../runtime/clock/system-clock';
import { mustBeAllInFolder } from '../all-in-folder';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { mustHaveData } from '../reading-stores';
import { progressOn } from '../progress';
import { inBoth } from '../../../phrasing/sentences';

/** Hundreds, and each can be made anew. */
const isTile = (name: string): boolean => name.startsWith('seal/tile/');

export const backupCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'backup <folder>',
    words: inBoth.cli.backup.aboutBackup,
    examples: ['tichet backup /var/backups/tichet/2026-03-05'],
  }).action(async (folder: string, { json = false }: JsonOption) => {
    const { dataDirectory, masterKeyFile } = desk.settings;
    mustBeAllInFolder(desk.settings);
    mustHaveData(desk.settings);
    const progress = progressOn(desk.terminal);
    const manifest = await makeBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now(), (done, total) => {
      progress.at(done, total);
    });
    progress.stop();
    if (json) desk.printJson(manifest);
    else for (const { name, bytes, sha256 } of manifest.files) if (!isTile(name)) desk.print(`${sha256}  ${name}  ${bytes}`);
    desk.tell(inBoth.cli.backup.carryKeysAnotherPlace);
  });
};
