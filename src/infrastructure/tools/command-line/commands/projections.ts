import { defined } from '../../../../domain/kernel/defined';
import { listTables, type TableView } from '../../../nest/tables';
import { askRunningService } from '../ask-running-service';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { exitCodes } from '../exit-code';
import { whileReading } from '../open-reading';
import type { Words } from '../terminal';
import { inBoth, inEveryLanguage } from '../../../phrasing/sentences';

/** Of another program: one that embeds this one and has tables of its own, or had them. */
type Shown = TableView & { readonly ofAnotherProgram?: true };

const noteOn = ({ derivedFrom, process, ofAnotherProgram }: Shown): Words => {
  if (ofAnotherProgram === true) return inBoth.cli.projections.ofAnotherProgram;
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
    const { end, tables } = await whileReading(desk.settings, async (_, { store, readModels }) => {
      const tables: Shown[] = [...(await listTables(readModels, desk.tables))];
      const known = new Set(tables.map(({ name }) => name));
      for (const { name, version } of (await readModels.standing()).filter((table) => !known.has(table.name))) {
        const [position, rows] = [await readModels.position(name), await readModels.count(name)];
        tables.push({ name, version, ofAnotherProgram: true, position, rows });
      }
      return { end: await store.end(), tables };
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
