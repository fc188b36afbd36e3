import type { ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import type { Policies } from '../../domain/policies';
import { capacityView, closuresTable, staffDaysTableUnder } from './capacity';
import { monthlyView, resolutionTimesView, weeklyView } from './figures';
import { dutiesTable } from './duties';
import { departmentsView, staffTable } from './organisation';
import { requestsTableUnder } from './requests';
import { attendanceView, ticketChangesTable } from './ticket-changes';
import { ticketNoticesTable } from './notices';
import { ticketsTable } from './tickets';
import { ticketVerdictsTable, verdictIntervalsTable, verdictsView } from './verdicts';

/** Every table that reporting tools read, in the order of the documents, by the policies in force. */
export const reportingTablesUnder = (policies: Pick<Policies, 'days-declared-later' | 'booking-horizon'>): readonly ReportingTable[] => [
  ticketsTable,
  ticketChangesTable,
  ticketNoticesTable,
  requestsTableUnder(policies['days-declared-later']),
  staffTable,
  staffDaysTableUnder(policies['booking-horizon']),
  closuresTable,
  ticketVerdictsTable,
  verdictIntervalsTable,
  dutiesTable,
];

/** The views over them; none rests on another. */
export const reportingViews: readonly ReportingTableView[] = [
  weeklyView,
  monthlyView,
  resolutionTimesView,
  attendanceView,
  capacityView,
  departmentsView,
  verdictsView,
];
