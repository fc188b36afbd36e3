import { resolve } from 'node:path';
import { defined } from '../../../../domain/kernel/defined';
import { BackupUnusable } from '../../backup/manifest';
import { restoreBackup, type Restored } from '../../backup/restore-backup';
import { systemClock } from '../../../runtime/clock/system-clock';
import { checkPermissions } from '../../doctor/check-files';
import { mustBeAllInFolder } from '../all-in-folder';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { exitCodes } from '../exit-code';
import { inBoth } from '../../../phrasing/sentences';

export const restoreCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'restore <folder>',
    words: inBoth.cli.restore.aboutRestore,
    examples: ['systemctl stop tichet && tichet restore /var/backups/tichet/2026-03-05 && systemctl start tichet'],
  }).action(async (folder: string, { json = false }: JsonOption) => {
    mustBeAllInFolder(desk.settings);
    const { dataDirectory, masterKeyFile } = desk.settings;
    let restored: Restored;
    try {
      restored = await restoreBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now());
    } catch (error) {
      if (!(error instanceof BackupUnusable)) throw error;
      desk.complain(error.message);
      desk.end(exitCodes.invalidInput);
      return;
    }
    // a folder that stood there keeps its rights; the next look of the doctor should find nothing
    for (const { wrong, remedy } of checkPermissions({ folder: dataDirectory }))
      desk.complain(`${desk.say(wrong)}\n  → ${desk.say(remedy)}`);
    const { manifest, destroyedKeys, unreadable, replaced, rollback } = restored;
    if (unreadable.length > 0) desk.complain(desk.say(inBoth.cli.restore.erasedSinceBackupMade({ unreadable: unreadable.join(', ') })));
    if (json) {
      desk.printJson({
        madeAt: manifest.madeAt,
        end: manifest.end,
        destroyedKeys,
        ...(unreadable.length === 0 ? {} : { unreadable }),
        ...defined({ replaced }),
        ...(rollback && { rollback }),
      });
      return;
    }
    desk.print(desk.say(inBoth.cli.restore.dataThose({ madeAt: manifest.madeAt })));
    desk.print(desk.say(inBoth.cli.restore.keysDestroyedAgain({ destroyedKeys })));
    if (rollback !== undefined) desk.print(desk.say(inBoth.cli.restore.logPutBackEvents({ size: rollback.size, root: rollback.root })));
    if (replaced !== undefined) desk.print(desk.say(inBoth.cli.restore.stoodBeforeDeleteOnce({ replaced })));
  });
};
