import { resolve } from 'node:path';
import { defined } from '../../../../domain/kernel/defined';
import { BackupUnusable } from '../../backup/manifest';
import { restoreBackup, type Restored } from '../../backup/restore-backup';
import { systemClock } from '../../../runtime/clock/system-clock';
import { checkPermissions } from '../../doctor/check-files';
import { mustBeAllInFolder } from '../all-in-folder';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { exitCodes } from '../exit-code';

export const restoreCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'restore <folder>',
    words: {
      ro: 'pune o copie de siguranță în locul datelor; serviciul trebuie să fie oprit',
      en: 'puts a backup in the place of the data; the service must be stopped',
    },
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
    if (unreadable.length > 0)
      desk.complain(
        desk.say({
          ro: `Nu se poate citi cine fusese șters de la facerea copiei încoace (${unreadable.join(', ')}); repetați ștergerile din registrul dumneavoastră.`,
          en: `Who was erased since the backup was made cannot be read (${unreadable.join(', ')}); repeat the erasures of your own register.`,
        }),
      );
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
    desk.print(desk.say({ ro: `Datele sunt cele din ${manifest.madeAt}.`, en: `The data are those of ${manifest.madeAt}.` }));
    desk.print(desk.say({ ro: `Chei distruse din nou: ${destroyedKeys}.`, en: `Keys destroyed again: ${destroyedKeys}.` }));
    if (rollback !== undefined)
      desk.print(
        desk.say({
          ro:
            `Jurnalul a fost dus înapoi: aici erau sigilate ${rollback.size} evenimente, cu rădăcina ${rollback.root}, iar jurnalul restaurat nu începe cu ele. ` +
            'Punctul de control este păstrat în dosarul de mai jos. Un martor din afară va refuza până când i se spune (docs/operations.md).',
          en:
            `The log was put back: ${rollback.size} events were sealed here, with the root ${rollback.root}, and the restored log does not begin with them. ` +
            'Their checkpoint is kept in the folder below. A witness outside will refuse until it is told (docs/operations.md).',
        }),
      );
    if (replaced !== undefined)
      desk.print(
        desk.say({
          ro: `Datele dinainte sunt în ${replaced}; ștergeți-le când nu mai sunt necesare.`,
          en: `What stood there before is in ${replaced}; delete it once it is not needed.`,
        }),
      );
  });
};
