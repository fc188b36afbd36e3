import type { Projection } from '../../src/application/kernel/ports/projection';
import { dutiesIn } from '../../src/domain/duties/duties';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { dutiesTable } from '../../src/projections/reporting/duties';
import type { Row } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import type { DomainEvent } from '../../src/domain/facts';
import { clarificationEligibility } from '../../src/projections/clarification-eligibility/clarification-eligibility';
import { capacityView, closuresTable } from '../../src/projections/reporting/capacity';
import { monthlyView, resolutionTimesView, weeklyView } from '../../src/projections/reporting/figures';
import { departmentsView, staffTable } from '../../src/projections/reporting/organisation';
import { ticketNoticesTable } from '../../src/projections/reporting/notices';
import { attendanceView, ticketChangesTable } from '../../src/projections/reporting/ticket-changes';
import { ticketsTable } from '../../src/projections/reporting/tickets';
import { staffDirectory } from '../../src/projections/staff-directory/staff-directory';
import { ticketFacts } from '../../src/projections/ticket-facts/ticket-facts';
import { workingCalendar } from '../../src/projections/working-calendar/working-calendar';
import { clarificationHistory } from '../support/histories';
import { domainEvents } from '../support/history';
import { everyLife, historyOfLife } from '../support/lives';
import { type Filled, foldedBy, reportingInPostgres, reportingInSqlite, tableOf } from '../support/reporting-tables';
import { codeBlocks, read } from './markdown';
import { requestsTable, staffDaysTable } from '../support/declared-reporting';

const views = [weeklyView, monthlyView, resolutionTimesView, attendanceView, capacityView, departmentsView];
const guide = read('docs/reporting.md');
const statements = codeBlocks(guide, 'sql').map((statement): readonly [string, string] => [
  statement.split('\n').slice(0, 2).join(' '),
  statement,
]);

/** Two days before the 30 days of one request end; it has no ticket that is going on any more. */
const now = '2026-03-21T10:00:00.000Z';
const unticketed = domainEvents(clarificationHistory()).filter(({ fact }) => fact.type !== 'TicketAdmitted');
/** Of those to whom somebody did not come, and who had to go again, all: small numbers are not told. */
const someLives = everyLife.filter(
  ({ ending, course }, index) => index % 7 === 0 || ending === 'the citizen was absent' || course === 'the staff member was absent',
);
const events: readonly DomainEvent[] = [...unticketed, ...someLives.flatMap((life) => domainEvents(historyOfLife(life)))].filter(
  ({ category, stream }, index, all) => category !== 'staff' || all.findIndex((event) => event.stream === stream) === index,
);

const filledWith = async <R extends Row>(
  projection: Projection<R>,
  ...tables: readonly ReportingTable<R>[]
): Promise<readonly Filled[]> => {
  const rows = foldedBy(projection, events);
  return Promise.all(tables.map(async (table) => ({ table, rows: await tableOf(table, rows, now) })));
};

/** They are made of the audit of each ticket, which holds what was found in its evidence. */
const duties = async (): Promise<Filled> => {
  const made = await Promise.all(
    someLives.map(historyOfLife).map(async (history) => {
      const row = { departmentCode: '425', duties: dutiesIn(history, now, true) };
      return await dutiesTable.rowsOf(row, history.ticketId, now, new MemoryReadModels());
    }),
  );
  return { table: dutiesTable, rows: made.flatMap(({ rows }) => rows) };
};

/** As a report shows it: a number of PostgreSQL may come as text, where it may be larger than a double. */
const shown = (rows: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  rows.map((row) =>
    Object.entries(row).map(([name, value]) => {
      if (value instanceof Date) return [name, value.toLocaleDateString('sv')];
      return [name, typeof value === 'number' || /^-?\d+\.?\d*$/.test(String(value)) ? Number(value).toFixed(6) : value];
    }),
  );

describe('docs/reporting.md', () => {
  let databases: readonly Awaited<ReturnType<typeof reportingInPostgres>>[];
  beforeAll(async () => {
    const filled = [
      ...(await filledWith(ticketFacts, ticketsTable, ticketChangesTable, ticketNoticesTable)),
      ...(await filledWith(clarificationEligibility, requestsTable)),
      ...(await filledWith(staffDirectory, staffTable, staffDaysTable)),
      ...(await filledWith(workingCalendar, closuresTable)),
      await duties(),
    ];
    databases = [reportingInSqlite(filled, views), await reportingInPostgres(filled, views)];
  });

  it.each(statements)('a statement that it shows has answers, and the same on both databases: %s', async (_, statement) => {
    const [sqlite, postgres] = await Promise.all(databases.map(({ ask }) => ask(statement)));
    expect(sqlite).not.toHaveLength(0);
    expect(shown(postgres ?? [])).toEqual(shown(sqlite ?? []));
  });

  it('has a statement for each of the five questions, for capacity and for duties', () => {
    const asked = guide
      .split('\n**')
      .slice(1)
      .filter((part) => /^(?:\d\.|And:|Who owes)/.test(part));
    expect(asked.map((part) => codeBlocks(part, 'sql').length)).toEqual([1, 1, 1, 1, 1, 2, 2]);
  });
});
