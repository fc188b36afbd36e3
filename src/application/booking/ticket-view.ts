import { defined } from '../../domain/kernel/defined';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { Instant } from '../../domain/kernel/fact';
import type { PersonalText } from '../../domain/kernel/personal-text';
import type { Mode } from '../../domain/ticket/facts';
import { isPending, isRequested, newestCode, publicStatus, type RequestedTicket, type TicketStatus } from '../../domain/ticket/state';
import { zone } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { currentCalendar, currentStaff, currentTicket } from '../kernel/streams';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { allowedActions, type AllowedAction } from './allowed';
import { meetWith, type MeetWith } from '../staff/meet-with';
import { Query } from '../kernel/message';

export type TicketAsked = { readonly ticketId: string; readonly viewer: 'citizen' | 'staff' };

export type TicketView = {
  readonly ticketId: string;
  readonly reference: string;
  readonly status: TicketStatus;
  readonly mode: Mode;
  readonly slot: Slot & { readonly zone: typeof zone };
  readonly meetWith: MeetWith | null;
  /** in person */
  readonly place?: string;
  /** online, once there is a link for this slot */
  readonly joinUrl?: string;
  /** while a code is awaited */
  readonly heldUntil?: Instant;
  readonly codeExpiresAt?: Instant;
  readonly allowed: readonly AllowedAction[];
  /** for the staff member and the head */
  readonly applicant?: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly requestNumber?: string;
  readonly notes?: string;
};

export class GetTicket extends Query<TicketAsked, TicketView | Refusal> {}

/** One ticket, from the log itself. */
export const ticketView =
  (ports: Ports) =>
  async ({ ticketId, viewer }: TicketAsked): Promise<TicketView | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const status = publicStatus(ticket);
    if (!isRequested(ticket) || status === undefined) return refuse('not-found');
    const { mode, slot, staffId } = ticket.booking;
    const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
    const joinUrl = ticket.meetingLink === undefined ? undefined : await ports.personalData.open(ticket.meetingLink.joinUrl);
    return {
      ticketId,
      reference: ticket.reference,
      status,
      mode,
      slot: { ...slot, zone },
      meetWith: staff.status === 'unknown' ? null : await meetWith(ports, staff),
      ...(mode === 'in-person' ? { place: ports.cityHall.meetingPlace } : {}),
      ...defined({ joinUrl }),
      ...awaited(ticket),
      allowed: allowedActions(viewer, ports.clock.now(), ticket, { policies: ports.policies, calendar }),
      ...(viewer === 'staff' ? await forStaff(ports, ticket) : {}),
    };
  };

const awaited = (ticket: RequestedTicket): Pick<TicketView, 'heldUntil' | 'codeExpiresAt'> => {
  if (!isPending(ticket)) return {};
  const code = newestCode(ticket);
  return { heldUntil: ticket.heldUntil, ...defined({ codeExpiresAt: code?.expiresAt }) };
};

const forStaff = async (
  ports: Ports,
  { contact, booking }: RequestedTicket,
): Promise<Pick<TicketView, 'applicant' | 'requestNumber' | 'notes'>> => {
  const opened = async (text: PersonalText | undefined): Promise<string | undefined> =>
    text === undefined ? undefined : ((await ports.personalData.open(text)) ?? erasedMark);
  const [name, email, phone, notes] = await Promise.all([contact.name, contact.email, contact.phone, contact.notes].map(opened));
  return {
    applicant: {
      name: name ?? erasedMark,
      ...defined({ email, phone }),
    },
    requestNumber: booking.request.number,
    ...defined({ notes }),
  };
};
