import type { RowWrite } from '@tichet-albastru/event-log/ports/projection-store';
import { tables, type TicketFactsRow } from '../../../src/application/kernel/ports/tables';
import { ticketsOfPeriod } from '../../../src/application/reports/counted-tickets';
import { reportFigures, reportSummary } from '../../../src/application/reports/report-figures';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import { factsAt } from '../../infrastructure/web/figures/rows';

/** The table of tickets with these in it. */
const portsWith = async (...tickets: readonly TicketFactsRow[]) => {
  const ports = createTestPorts();
  await ports.rows.prepare(staffDirectory);
  const [build] = await ports.rows.prepare(ticketFacts);
  if (build === undefined) throw new Error('There is no build.');
  const writes = tickets.map((row): RowWrite => ({ table: tables.ticketFacts, key: row.ticketId, row }));
  await ports.rows.commit([{ build, expected: build.checkpoint, next: '1'.padStart(20, '0'), writes, parks: [], unparks: [] }]);
  return ports;
};
const ticket = (ticketId: string, scheduledFor: string, department = 'Taxe', departmentCode = '305'): TicketFactsRow =>
  factsAt(scheduledFor, { ticketId, department, departmentCode });

/** In Cluj, March has two hours more than London until its last Sunday. */
const march = { from: '2026-03-02', to: '2026-03-08' };
const inMarch = [
  ticket('d', '2026-03-08T21:45:00.000Z', 'Autorizări', '110'),
  ticket('a', '2026-03-04T08:00:00.000Z', 'Urbanism', '425'),
  ticket('c', '2026-03-01T22:00:00.000Z'),
];
const beside = [
  ticket('b', '2026-03-01T21:45:00.000Z'),
  ticket('f', '2026-02-25T08:00:00.000Z', 'Urbanism', '425'),
  ticket('e', '2026-03-08T22:00:00.000Z'),
];

describe('the tickets of a period', () => {
  it('are those whose meeting stands on its days, the first and the last included, the earliest first; of one department where it is named', async () => {
    const ports = await portsWith(...inMarch, ...beside);
    const idsOf = async (departmentCode?: string) =>
      (await ticketsOfPeriod(ports, { ...march, ...(departmentCode !== undefined && { departmentCode }) })).map(({ ticketId }) => ticketId);

    expect(await idsOf()).toEqual(['c', 'a', 'd']);
    expect(await idsOf('425')).toEqual(['a']);
    expect(await idsOf('999')).toEqual([]);
  });

  it('are all of them, however many', async () => {
    const many = Array.from({ length: 1201 }, (_, index) => ticket(`t${index}`, '2026-03-04T08:00:00.000Z'));

    expect(new Set((await ticketsOfPeriod(await portsWith(...many), march)).map(({ ticketId }) => ticketId)).size).toBe(1201);
  });

  it('are counted by department in the order of its name, beside as many days before', async () => {
    const ports = await portsWith(...inMarch, ...beside);
    const { departments, total, before } = await reportFigures(ports)(march);

    expect(departments.map(({ key, tickets }) => [key, tickets])).toEqual([
      ['Autorizări', 1],
      ['Taxe', 1],
      ['Urbanism', 1],
    ]);
    expect([total.tickets, before.from, before.to, before.total.tickets]).toEqual([3, '2026-02-23', '2026-03-01', 2]);
    expect((await reportSummary(ports)({ ...march, by: 'department' })).rows).toEqual(departments);
  });

  it('are counted by the code of their department, whatever its name was; two of one name are two', async () => {
    const ports = await portsWith(
      ticket('a', '2026-03-03T08:00:00.000Z', 'Urbanism', '425'),
      ticket('b', '2026-03-04T08:00:00.000Z', 'Amenajarea teritoriului', '425'),
      ticket('c', '2026-03-04T09:00:00.000Z', 'Amenajarea teritoriului', '110'),
    );
    const { departments } = await reportFigures(ports)(march);

    // of a department that nobody is registered in, the name is that of its latest ticket
    expect(departments.map(({ key, departmentCode, tickets }) => [key, departmentCode, tickets])).toEqual([
      ['Amenajarea teritoriului', '110', 1],
      ['Amenajarea teritoriului', '425', 2],
    ]);
    expect((await reportSummary(ports)({ ...march, by: 'department' })).rows).toEqual(departments);
    const { total } = await reportFigures(ports)({ ...march, departments: ['425'] });
    expect(total.tickets).toBe(2);
  });

  it('are of nobody else for whoever may see one department alone', async () => {
    const ports = await portsWith(...inMarch, ...beside);
    const { departments, total, before } = await reportFigures(ports)({ ...march, departmentCode: '425' });
    const summary = await reportSummary(ports)({ ...march, by: 'department', departmentCode: '425' });

    expect(departments.map(({ key }) => key)).toEqual(['Urbanism']);
    expect([total.tickets, before.total.tickets]).toEqual([1, 1]);
    expect(summary).toEqual({ ...march, by: 'department', rows: departments, parked: 0 });
  });
});
