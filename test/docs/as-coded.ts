import { Command } from 'commander';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import type { ReportingView } from '@tichet-albastru/event-log/ports/projection';
import { factShapes } from '../../src/domain/facts';
import { dutyKindNames, shapeOfDuty } from '../../src/domain/duties/duty-kinds';
import type { Fields } from '../../src/domain/kernel/shape';
import type { ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import { allProjections } from '../../src/projections/all-projections';
import { reportingViews } from '../../src/projections/reporting/reporting';
import { settingNames, type SettingName } from '../../src/infrastructure/config/settings-table';
import { commands } from '../../src/infrastructure/tools/command-line/commands';
import { settingTold } from '../../src/infrastructure/tools/command-line/commands/settings';
import { Invocation } from '../../src/infrastructure/tools/command-line/invocation';
import { breaches } from '../domain/audit/law/breaches';
import { variations } from '../domain/audit/law/variations';
import { reportingTables } from '../support/declared-reporting';

const code = (text: string): string => `\`${text}\``;

/** The page with the rows of the first table under a heading made anew; its head stays as it is. */
const withRows = (page: string, heading: string, rowsOf: (before: readonly string[]) => readonly string[]): string => {
  const lines = page.split('\n');
  const start = lines.indexOf(heading);
  const ruler = lines.findIndex((line, index) => index > start && /^\|[-|]+\|$/.test(line));
  if (start === -1 || ruler === -1) throw new Error(`There is no table under "${heading}".`);
  const after = lines.findIndex((line, index) => index > ruler && !line.startsWith('|'));
  const end = after === -1 ? lines.length : after;
  return [...lines.slice(0, ruler + 1), ...rowsOf(lines.slice(ruler + 1, end)), ...lines.slice(end)].join('\n');
};

const streams: Readonly<Record<keyof typeof factShapes, string>> = {
  request: 'request-<number>_<filedOn>',
  agenda: 'agenda-<staffId>_<yyyy-mm-dd>',
  ticket: 'ticket-<uuid v7>',
  staff: 'staff-<staffId>',
  calendar: 'calendar-ro',
  ops: 'ops-<projection>',
  reading: 'reading-<pseudonym>_<yyyy-mm-dd>',
};

const fieldsInWords = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, shape]) => `${code(`${name}${'optional' in shape ? '?' : ''}`)}${shape.kind === 'personal' ? ' (sealed)' : ''}`)
    .join(', ');

/** docs/events.md with its lists made of the shapes of the facts; what stands around them is written by hand. */
export const eventsAsCoded = (page: string): string =>
  Object.entries(factShapes).reduce((told, [category, shapes]) => {
    const stream = code(Object.entries(streams).find(([name]) => name === category)?.[1] ?? category);
    const listed = withRows(told, '## Streams and events', (before) =>
      before.map((row) =>
        row.startsWith(`| ${stream} `) ? row.replace(/\| [^|]* \|$/, `| ${Object.keys(shapes).map(code).join(', ')} |`) : row,
      ),
    );
    return withRows(listed, `## ${stream}`, () =>
      Object.entries(shapes).map(
        ([type, { version, fields, told: happened, why }]) =>
          `| ${code(type)} | ${version} | ${fieldsInWords(fields)} | ${happened} | ${why} |`,
      ),
    );
  }, page);

const columnsOf = (view: ReportingView): readonly string[] => {
  const db = openSqlite(':memory:');
  const any = (): string => '(key + 0)';
  const sql = view.sql({ rows: '(SELECT 0 AS key)', key: 'key', text: any, number: any, integer: any });
  const columns = db.prepare(sql).columns();
  db.close();
  return columns.map(({ name }) => name);
};

/** docs/projections.md with its lists of tables and reporting views made of the projections. */
export const projectionsAsCoded = (page: string): string => {
  const tables = allProjections.flatMap(({ derived, ...table }) => [
    { ...table, from: '' },
    ...(derived === undefined ? [] : [{ ...derived, from: `; derived from ${code(table.name)}` }]),
  ]);
  const withTables = withRows(page, '## Tables', () =>
    tables.map(({ name, keyedBy, told, from, columns }) => {
      if (keyedBy === undefined || told === undefined) throw new Error(`${name} does not say what it holds.`);
      return `| ${code(name)} | ${keyedBy} | ${told}${from} | ${Object.keys(columns).map(code).join(', ')} |`;
    }),
  );
  const views = tables.flatMap(({ views = [] }) => views);
  return withRows(withTables, '## Reporting views', () =>
    views.map((view) => `| ${code(`reporting_v1_${view.name}`)} | ${columnsOf(view).map(code).join(', ')} |`),
  );
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const tableInWords = ({ name, told, key, indexes = [], source, department, columns }: ReportingTable): readonly string[] => [
  `### ${code(`v2_${name}`)}`,
  '',
  `One row for ${told}. Key: ${key.map(code).join(', ')}. Made of the rows of ${code(source)}.${
    indexes.length === 0 ? '' : ` Looked up fast by ${indexes.map((index) => index.map(code).join(' and ')).join('; ')}.`
  } ${department === undefined ? 'Whoever is given one department sees all of it.' : `Whoever is given one department sees its rows, by ${code(department)}.`}`,
  '',
  '| column | type | what |',
  '|---|---|---|',
  ...Object.entries(columns).map(
    ([column, { type, told: what, required }]) => `| ${code(column)}${required ? ' *' : ''} | ${type} | ${cell(what)} |`,
  ),
  '',
];

const viewInWords = ({ name, told, columns }: ReportingTableView): readonly string[] => [
  `### ${code(`v2_${name}`)}`,
  '',
  `A view. One row for ${told}.`,
  '',
  '| column | what |',
  '|---|---|',
  ...Object.entries(columns).map(([column, what]) => `| ${code(column)} | ${cell(what)} |`),
  '',
];

/** docs/reporting.md with the dictionary at its end made of what is declared of the reporting tables. */
export const reportingAsCoded = (page: string): string => {
  const heading = '\n### ';
  const tables = page.indexOf('\n## Views and tables\n');
  if (tables === -1) throw new Error('There is no place for the tables.');
  const start = page.indexOf(heading, tables);
  const before = (start === -1 ? page : page.slice(0, start)).trimEnd();
  return [before, '', ...reportingViews.flatMap(viewInWords), ...reportingTables.flatMap(tableInWords), '<!-- /generated -->', ''].join(
    '\n',
  );
};

/** The chapters of docs/settings.md: heading, the first setting of it, and the pages that say more. */
const chaptersOfSettings = [
  ['Server', 'PORT', ''],
  ['Stores', 'TICHET_EVENT_STORE', '[databases.md](databases.md), [eventstoredb.md](eventstoredb.md)'],
  ['Letters', 'TICHET_SMTP_URL', '[mail.md](mail.md)'],
  ['Text messages', 'TICHET_SMS_URL', '[text-messages.md](text-messages.md)'],
  ['Webex', 'TICHET_VIDEO', '[webex.md](webex.md)'],
  ['Calendars', 'TICHET_CALENDAR_HOSTS', '[calendars.md](calendars.md)'],
  ['Registry', 'TICHET_REGISTRY', '[infocet.md](infocet.md)'],
  ['Keys, policies and retention', 'TICHET_MASTER_KEY_FILE', '[procedure.md](procedure.md#policies), [erasure.md](erasure.md#classes)'],
  ['Meetings', 'TICHET_MEETING_PLACE', ''],
  ['What citizens are told', 'TICHET_INFORMATION_CENTRE_PHONE', ''],
  ['Systems of other teams', 'TICHET_WEBHOOKS_FILE', '[integrators.md](integrators.md#webhooks)'],
  ['Witnesses', 'TICHET_WITNESS_FOLDER', '[witnesses.md](witnesses.md)'],
  ['Sign-in', 'TICHET_OIDC_ISSUER', '[identity.md](identity.md)'],
  ['Log, traces and trials', 'TICHET_LOG_LEVEL', '[operations.md](operations.md#traces)'],
] as const;

const settingInWords = (setting: SettingName): string => {
  const { name, byDefault, by, needed, file, meaning } = settingTold(setting, 'en');
  const without = byDefault === undefined ? (needed === undefined ? '' : 'needed') : code(byDefault);
  const wholly = file === undefined ? meaning : `${meaning}. Or in a file: ${code(file)}`;
  return `| ${code(name)} | ${without} | ${by === undefined ? '' : code(by)} | ${cell(wholly)} |`;
};

/** docs/settings.md with its tables made of the settings and their sentences. */
export const settingsAsCoded = (page: string): string => {
  const mark = '<!-- generated -->\n';
  const start = page.indexOf(mark);
  if (start === -1) throw new Error('There is no place for the settings.');
  const chapters = chaptersOfSettings.flatMap(([heading, first, more], index) => {
    const next = chaptersOfSettings[index + 1]?.[1];
    const own = settingNames.slice(settingNames.indexOf(first), next === undefined ? undefined : settingNames.indexOf(next));
    return [
      `## ${heading}`,
      '',
      ...(more === '' ? [] : [`More: ${more}.`, '']),
      '| setting | default | only with | meaning |',
      '|---|---|---|---|',
      ...own.map(settingInWords),
      '',
    ];
  });
  return [page.slice(0, start) + mark, ...chapters, '<!-- /generated -->', ''].join('\n');
};

const usageOf = (names: readonly string[], { registeredArguments }: Command): string =>
  [
    'tichet',
    ...names,
    ...registeredArguments.map((argument) => (argument.required ? argument.name() : `[${argument.name()}]`).toUpperCase()),
  ].join(' ');

const commandInWords = (command: Command, above: readonly string[] = []): readonly string[] => {
  const names = [...above, command.name()];
  const options = command.options
    .filter(({ long }) => long !== '--json')
    .map(({ flags, description, argChoices = [] }) => {
      const choices = argChoices.length === 0 || argChoices.length > 8 ? '' : `: ${argChoices.map(code).join(', ')}`;
      return `${code(flags)} ${description}${choices}`;
    });
  const row = `| ${code(usageOf(names, command))} | ${cell(command.description())} | ${cell(options.join('<br>'))} |`;
  return [row, ...command.commands.flatMap((below) => commandInWords(below, names))];
};

/** Every command, as the English help shows it. */
export const commandLine = (): Command => {
  const program = new Command('tichet');
  const cli = new Invocation({ stdout: process.stdout, stderr: process.stderr, env: { LANG: 'en_GB.UTF-8' } });
  for (const add of commands) add(program, cli);
  return program;
};

/** docs/command-line.md with its table made of what `--help` says. */
export const commandsAsCoded = (page: string): string =>
  withRows(page, '## Commands', () => commandLine().commands.flatMap((command) => commandInWords(command)));

/** docs/duties.md with its table made of the kinds of duties. */
export const dutiesAsCoded = (page: string): string =>
  withRows(page, '# Who owes what, and by when', () =>
    dutyKindNames.map((kind) => {
      const { name, article, readings, owedBy, target, limit, check } = shapeOfDuty(kind);
      const readAs = readings.length === 0 ? '' : ` (${readings.join(', ')})`;
      return `| ${code(kind)} | ${name.en} | ${article}${readAs} | ${owedBy.map(code).join(', ')} | ${target?.en ?? ''} | ${limit.en} | ${check ?? ''} |`.replace(
        / {2,}/g,
        ' ',
      );
    }),
  );

/** docs/checks.md with its tables of what the tests break, and of what they only vary. */
export const lawAsCoded = (page: string): string => {
  const broken = withRows(page, '### Breaches', () =>
    breaches.map(({ article, reading, told, check }) => `| ${article} | ${reading} | ${told} | ${check} |`),
  );
  return withRows(broken, '### Kept otherwise', () =>
    variations.map(({ article, reading, told }) => `| ${article} | ${reading} | ${told} |`),
  );
};
