import { defined } from '../../domain/kernel/defined';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { isRequested, isStanding } from '../../domain/ticket/state';
import { currentTicket } from '../kernel/streams';
import type { CalendarEntry } from '../kernel/ports/correspondence';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { ticketView } from './ticket-view';
import { Query } from '../kernel/message';

export type EntryAsked = { readonly ticketId: string };

export class GetCalendarEntry extends Query<EntryAsked, CalendarEntry | Refusal> {}

/** `GET /tickets/:id/invitation.ics`: the entry of a meeting that stands, or that was cancelled; the same UID as in the letters. */
export const calendarEntry =
  (ports: Ports) =>
  async ({ ticketId }: EntryAsked): Promise<CalendarEntry | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const view = await ticketView(ports)({ ticketId, viewer: 'citizen' });
    if (isRefusal(view)) return view;
    if (!isRequested(ticket) || ticket.sequence < 0 || view.meetWith === null) return refuse('wrong-state', { status: view.status });
    const email = ticket.contact.email === undefined ? undefined : await ports.personalData.open(ticket.contact.email);
    return ports.correspondence.calendarEntry({
      ticketId,
      reference: ticket.reference,
      name: (await ports.personalData.open(ticket.contact.name)) ?? erasedMark,
      locale: ticket.locale,
      issuedAt: ports.clock.now(),
      slot: ticket.booking.slot,
      mode: ticket.booking.mode,
      meetWith: view.meetWith,
      sequence: ticket.sequence,
      cancelled: !isStanding(ticket) && ticket.status === 'cancelled',
      ...defined({ to: email, place: view.place, joinUrl: view.joinUrl }),
    });
  };
