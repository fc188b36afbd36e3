import { agenda, type AgendaState } from '../../domain/agenda/agenda';
import { agendaStream } from '../../domain/agenda/facts';
import { type CalendarState, calendarStream, workingCalendar } from '../../domain/calendar/calendar';
import type { CivilDate } from '../../domain/kernel/fact';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { registeredRequest, type RequestState } from '../../domain/request/request';
import { staffStream } from '../../domain/staff/facts';
import { staffMember, type StaffState } from '../../domain/staff/staff-member';
import { ticketStream } from '../../domain/ticket/facts';
import type { TicketState } from '../../domain/ticket/state';
import { ticket } from '../../domain/ticket/ticket';
import { type ExecutePorts, loadStream } from './execute';

/** The truth of one stream, read from the log itself: never a lagging table. */
export const currentCalendar = async (ports: ExecutePorts): Promise<CalendarState> =>
  (await loadStream(ports, workingCalendar, calendarStream)).state;

export const currentStaff = async (ports: ExecutePorts, staffId: string): Promise<StaffState> =>
  (await loadStream(ports, staffMember, staffStream(staffId))).state;

export const currentRequest = async (ports: ExecutePorts, identity: RequestIdentity): Promise<RequestState> =>
  (await loadStream(ports, registeredRequest, requestStream(identity))).state;

export const currentTicket = async (ports: ExecutePorts, ticketId: string): Promise<TicketState> =>
  (await loadStream(ports, ticket, ticketStream(ticketId))).state;

export const currentAgenda = async (ports: ExecutePorts, staffId: string, date: CivilDate): Promise<AgendaState> =>
  (await loadStream(ports, agenda, agendaStream(staffId, date))).state;
