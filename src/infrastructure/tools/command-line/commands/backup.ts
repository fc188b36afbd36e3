import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defined } from '@tichet-albastru/kernel/defined';
import { inBoth, inEveryLanguage } from '../../../phrasing/sentences';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { errorCode } from '@tichet-albastru/kernel/error-code';
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

export const backupCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'backup <folder>', cli.words.backup.aboutBackup, ['tichet backup /var/backups/tichet/2026-03-05']).action(
    async (folder: string, { json = false }: JsonOption) => {
      const { dataDirectory, masterKeyFile } = cli.settings;
      mustBeAllInFolder(cli.settings);
      mustHaveData(cli.settings);
      const manifest = await cli.withProgress((at) =>
        makeBackup({ dataFolder: dataDirectory, masterKeyFile }, resolve(folder), systemClock.now(), at),
      );
      if (json) cli.printJson(manifest);
      else for (const { name, bytes, sha256 } of manifest.files) if (!isTile(name)) cli.print(`${sha256}  ${name}  ${bytes}`);
      cli.tell(cli.words.backup.carryKeysAnotherPlace);
    },
  );
};

export const restoreCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'restore <folder>', cli.words.restore.aboutRestore, [
    'systemctl stop tichet@1 && tichet restore /var/backups/tichet/2026-03-05 && systemctl start tichet@1',
  ]).action(async (folder: string, { json = false }: JsonOption) => {
    mustBeAllInFolder(cli.settings);
    const { dataDirectory, masterKeyFile } = cli.settings;
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
    for (const { wrong, remedy } of checkPermissions({ folder: dataDirectory })) cli.complain(`${cli.say(wrong)}\n  → ${cli.say(remedy)}`);
    const { manifest, destroyedKeys, unreadable, unreadableTokens, replaced, rollback, missing } = restored;
    if (unreadable.length > 0) cli.complain(cli.words.restore.erasedSinceBackupMade({ unreadable: unreadable.join(', ') }));
    if (unreadableTokens.length > 0) cli.complain(cli.words.restore.revokedSinceBackupMade({ unreadable: unreadableTokens.join(', ') }));
    if (json) {
      cli.printJson({
        madeAt: manifest.madeAt,
        end: manifest.end,
        destroyedKeys,
        ...(unreadable.length === 0 ? {} : { unreadable }),
        ...(unreadableTokens.length === 0 ? {} : { unreadableTokens }),
        ...defined({ replaced }),
        ...(rollback && { rollback }),
        ...defined({ missing }),
      });
      return;
    }
    cli.print(cli.words.restore.dataThose({ madeAt: manifest.madeAt }));
    cli.print(cli.words.restore.keysDestroyedAgain({ destroyedKeys }));
    if (rollback !== undefined) cli.print(cli.words.restore.logPutBackEvents({ size: rollback.size, root: rollback.root }));
    const first = missing?.events[0];
    if (missing !== undefined && first !== undefined)
      cli.print(cli.words.restore.acknowledgedMissing({ count: missing.events.length, first: `${first.stream}, ${first.revision}` }));
    if (replaced !== undefined) cli.print(cli.words.restore.stoodBeforeDeleteOnce({ replaced }));
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

const tellReport = (cli: Invocation, { events, sealed, opened, tables, outdated, faults, took, kept }: DrillReport): void => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  cli.print(
    cli.words.drill.eventsSealedValuesOpened({
      events,
      sealed: sealed ?? 0,
      opened,
      tables: tables.length,
      rows,
      took: (took / 1000).toFixed(1),
    }),
  );
  if (outdated.length > 0) cli.print(cli.words.drill.tablesAnotherVersionNot({ outdated: outdated.join(', ') }));
  for (const { step, wrong, at } of faults) cli.print(`${cli.colour('red', step)}: ${cli.say(wrong)}${at === undefined ? '' : ` [${at}]`}`);
  if (faults.length === 0) cli.print(cli.colour('green', cli.words.drill.backupCanRestored));
  if (kept !== undefined) cli.print(cli.words.drill.everythingSensitiveDataDelete({ kept }));
};

export const drillCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'drill', cli.words.drill.aboutDrill, ['tichet drill', 'tichet drill --checkpoint /witness/checkpoint --json'])
    .option('--keep <folder>', cli.words.drill.optionKeep)
    .option('--checkpoint <file>', cli.words.drill.optionCheckpoint)
    .action(async ({ keep, checkpoint, json = false }: DrillOptions) => {
      mustBeAllInFolder(cli.settings);
      mustHaveData(cli.settings);
      const { dataDirectory: dataFolder, masterKeyFile } = cli.settings;
      const outside = checkpoint === undefined ? undefined : checkpointFrom(checkpoint);
      const options = {
        at: systemClock.now(),
        tables: cli.tables,
        ...(keep && { keep: resolve(keep) }),
        ...(outside !== undefined && { outside }),
      };
      // interrupted, it takes everything away before the process ends
      const interrupted = new CommandEnds(exitCodes.failed, inBoth.cli.drill.drillInterruptedLeftNothing);
      const report = await cli.inSteps(cli.words.drill.steps, (tell) =>
        cli.untilStopped((signal) => runDrill({ dataFolder, masterKeyFile }, options, { signal, tell }), interrupted),
      );
      if (json) cli.printJson(report);
      else tellReport(cli, report);
      if (report.faults.length > 0) cli.end(exitCodes.findings);
    });
};
