import type { ReportingColumn } from '@tichet-albastru/event-log/ports/reporting';
import type { Fields } from '../../../src/domain/kernel/shape';
import { policiesWith } from '../../../src/domain/policies';
import { reportingTablesUnder, reportingViews } from '../../../src/projections/reporting/reporting';
import { allProjections } from '../../../src/projections/all-projections';
import { factShapes } from '../../../src/domain/facts';
import { reportingInSqlite } from '../../support/reporting-tables';
import { reportingTables } from '../../support/declared-reporting';

const snakeCase = /^[a-z]+(?:_[a-z0-9]+)*$/;
const sentence = /^[A-Z`].*\.$/s;
/** Whatever is sealed in some fact, by the name of its field. */
const sealedIn = (fields: Fields): readonly string[] =>
  Object.entries(fields).flatMap(([name, shape]) =>
    shape.kind === 'personal' ? [name] : shape.kind === 'object' ? sealedIn(shape.fields) : [],
  );
const sealedFields = Object.values(factShapes).flatMap((shapes) =>
  Object.values<{ readonly fields: Fields }>(shapes).flatMap(({ fields }) => sealedIn(fields)),
);
const inSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** What a column of a person, or of what somebody wrote, would be called. */
const personalName = new RegExp(
  `^(?:${[...new Set(sealedFields.map(inSnakeCase))].filter((name) => name !== 'reason').join('|')})$|name$|mail|phone|address|contact|applicant|subject|conclusion|reference|text|url|document_number|proof|letter_id`,
);

const columns = reportingTables.flatMap((table) =>
  Object.entries(table.columns).map(([name, column]): readonly [string, string, ReportingColumn] => [table.name, name, column]),
);

describe('what is declared of the reporting tables', () => {
  it('each table and view has a name of its own, in snake_case, and says what there is one row for', () => {
    const named = [...reportingTables, ...reportingViews];
    expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
    expect(named.filter(({ name, told }) => !snakeCase.test(name) || !/^[a-zăâîșț].*[^.]$/.test(told)).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['requests', { 'days-declared-later': 'move-the-end' }],
    ['staff_days', { 'booking-horizon': { days: 90 } }],
  ] as const)('%s is made under its policy, whatever number that has, and no other table is', (name, values) => {
    const first = policiesWith();
    const changed = Object.fromEntries(Object.entries(values).map(([policy, value]) => [policy, { value, version: 1 }]));
    const before = new Map(reportingTablesUnder(first).map((table) => [table.name, table]));
    const others = reportingTablesUnder({ ...first, ...changed }).filter(
      (table) => before.get(table.name)?.under !== table.under || before.get(table.name)?.version !== table.version,
    );
    expect(others.map((table) => table.name)).toEqual([name]);
  });

  it.each(columns)('%s.%s has its sentence, in snake_case', (_, name, { told }) => {
    expect(name).toMatch(snakeCase);
    expect(told).toMatch(sentence);
  });

  it.each(reportingTables)('$name is made of a table that there is, and its keys, indexes and department are columns of it', (table) => {
    const sources = allProjections.flatMap(({ name, derived }) => [name, ...(derived === undefined ? [] : [derived.name])]);
    expect(sources).toContain(table.source);
    const used = [
      ...table.key,
      ...(table.indexes ?? []).flat(),
      table.sourceKey,
      ...(table.department === undefined ? [] : [table.department]),
    ];
    expect(Object.keys(table.columns)).toEqual(expect.arrayContaining(used));
    const optional = [...table.key, table.sourceKey].filter((name) => table.columns[name]?.required !== true);
    expect(optional).toEqual([]);
  });

  it('whoever is given one department is kept from every table that has one', () => {
    const open = reportingTables.filter((table) => table.department === undefined && 'department_code' in table.columns);
    // what closes City Hall or a department is told to every citizen
    expect(open.map(({ name }) => name)).toEqual(['closures']);
  });

  it('no column could hold a person, or what somebody wrote', () => {
    const shown = [
      ...columns.map(([table, name]) => [table, name]),
      ...reportingViews.flatMap((view) => Object.keys(view.columns).map((name) => [view.name, name])),
    ];
    expect(shown.filter(([, name = '']) => personalName.test(name))).toEqual([]);
    for (const name of ['applicant_name', 'email', 'conclusions', 'reason_text', 'reference', 'recording_url', 'postal_address', 'notes']) {
      expect([name, personalName.test(name)]).toEqual([name, true]);
    }
  });

  it('each view shows the columns that it says, in their order, each with its sentence', async () => {
    const { ask } = reportingInSqlite(
      reportingTables.map((table) => ({ table, rows: [] })),
      reportingViews,
    );
    expect(reportingViews.length).toBeGreaterThan(0);
    for (const { name, columns: told } of reportingViews) {
      const shown = await ask(`SELECT name FROM pragma_table_info('v2_${name}')`);
      expect([name, shown.map((row) => row['name'])]).toEqual([name, Object.keys(told)]);
      expect(Object.entries(told).filter(([column, text]) => !snakeCase.test(column) || !sentence.test(text))).toEqual([]);
    }
  });
});
