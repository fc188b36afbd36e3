import { ListAuditedTickets, auditList } from '../../application/audit/audit-list';
import { AuditTicket, auditTicket } from '../../application/audit/audit-ticket';
import { ExplainTicket, GetTicketHistory, ticketExplained, ticketHistory } from '../../application/audit/ticket-history';
import { calendarEntry, GetCalendarEntry, GetTicket, ticketView } from '../../application/booking/ticket-view';
import { GetCitizenTicket, citizenTicket } from '../../application/booking/citizen-ticket';
import { GetSlots, slots } from '../../application/booking/slots';
import { GetMeetingCard, meetingCard } from '../../application/meeting/meeting-card';
import { GetReportFigures, GetReportSummary, reportFigures, reportSummary } from '../../application/reports/report-figures';
import { GetEligibility, eligibility, ListExpiringRequests, expiring } from '../../application/requests/eligibility';
import { GetRequest, requestView } from '../../application/requests/register-request';
import { GetStaffMember, staffMemberView } from '../../application/staff/register-staff';
import { ListMeetingsInTheWay, inTheWay } from '../../application/staff/in-the-way';
import { ListOpenTasks, openTasks } from '../../application/staff/open-tasks';
import { GetStaffCalendar, staffCalendar } from '../../application/staff/staff-calendar';
import { GetStaffSchedule, staffSchedule } from '../../application/staff/staff-schedule';
import { chainOf } from '../proof/chain-of';
import { explaining } from './explaining';
import { queryHandler } from './handlers';

/** Every query of the application: Nest discovers its handler. */
export const queryHandlers = [
  queryHandler(AuditTicket, auditTicket(chainOf)),
  queryHandler(GetStaffCalendar, staffCalendar),
  queryHandler(ListAuditedTickets, auditList(chainOf)),
  queryHandler(GetTicket, ticketView),
  queryHandler(GetCalendarEntry, calendarEntry),
  queryHandler(GetCitizenTicket, citizenTicket),
  queryHandler(GetEligibility, eligibility),
  queryHandler(ListExpiringRequests, expiring),
  queryHandler(ListMeetingsInTheWay, inTheWay),
  queryHandler(GetMeetingCard, meetingCard),
  queryHandler(ListOpenTasks, openTasks),
  queryHandler(GetReportSummary, reportSummary),
  queryHandler(GetReportFigures, reportFigures),
  queryHandler(GetSlots, slots),
  queryHandler(GetStaffSchedule, staffSchedule),
  queryHandler(GetStaffMember, staffMemberView),
  queryHandler(GetRequest, requestView),
  queryHandler(ExplainTicket, ticketExplained(explaining), 'ticketExplained'),
  queryHandler(GetTicketHistory, ticketHistory),
];
