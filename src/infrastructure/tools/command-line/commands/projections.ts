import { allProcesses } from '../../../../application/operation/all-processes';
import { defined } from '../../../../domain/kernel/defined';
import { allProjections } from '../../../../projections/all-projections';
import { askRunningService } from './of-service';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { exitCodes } from '../terminal';
import { whileReading } from '../installation';
import type { Sentences } from '../../../phrasing/sentences';

type Listed = { readonly name: string; readonly version: number; readonly derivedFrom?: string; readonly process?: true };

/** A derived table after the one it is computed from and filled with; then the to-dos of the processes. */
const everyListed: readonly Listed[] = [
  ...allProjections.flatMap(({ name, version, derived }): readonly Listed[] => [
    { name, version },
    ...(derived === undefined ? [] : [{ name: derived.name, version, derivedFrom: name }]),
  ]),
  ...allProcesses.map(({ name, version }): Listed => ({ name, version, process: true })),
];

const noteOn = ({ derivedFrom, process }: Listed, words: Sentences['cli']['projections']): string => {
  if (derivedFrom !== undefined) return words.derivedFrom({ derivedFrom });
  return process === true ? words.dosProcess : '';
};

export const projectionsCommand: CommandOfTichet = (program, desk) => {
  const projections = addGroup(program, desk, 'projections', desk.words.projections.about, [
    'tichet projections list',
    'tichet projections rebuild staff-calendar',
    'tichet projections parked --retry 3',
  ]);
  addCommand(projections, desk, 'list', desk.words.projections.aboutList, [
    'tichet projections list',
    'tichet projections list --json',
  ]).action(async ({ json = false }: JsonOption) => {
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
          table.position < end ? desk.words.projections.behind : desk.words.projections.upDate,
          noteOn(table, desk.words.projections),
        ]),
      );
  });
  addCommand(projections, desk, 'rebuild [table]', desk.words.projections.aboutRebuild, [
    'tichet projections rebuild',
    'tichet projections rebuild audit-trail',
  ]).action(async (table: string | undefined, options: JsonOption) => {
    await askRunningService(desk, { command: 'rebuild', ...defined({ projection: table }) }, options);
  });
  addCommand(projections, desk, 'parked', desk.words.projections.aboutParked, [
    'tichet projections parked',
    'tichet projections parked --retry 3',
  ])
    .option('--retry <id>', desk.words.projections.optionRetry)
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
