import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defined } from '../../../../domain/kernel/defined';
import { inBoth, inEveryLanguage } from '../../../phrasing/sentences';
import { systemClock } from '../../../runtime/clock/system-clock';
import { errorCode } from '../../../runtime/error-code';
import { makeBackup } from '../../backup/make-backup';
import { BackupUnusable } from '../../backup/manifest';
import { restoreBackup } from '../../backup/restore-backup';
import { checkPermissions } from '../../doctor/check-files';
import { type DrillReport, runDrill } from '../../drill/run-drill';
import { mustBeAllInFolder, mustHaveData } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';

/** Hundreds, and each can be made anew. */
const isTile = (name: string): boolean => name.startsWith('seal/tile/');

export const backupCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'backup <folder>', desk.words.backup.aboutBackup, ['tichet backup /var/backups/tichet/2026-03-05']).action(
    async (folder: string, { json = false }: JsonOption) => {
      const { dataDirectory, masterKeyFile } = desk.settings;
      mustBeAllInFolder(desk.settings);
      mustHaveData(desk.settings);
      const manifest = await desk.withProgress((at) =>
        makeBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now(), at),
      );
      if (json) desk.printJson(manifest);
      else for (const { name, bytes, sha256 } of manifest.files) if (!isTile(name)) desk.print(`${sha256}  ${name}  ${bytes}`);
      desk.tell(desk.words.backup.carryKeysAnotherPlace);
    },
  );
};

export const restoreCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'restore <folder>', desk.words.restore.aboutRestore, [
    'systemctl stop tichet && tichet restore /var/backups/tichet/2026-03-05 && systemctl start tichet',
  ]).action(async (folder: string, { json = false }: JsonOption) => {
    mustBeAllInFolder(desk.settings);
    const { dataDirectory, masterKeyFile } = desk.settings;
    const restored = await restoreBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now()).catch(
      (error: unknown) => {
        throw error instanceof BackupUnusable
          ? new CommandEnds(
              exitCodes.invalidInput,
              inEveryLanguage(() => error.message),
            )
          : error;
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

type DrillOptions = JsonOption & { readonly keep?: string; readonly checkpoint?: string };

const checkpointFrom = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errorCode(error) ?? 'unknown';
    throw new CommandEnds(exitCodes.notFound, inBoth.cli.drill.checkpointCannotRead({ path, reason }));
  }
};

const tellReport = (desk: Invocation, { events, sealed, opened, tables, outdated, faults, took, kept }: DrillReport): void => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  desk.print(
    desk.words.drill.eventsSealedValuesOpened({
      events,
      sealed: sealed ?? 0,
      opened,
      tables: tables.length,
      rows,
      took: (took / 1000).toFixed(1),
    }),
  );
  if (outdated.length > 0) desk.print(desk.words.drill.tablesAnotherVersionNot({ outdated: outdated.join(', ') }));
  for (const { step, wrong, at } of faults)
    desk.print(`${desk.colour('red', step)}: ${desk.say(wrong)}${at === undefined ? '' : ` [${at}]`}`);
  if (faults.length === 0) desk.print(desk.colour('green', desk.words.drill.backupCanRestored));
  if (kept !== undefined) desk.print(desk.words.drill.everythingSensitiveDataDelete({ kept }));
};

export const drillCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'drill', desk.words.drill.aboutDrill, ['tichet drill', 'tichet drill --checkpoint /witness/checkpoint --json'])
    .option('--keep <folder>', desk.words.drill.optionKeep)
    .option('--checkpoint <file>', desk.words.drill.optionCheckpoint)
    .action(async ({ keep, checkpoint, json = false }: DrillOptions) => {
      mustBeAllInFolder(desk.settings);
      mustHaveData(desk.settings);
      const { dataDirectory: dataFolder, masterKeyFile } = desk.settings;
      const outside = checkpoint === undefined ? undefined : checkpointFrom(checkpoint);
      const options = {
        at: systemClock.now(),
        tables: desk.tables,
        ...(keep && { keep: resolve(keep) }),
        ...(outside !== undefined && { outside }),
      };
      // interrupted, it takes everything away before the process ends
      const interrupted = new CommandEnds(exitCodes.failed, inBoth.cli.drill.drillInterruptedLeftNothing);
      const report = await desk.inSteps(desk.words.drill.steps, (tell) =>
        desk.untilStopped((signal) => runDrill({ dataFolder, masterKeyFile }, options, { signal, tell }), interrupted),
      );
      if (json) desk.printJson(report);
      else tellReport(desk, report);
      if (report.faults.length > 0) desk.end(exitCodes.findings);
    });
};
