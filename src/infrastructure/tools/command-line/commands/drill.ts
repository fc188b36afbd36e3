import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '../../../runtime/clock/system-clock';
import { errorCode } from '../../../runtime/error-code';
import { runDrill, type DrillReport } from '../../drill/run-drill';
import { mustBeAllInFolder, mustHaveData } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { inBoth } from '../../../phrasing/sentences';

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
      const options = { at: systemClock.now(), ...(keep && { keep: resolve(keep) }), ...(outside !== undefined && { outside }) };
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
