import { openSqlite } from '../../src/infrastructure/database/sqlite/driver';
import type { ReportingView } from '../../src/application/kernel/ports/projection';
import { factShapes } from '../../src/domain/facts';
import { dutyKindNames, shapeOfDuty } from '../../src/domain/duties/duty-kinds';
import type { Fields } from '../../src/domain/kernel/shape';
import type { ReportingTable, ReportingTableView } from '../../src/application/kernel/ports/reporting';
import { allProjections } from '../../src/projections/all-projections';
import { reportingViews } from '../../src/projections/reporting/reporting';
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
