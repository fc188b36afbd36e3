import { agenda, type AgendaState } from '../../domain/agenda/state';
import { agendaStream } from '../../domain/agenda/facts';
import { calendarStream } from '../../domain/calendar/facts';
import { type CalendarState, workingCalendar } from '../../domain/calendar/working-calendar';
import type { CivilDate } from '../../domain/kernel/instant';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { registeredRequest, type RequestState } from '../../domain/request/state';
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
