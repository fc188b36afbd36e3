import type { ReportingTable, ReportingTableView } from '../../application/kernel/ports/reporting';
import { capacityView, closuresTable, staffDaysTable } from './capacity';
import { monthlyView, resolutionTimesView, weeklyView } from './figures';
import { dutiesTable } from './duties';
import { departmentsView, staffTable } from './organisation';
import { requestsTable } from './requests';
import { attendanceView, ticketChangesTable } from './ticket-changes';
import { ticketNoticesTable } from './notices';
import { ticketsTable } from './tickets';
import { ticketVerdictsTable, verdictIntervalsTable, verdictsView } from './verdicts';

/** Every table that reporting tools read, in the order of the documents. */
export const reportingTables: readonly ReportingTable[] = [
  ticketsTable,
  ticketChangesTable,
  ticketNoticesTable,
  requestsTable,
  staffTable,
  staffDaysTable,
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
