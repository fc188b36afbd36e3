import { resolve } from 'node:path';
import { makeBackup } from '../../backup/make-backup';
import { systemClock } from '../../../runtime/clock/system-clock';
import { mustBeAllInFolder } from '../all-in-folder';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { mustHaveData } from '../reading-stores';
import { progressOn } from '../progress';

/** Hundreds, and each can be made anew. */
const isTile = (name: string): boolean => name.startsWith('seal/tile/');

export const backupCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'backup <folder>',
    words: {
      ro: 'copiază datele într-un dosar gol, fără să oprească serviciul; cheile, separat, în keys/',
      en: 'copies the data into an empty folder without stopping the service; the keys apart, in keys/',
    },
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
    desk.tell({
      ro: 'Mutați keys/ în alt loc decât restul; cheia principală (master.key) nu este copiată.',
      en: 'Carry keys/ to another place than the rest; the master key (master.key) is not copied.',
    });
  });
};
