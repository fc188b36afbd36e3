import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BackupUnusable } from '../../backup/manifest';
import { systemClock } from '../../../runtime/clock/system-clock';
import { errorCode } from '../../../runtime/error-code';
import type { DrillStep, DrillTurn } from '../../drill/found';
import { runDrill, type DrillReport } from '../../drill/run-drill';
import { mustBeAllInFolder } from '../all-in-folder';
import { addCommand, type CommandOfTichet, type Desk, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { progressOn } from '../progress';
import { mustHaveData } from '../reading-stores';
import type { Words } from '../terminal';

type DrillOptions = JsonOption & { readonly keep?: string; readonly checkpoint?: string };

const steps: Readonly<Record<DrillStep, Words>> = {
  backup: { ro: 'Copiez datele.', en: 'Copying the data.' },
  restore: { ro: 'Le restaurez în alt dosar.', en: 'Restoring them into another folder.' },
  verify: { ro: 'Verific jurnalul și sigiliile lui.', en: 'Verifying the log and its seals.' },
  keys: { ro: 'Verific cheile.', en: 'Verifying the keys.' },
  rebuild: { ro: 'Umplu din nou fiecare tabel.', en: 'Filling every table anew.' },
  compare: { ro: 'Compar tabelele.', en: 'Comparing the tables.' },
};

const progressOf = (desk: Desk): { readonly tell: DrillTurn['tell']; readonly stop: () => void } => {
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
    throw new CommandEnds(exitCodes.notFound, {
      ro: `Punctul de control ${path} nu poate fi citit (${reason}).`,
      en: `The checkpoint ${path} cannot be read (${reason}).`,
    });
  }
};

/** Ctrl-C ends the drill, and everything of it is taken away before the process ends. */
const untilInterrupted = async <T>(desk: Desk, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const interrupted = new AbortController();
  const stop = (): void => {
    interrupted.abort(
      new CommandEnds(exitCodes.failed, {
        ro: 'Exercițiul a fost întrerupt; nu a lăsat nimic.',
        en: 'The drill was interrupted; it has left nothing.',
      }),
    );
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

const tellReport = (desk: Desk, { events, sealed, opened, tables, outdated, faults, took, kept }: DrillReport): void => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  desk.print(
    desk.say({
      ro: `Evenimente: ${events}; sigilate: ${sealed ?? 0}; valori deschise: ${opened}; tabele: ${tables.length}, rânduri: ${rows}; secunde: ${(took / 1000).toFixed(1)}.`,
      en: `Events: ${events}; sealed: ${sealed ?? 0}; values opened: ${opened}; tables: ${tables.length}, rows: ${rows}; seconds: ${(took / 1000).toFixed(1)}.`,
    }),
  );
  if (outdated.length > 0)
    desk.print(
      desk.say({
        ro: `Tabele de altă versiune, necomparate: ${outdated.join(', ')}.`,
        en: `Tables of another version, not compared: ${outdated.join(', ')}.`,
      }),
    );
  for (const { step, wrong, at } of faults)
    desk.print(`${desk.colour('red', step)}: ${desk.say(wrong)}${at === undefined ? '' : ` [${at}]`}`);
  if (faults.length === 0)
    desk.print(desk.colour('green', desk.say({ ro: 'Copia poate fi restaurată.', en: 'The backup can be restored.' })));
  if (kept !== undefined)
    desk.print(
      desk.say({
        ro: `Totul este în ${kept}, la fel de sensibil ca datele; ștergeți-l când nu mai este necesar.`,
        en: `Everything is in ${kept}, as sensitive as the data; delete it once it is not needed.`,
      }),
    );
};

export const drillCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'drill',
    words: {
      ro: 'exercițiul de restaurare: copiază, restaurează alături, verifică, umple din nou tabelele și compară; serviciul merge mai departe; 6 dacă găsește ceva',
      en: 'the restore drill: backs up, restores elsewhere, verifies, fills the tables anew and compares; the service goes on; 6 when it finds anything',
    },
    examples: ['tichet drill', 'tichet drill --checkpoint /witness/checkpoint --json'],
  })
    .option('--keep <folder>', desk.say({ ro: 'lasă totul în acest dosar gol', en: 'leave everything in this empty folder' }))
    .option(
      '--checkpoint <file>',
      desk.say({ ro: 'un punct de control păstrat în altă parte', en: 'a checkpoint that was kept elsewhere' }),
    )
    .action(async ({ keep, checkpoint, json = false }: DrillOptions) => {
      mustBeAllInFolder(desk.settings);
      mustHaveData(desk.settings);
      const { dataDirectory: dataFolder, masterKeyFile } = desk.settings;
      const outside = checkpoint === undefined ? undefined : checkpointFrom(checkpoint);
      const options = { at: systemClock.now(), ...(keep && { keep: resolve(keep) }), ...(outside !== undefined && { outside }) };
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
