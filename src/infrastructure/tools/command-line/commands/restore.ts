import { resolve } from 'node:path';
import { defined } from '../../../../domain/kernel/defined';
import { BackupUnusable } from '../../backup/manifest';
import { restoreBackup } from '../../backup/restore-backup';
import { systemClock } from '../../../runtime/clock/system-clock';
import { checkPermissions } from '../../doctor/check-files';
import { mustBeAllInFolder } from '../installation';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { inEveryLanguage } from '../../../phrasing/sentences';
import { inBoth } from '../../../phrasing/sentences';

export const restoreCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'restore <folder>', desk.words.restore.aboutRestore, ['systemctl stop tichet && tichet restore /var/backups/tichet/2026-03-05 && systemctl start tichet']).action(async (folder: string, { json = false }: JsonOption) => {
    mustBeAllInFolder(desk.settings);
    const { dataDirectory, masterKeyFile } = desk.settings;
    const restored = await restoreBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now()).catch(
      (error: unknown) => {
        throw error instanceof BackupUnusable ? new CommandEnds(exitCodes.invalidInput, inEveryLanguage(() => error.message)) : error;
      },
    );
    // a folder that stood there keeps its rights; the next look of the doctor should find nothing
    for (const { wrong, remedy } of checkPermissions({ folder: dataDirectory }))
      desk.complain(`${desk.say(wrong)}\n  → ${desk.say(remedy)}`);
    const { manifest, destroyedKeys, unreadable, replaced, rollback } = restored;
    if (unreadable.length > 0) desk.complain(desk.words.restore.erasedSinceBackupMade({ unreadable: unreadable.join(', ') }));
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
    desk.print(desk.words.restore.dataThose({ madeAt: manifest.madeAt }));
    desk.print(desk.words.restore.keysDestroyedAgain({ destroyedKeys }));
    if (rollback !== undefined) desk.print(desk.words.restore.logPutBackEvents({ size: rollback.size, root: rollback.root }));
    if (replaced !== undefined) desk.print(desk.words.restore.stoodBeforeDeleteOnce({ replaced }));
  });
};
