import type { ReportingFreshness } from '@tichet-albastru/event-log/ports/reporting-store';
import { cleanedError } from '@tichet-albastru/event-log/projector/cleaned-error';
import { parkedId } from '../../../../application/operation/parked-groups';
import { longestReason } from '../../../../application/operation/skip-parked';
import { isBlank } from '../../../../domain/kernel/blank';
import { defined } from '@tichet-albastru/kernel/defined';
import { listTables, type TableView } from '../../../nest/tables';
import { tablesAhead } from '../../doctor/stored-behind-ports';
import { askRunningService } from './of-service';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { mustHaveData, whileReading } from '../installation';
import { inBoth, type Sentences } from '../../../phrasing/sentences';
import { shownAs } from '@tichet-albastru/event-log/reporting/reporting-dialect';
import type { SocketRequest } from '../../local-socket/socket';

/** Of another program: one that embeds this one and has tables of its own, or had them. */
type Shown = TableView & { readonly ofAnotherProgram?: true };

const noteOn = ({ derivedFrom, process, ofAnotherProgram }: Shown, words: Sentences['cli']['projections']): string => {
  if (ofAnotherProgram === true) return words.ofAnotherProgram;
  if (derivedFrom !== undefined) return words.derivedFrom({ derivedFrom });
  return process === true ? words.dosProcess : '';
};

/** A table of another database than the others, filled from them. */
const reportingLine = (table: ReportingFreshness, words: Sentences['cli']['projections']): readonly string[] => {
  const { source, parked, sourceParked } = table;
  const state = table.behindRows > 0 || table.position === '' ? words.behind : words.upDate;
  return [
    shownAs(table.table),
    String(table.version),
    '',
    table.position || '-',
    state,
    words.forReports({ source, parked: String(parked), sourceParked: String(sourceParked) }),
  ];
};

type SkipOptions = { readonly skip?: string; readonly error?: string; readonly upTo?: string; readonly reason?: string };

/** @throws CommandEnds where it is not said why, or what was seen */
const skipAsked = (projection: string, { error, upTo = '', reason }: Omit<SkipOptions, 'skip'>): SocketRequest => {
  if (!parkedId.test(upTo) || reason === undefined) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.projections.skipNeeds);
  if (isBlank(reason)) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
  if (reason.length > longestReason)
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.projections.reasonTooLong({ max: longestReason }));
  // the list here tells errors as they were
  return { command: 'skip-parked', projection, upTo, reason, ...(error !== undefined && { error: cleanedError(error) }) };
};

export const projectionsCommand: CommandOfTichet = (program, cli) => {
  const projections = addGroup(program, cli, 'projections', cli.words.projections.about, [
    'tichet projections list',
    'tichet projections rebuild staff-calendar',
    'tichet projections parked --retry 3',
  ]);
  addCommand(projections, cli, 'list', cli.words.projections.aboutList, [
    'tichet projections list',
    'tichet projections list --json',
  ]).action(async ({ json = false }: JsonOption) => {
    const { end, ahead, tables, reporting } = await whileReading(cli.settings, async (_, { store, readModels, ...stores }) => {
      const standing = await readModels.standing();
      const tables: Shown[] = [...(await listTables(readModels, cli.tables, standing))];
      const known = new Set(tables.map(({ name }) => name));
      for (const { name, version } of standing.filter((table) => !known.has(table.name))) {
        const [position, rows] = [await readModels.position(name), await readModels.count(name)];
        tables.push({ name, version, ofAnotherProgram: true, position, rows });
      }
      const ahead = new Set(
        await tablesAhead(
          store,
          tables.map(({ name, position }) => ({ projection: name, checkpoint: position })),
        ),
      );
      return { end: await store.end(), ahead, tables, reporting: await stores.reporting.freshness() };
    });
    const words = cli.words.projections;
    cli.printList(
      json,
      { end, projections: tables, reporting },
      ['table', 'version', 'rows', 'position', '', ''],
      [
        ...tables.map((table) => [
          table.name,
          String(table.version),
          String(table.rows),
          table.position === '' ? '-' : table.position,
          ahead.has(table.name) ? words.ahead : table.position < end ? words.behind : words.upDate,
          noteOn(table, cli.words.projections),
        ]),
        ...reporting.map((table) => reportingLine(table, words)),
      ],
    );
  });
  addCommand(projections, cli, 'rebuild [table]', cli.words.projections.aboutRebuild, [
    'tichet projections rebuild',
    'tichet projections rebuild audit-trail',
  ]).action(async (table: string | undefined, options: JsonOption) => {
    await askRunningService(cli, { command: 'rebuild', ...defined({ projection: table }) }, options);
  });
  addCommand(projections, cli, 'parked', cli.words.projections.aboutParked, [
    'tichet projections parked',
    'tichet projections parked --retry 3',
    'tichet projections parked --skip staff-calendar --error TypeError --up-to 198 --reason "incidentul 7"',
  ])
    .option('--retry <id>', cli.words.projections.optionRetry)
    .option('--skip <table>', cli.words.projections.optionSkip)
    .option('--error <error>', cli.words.projections.optionError)
    .option('--up-to <id>', cli.words.projections.optionUpTo)
    .option('--reason <text>', cli.words.projections.optionReason)
    .action(async ({ retry, skip, json = false, ...about }: JsonOption & SkipOptions & { readonly retry?: string }) => {
      if (skip === undefined ? Object.keys(about).length > 0 : retry !== undefined)
        throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.projections.skipAlone);
      if (skip !== undefined) {
        await askRunningService(cli, skipAsked(skip, about), { json });
        return;
      }
      if (retry !== undefined) {
        await askRunningService(cli, { command: 'retry-parked', id: retry }, { json });
        return;
      }
      const parked = await whileReading(cli.settings, ({ readModels }) => readModels.parked());
      cli.printList(
        json,
        { parked },
        ['id', 'table', 'key', 'event', 'waiting', 'error'],
        parked.map(({ id, projection, key, eventId, waiting, error }) => [id, projection, key, eventId, String(waiting), error]),
      );
      if (parked.length > 0) cli.end(exitCodes.findings);
    });
  addCommand(projections, cli, 'drop <table>', cli.words.projections.aboutDrop, [
    'tichet projections drop handled-requests',
    'tichet projections drop handled-requests --yes',
  ])
    .option('--yes', cli.words.projections.optionYes)
    .action(async (table: string, { yes = false, ...options }: JsonOption & { readonly yes?: boolean }) => {
      mustHaveData(cli.settings);
      await askRunningService(cli, { command: 'drop-table', projection: table, confirmed: yes }, options);
    });
};
