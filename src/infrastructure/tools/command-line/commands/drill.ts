import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BackupUnusable } from '../../backup/manifest';
import { systemClock } from '../../../runtime/clock/system-clock';
import { errorCode } from '../../../runtime/error-code';
import type { DrillStep, DrillTurn } from '../../drill/found';
import { runDrill, type DrillReport } from '../../drill/run-drill';
import { mustBeAllInFolder } from '../all-in-folder';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../exit-code';
import { progressOn } from '../progress';
import { mustHaveData } from '../reading-stores';
import type { Words } from '../terminal';
import { inBoth } from '../../../phrasing/sentences';

type DrillOptions = JsonOption & { readonly keep?: string; readonly checkpoint?: string };

const steps: Readonly<Record<DrillStep, Words>> = inBoth.cli.drill.steps;

const progressOf = (desk: Invocation): { readonly tell: DrillTurn['tell']; readonly stop: () => void } => {
  let current: DrillStep | undefined;
  let bar = progressOn(desk.terminal);
  return {
    tell: (step, done, total) => {
      if (step !== current) {
        bar.stop();
        desk.tell(steps[step]);
        bar = progressOn(desk.terminal);
        current = step;
      }
      bar.at(done, total);
    },
    stop: () => {
      bar.stop();
    },
  };
};

const checkpointFrom = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errorCode(error) ?? 'unknown';
    throw new CommandEnds(exitCodes.notFound, inBoth.cli.drill.checkpointCannotRead({ path, reason }));
  }
};

/** Ctrl-C ends the drill, and everything of it is taken away before the process ends. */
const untilInterrupted = async <T>(desk: Invocation, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const interrupted = new AbortController();
  const stop = (): void => {
    interrupted.abort(new CommandEnds(exitCodes.failed, inBoth.cli.drill.drillInterruptedLeftNothing));
  };
  const { signal } = desk.terminal;
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work(interrupted.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    signal?.removeEventListener('abort', stop);
  }
};

const tellReport = (desk: Invocation, { events, sealed, opened, tables, outdated, faults, took, kept }: DrillReport): void => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  desk.print(
    desk.say(
      inBoth.cli.drill.eventsSealedValuesOpened({
        events,
        sealed: sealed ?? 0,
        opened,
        tables: tables.length,
        rows,
        took: (took / 1000).toFixed(1),
      }),
    ),
  );
  if (outdated.length > 0) desk.print(desk.say(inBoth.cli.drill.tablesAnotherVersionNot({ outdated: outdated.join(', ') })));
  for (const { step, wrong, at } of faults)
    desk.print(`${desk.colour('red', step)}: ${desk.say(wrong)}${at === undefined ? '' : ` [${at}]`}`);
  if (faults.length === 0) desk.print(desk.colour('green', desk.say(inBoth.cli.drill.backupCanRestored)));
  if (kept !== undefined) desk.print(desk.say(inBoth.cli.drill.everythingSensitiveDataDelete({ kept })));
};

export const drillCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'drill',
    words: inBoth.cli.drill.aboutDrill,
    examples: ['tichet drill', 'tichet drill --checkpoint /witness/checkpoint --json'],
  })
    .option('--keep <folder>', desk.say(inBoth.cli.drill.optionKeep))
    .option('--checkpoint <file>', desk.say(inBoth.cli.drill.optionCheckpoint))
    .action(async ({ keep, checkpoint, json = false }: DrillOptions) => {
      mustBeAllInFolder(desk.settings);
      mustHaveData(desk.settings);
      const { dataDirectory: dataFolder, masterKeyFile } = desk.settings;
      const outside = checkpoint === undefined ? undefined : checkpointFrom(checkpoint);
      const options = { at: systemClock.now(), tables: desk.tables, ...(keep && { keep: resolve(keep) }), ...(outside !== undefined && { outside }) };
      const progress = progressOf(desk);
      let report: DrillReport;
      try {
        report = await untilInterrupted(desk, (signal) =>
          runDrill({ dataFolder, masterKeyFile }, options, { signal, tell: progress.tell }),
        );
      } catch (error) {
        if (!(error instanceof BackupUnusable)) throw error;
        progress.stop();
        desk.complain(error.message);
        desk.end(exitCodes.failed);
        return;
      } finally {
        progress.stop();
      }
      if (json) desk.printJson(report);
      else tellReport(desk, report);
      if (report.faults.length > 0) desk.end(exitCodes.findings);
    });
};
