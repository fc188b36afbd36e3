import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { Row } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import type { CalendarFact } from '../../../src/domain/calendar/calendar';
import { clarificationEligibility } from '../../../src/projections/clarification-eligibility/clarification-eligibility';
import { closuresTable } from '../../../src/projections/reporting/capacity';
import { ticketNoticesTable } from '../../../src/projections/reporting/notices';
import { staffTable } from '../../../src/projections/reporting/organisation';
import { ticketChangesTable } from '../../../src/projections/reporting/ticket-changes';
import { ticketsTable } from '../../../src/projections/reporting/tickets';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import { workingCalendar } from '../../../src/projections/working-calendar/working-calendar';
import { everyHistory } from '../../support/histories';
import { domainEvents, recorded } from '../../support/history';
import { historyOfLife, lifeOf } from '../../support/lives';
import { foldedBy, tableOf } from '../../support/reporting-tables';
import { requestsTable, staffDaysTable } from '../../support/declared-reporting';

const since = '2026-03-02T08:00:00.000Z';
const paused: CalendarFact = {
  type: 'ServicePaused',
  data: { pauseId: 'p-1', from: '2026-04-01', to: '2026-04-02', textRo: 'Ne mutăm.', textEn: 'We move.', pausedAt: since },
};
const events = [
  ...Object.values(everyHistory).flatMap((history) => domainEvents(history)),
  ...Array.from({ length: 60 }, (_, seed) => domainEvents(historyOfLife(lifeOf(seed + 1)))).flat(),
  ...recorded('calendar-ro', [[since, paused]]).map((event) => ({ ...event, category: 'calendar' as const })),
];
/** A code, an id, a number, a moment: nothing that somebody could have written. */
const wordOrId = /^[\w.:-]{1,64}$/;

const textsOf = async <R extends Row>(projection: Projection<R>, table: ReportingTable<R>): Promise<readonly string[]> => {
  const rows = await tableOf(table, foldedBy(projection, events), '2026-03-20T10:00:00.000Z');
  expect(rows).not.toHaveLength(0);
  return rows.flatMap((row) =>
    // what a department is called is nobody's
    Object.entries(row).flatMap(([name, value]) => (typeof value === 'string' && name !== 'department' ? [value] : [])),
  );
};

describe('what the reporting tables hold of any life', () => {
  it.each([
    ['tickets', () => textsOf(ticketFacts, ticketsTable)],
    ['ticket_changes', () => textsOf(ticketFacts, ticketChangesTable)],
    ['ticket_notices', () => textsOf(ticketFacts, ticketNoticesTable)],
    ['requests', () => textsOf(clarificationEligibility, requestsTable)],
    ['staff', () => textsOf(staffDirectory, staffTable)],
    ['staff_days', () => textsOf(staffDirectory, staffDaysTable)],
    ['closures', () => textsOf(workingCalendar, closuresTable)],
  ])('is words and ids, in %s', async (_, texts) => {
    expect((await texts()).filter((text) => !wordOrId.test(text))).toEqual([]);
  });
});
