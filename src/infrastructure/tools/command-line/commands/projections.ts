import { allProcesses } from '../../../../application/operation/all-processes';
import { defined } from '../../../../domain/kernel/defined';
import { allProjections } from '../../../../projections/all-projections';
import { askRunningService } from '../ask-running-service';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { exitCodes } from '../exit-code';
import { whileReading } from '../open-reading';
import type { Words } from '../terminal';
import { inBoth, inEveryLanguage } from '../../../phrasing/sentences';

type Listed = { readonly name: string; readonly version: number; readonly derivedFrom?: string; readonly process?: true };

/** A derived table after the one it is computed from and filled with; then the to-dos of the processes. */
const everyListed: readonly Listed[] = [
  ...allProjections.flatMap(({ name, version, derived }): readonly Listed[] => [
    { name, version },
    ...(derived === undefined ? [] : [{ name: derived.name, version, derivedFrom: name }]),
  ]),
  ...allProcesses.map(({ name, version }): Listed => ({ name, version, process: true })),
];

const noteOn = ({ derivedFrom, process }: Listed): Words => {
  if (derivedFrom !== undefined) return inBoth.cli.projections.derivedFrom({ derivedFrom });
  return process === true ? inBoth.cli.projections.dosProcess : inEveryLanguage(() => '');
};

export const projectionsCommand: CommandOfTichet = (program, desk) => {
  const projections = addCommand(program, desk, {
    usage: 'projections',
    group: true,
    words: inBoth.cli.projections.about,
    examples: ['tichet projections list', 'tichet projections rebuild staff-calendar', 'tichet projections parked --retry 3'],
  });
  addCommand(projections, desk, {
    usage: 'list',
    words: inBoth.cli.projections.aboutList,
    examples: ['tichet projections list', 'tichet projections list --json'],
  }).action(async ({ json = false }: JsonOption) => {
    const { end, tables } = await whileReading(desk.settings, async ({ store, readModels }) => {
      const rows: (Listed & { readonly position: string; readonly rows: number })[] = [];
      for (const listed of everyListed)
        rows.push({ ...listed, position: await readModels.position(listed.name), rows: await readModels.count(listed.name) });
      return { end: await store.end(), tables: rows };
    });
    if (json) desk.printJson({ end, projections: tables });
    else
      desk.printTable(
        ['table', 'version', 'rows', 'position', '', ''],
        tables.map((table) => [
          table.name,
          String(table.version),
          String(table.rows),
          table.position === '' ? '-' : table.position,
          table.position < end ? desk.say(inBoth.cli.projections.behind) : desk.say(inBoth.cli.projections.upDate),
          desk.say(noteOn(table)),
        ]),
      );
  });
  addCommand(projections, desk, {
    usage: 'rebuild [table]',
    words: inBoth.cli.projections.aboutRebuild,
    examples: ['tichet projections rebuild', 'tichet projections rebuild audit-trail'],
  }).action(async (table: string | undefined, options: JsonOption) => {
    await askRunningService(desk, { command: 'rebuild', ...defined({ projection: table }) }, options);
  });
  addCommand(projections, desk, {
    usage: 'parked',
    words: inBoth.cli.projections.aboutParked,
    examples: ['tichet projections parked', 'tichet projections parked --retry 3'],
  })
    .option('--retry <id>', desk.say(inBoth.cli.projections.optionRetry))
    .action(async ({ retry, json = false }: JsonOption & { readonly retry?: string }) => {
      if (retry !== undefined) {
        await askRunningService(desk, { command: 'retry-parked', id: retry }, { json });
        return;
      }
      const parked = await whileReading(desk.settings, ({ readModels }) => readModels.parked());
      if (json) desk.printJson({ parked });
      else
        desk.printTable(
          ['id', 'table', 'key', 'event', 'waiting', 'error'],
          parked.map(({ id, projection, key, eventId, waiting, error }) => [id, projection, key, eventId, String(waiting), error]),
        );
      if (parked.length > 0) desk.end(exitCodes.findings);
    });
};
