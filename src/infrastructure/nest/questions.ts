import { auditList } from '../../application/audit/audit-list';
import { auditTicket } from '../../application/audit/audit-ticket';
import { calendarEntry } from '../../application/booking/calendar-entry';
import { citizenTicket } from '../../application/booking/citizen-ticket';
import { eligibility, expiring } from '../../application/requests/eligibility';
import { inTheWay } from '../../application/staff/in-the-way';
import { meetingCard } from '../../application/meeting/meeting-card';
import { openTasks } from '../../application/staff/open-tasks';
import { reportFigures } from '../../application/reports/report-figures';
import { reportSummary } from '../../application/reports/report-summary';
import { slots } from '../../application/booking/slots';
import { staffCalendar } from '../../application/staff/staff-calendar';
import { staffSchedule } from '../../application/staff/staff-schedule';
import { ticketExplained } from '../../application/audit/ticket-explained';
import { ticketHistory } from '../../application/audit/ticket-history';
import { ticketView } from '../../application/booking/ticket-view';
import { chainOf } from '../proof/chain-of';
import { explaining } from './explaining';
import { bindQuestion } from './use-case';

/** Every question that the QueryBus answers. */
export const questions = {
  slots: bindQuestion(slots),
  ticket: bindQuestion(ticketView),
  citizenTicket: bindQuestion(citizenTicket),
  meetingCard: bindQuestion(meetingCard),
  calendarEntry: bindQuestion(calendarEntry),
  staffCalendar: bindQuestion(staffCalendar),
  openTasks: bindQuestion(openTasks),
  staffSchedule: bindQuestion(staffSchedule),
  inTheWay: bindQuestion(inTheWay),
  eligibility: bindQuestion(eligibility),
  expiring: bindQuestion(expiring),
  auditList: bindQuestion(auditList(chainOf)),
  auditTicket: bindQuestion(auditTicket(chainOf)),
  ticketHistory: bindQuestion(ticketHistory),
  ticketExplained: bindQuestion(ticketExplained(explaining), 'ticketExplained'),
  reportFigures: bindQuestion(reportFigures),
  reportSummary: bindQuestion(reportSummary),
};
