import { auditList } from '../../application/queries/audit-list';
import { auditTicket } from '../../application/queries/audit-ticket';
import { calendarEntry } from '../../application/queries/calendar-entry';
import { citizenTicket } from '../../application/queries/citizen-ticket';
import { eligibility, expiring } from '../../application/queries/eligibility';
import { inTheWay } from '../../application/queries/in-the-way';
import { meetingCard } from '../../application/queries/meeting-card';
import { openTasks } from '../../application/queries/open-tasks';
import { reportFigures } from '../../application/queries/report-figures';
import { reportSummary } from '../../application/queries/report-summary';
import { slots } from '../../application/queries/slots';
import { staffCalendar } from '../../application/queries/staff-calendar';
import { staffSchedule } from '../../application/queries/staff-schedule';
import { ticketExplained } from '../../application/queries/ticket-explained';
import { ticketHistory } from '../../application/queries/ticket-history';
import { ticketView } from '../../application/queries/ticket-view';
import { chainOf } from './chain-of';
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
