import type { CalendarState } from '../../domain/calendar/calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import type { PersonalText, WithTexts } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import type { Policies } from '../../domain/policies';
import { checkCancel, checkReschedule } from '../../domain/ticket/changes';
import { type Companion, type Mode, needsOf, ticketStream } from '../../domain/ticket/facts';
import {
  isPending,
  isRequested,
  stillStands,
  newestCode,
  publicStatus,
  type RequestedTicket,
  type TicketStatus,
} from '../../domain/ticket/ticket';
import { addressAwaited, mayCorrectContact, mayVerifyContact } from '../../domain/ticket/contact';
import { owesNewHour } from '../../domain/request/admission';
import { isOnlyKept } from '../../domain/ticket/restriction';
import { issueCode } from '../../domain/ticket/verification';
import { plusMinutes, zone } from '../../domain/time/civil-time';
import { nextGridPoint, type Slot, slotMinutes } from '../../domain/time/slot';
import { earliestStart } from '../../domain/agenda/lead-time';
import { letterStatus, type LetterStatus } from '../kernel/letter-status';
import { Query } from '../kernel/message';
import type { CalendarEntry } from '../kernel/ports/correspondence';
import { erasedMark, restrictedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import type { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { opened as openedTexts } from '../kernel/typed-values';
import { currentCalendar, currentRequest, currentStaff, currentTicket } from '../kernel/streams';
import { meetWith, type MeetWith } from '../staff/meet-with';

export type AllowedAction = 'verify' | 'new-code' | 'reschedule' | 'cancel' | 'contact' | 'verify-contact';

type Rules = { readonly policies: Policies; readonly calendar: CalendarState };

/** Whether some hour could be asked for now: the domain is asked with the first two that Art. 4 permits. */
const mayMove = (by: 'citizen' | 'staff', at: Instant, ticket: RequestedTicket, rules: Rules): boolean => {
  const first = nextGridPoint(earliestStart(at, rules.policies['lead-time'], rules.calendar));
  return [first, plusMinutes(first, slotMinutes)].some((startsAt) => {
    const slot = { startsAt, endsAt: plusMinutes(startsAt, slotMinutes) };
    return checkReschedule({ ...rules, slot, by, reason: 'technical', citizenAgreed: false, at }, ticket) === undefined;
  });
};

/** What may be done to the ticket at that instant. Every answer is the domain's: it is asked, and nothing is written. */
const allowedActions = (by: 'citizen' | 'staff', at: Instant, ticket: RequestedTicket, rules: Rules): readonly AllowedAction[] => {
  const code = by === 'citizen' && isPending(ticket) && ticket.status === 'awaiting-code' ? newestCode(ticket) : undefined;
  return [
    ...(code !== undefined && at < code.expiresAt && code.triesLeft !== 0 ? (['verify'] as const) : []),
    ...(by === 'citizen' && !isRefusal(issueCode({ at, policies: rules.policies }, ticket)) ? (['new-code'] as const) : []),
    ...(mayMove(by, at, ticket, rules) ? (['reschedule'] as const) : []),
    ...(checkCancel(by, at, ticket) === undefined ? (['cancel'] as const) : []),
    ...(by === 'citizen' && mayCorrectContact(ticket) ? (['contact'] as const) : []),
    ...(by === 'citizen' && mayVerifyContact(ticket, at) ? (['verify-contact'] as const) : []),
  ];
};

export type TicketQuery = {
  readonly ticketId: string;
  /** `clerk`: at the counter, on the citizen's side */
  readonly viewer: 'citizen' | 'clerk' | 'staff';
  /** of the command that is answered with it */
  readonly known?: StreamCache;
};

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
  /** another e-mail address, to which a code has gone: until when that can be entered; not for the staff member. Which one, at the counter and on the ticket’s page. */
  readonly awaitedAddress?: { readonly until: Instant; readonly email?: string };
  readonly allowed: readonly AllowedAction[];
  /** Art. 8: staff cancelled it, and a new hour is owed for it */
  readonly newHourOwed?: true;
  /** for the staff member and the head */
  readonly applicant?: { readonly name: string; readonly email?: string; readonly phone?: string; readonly postalAddress?: string };
  readonly companion?: WithTexts<Companion, string>;
  readonly requestNumber?: string;
  readonly notes?: string;
  /** something that was acknowledged about it is gone from the log: this is how it stood before that */
  readonly incomplete?: true;
};

export class GetTicket extends Query<TicketQuery, TicketView | Refusal> {}

/** One ticket, from the log itself. */
export const ticketView =
  (asked: Ports) =>
  async ({ ticketId, viewer, known }: TicketQuery): Promise<TicketView | Refusal> => {
    const ports = inOneCommand(asked, known);
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
      ...(needsOf(mode).place ? { place: ports.cityHall.meetingPlace } : {}),
      ...defined({ joinUrl }),
      ...awaited(ticket),
      ...defined({ awaitedAddress: viewer === 'staff' ? undefined : await awaitedAddress(ports, ticket, viewer === 'clerk') }),
      allowed: allowedActions(viewer === 'staff' ? 'staff' : 'citizen', ports.clock.now(), ticket, { policies: ports.policies, calendar }),
      ...((await isNewHourOwed(ports, ticket, ticketId)) && { newHourOwed: true }),
      ...(viewer === 'citizen' ? {} : await forStaff(ports, ticket)),
      ...(ports.store.lacks?.(ticketStream(ticketId)) === true && { incomplete: true }),
    };
  };

const isNewHourOwed = async (ports: Ports, { newHour, booking }: RequestedTicket, ticketId: string): Promise<boolean> =>
  newHour?.stage === 'owed' && owesNewHour(await currentRequest(ports, booking.request), ticketId);

const awaited = (ticket: RequestedTicket): Pick<TicketView, 'heldUntil' | 'codeExpiresAt'> => {
  if (!isPending(ticket)) return {};
  const code = newestCode(ticket);
  return { heldUntil: ticket.heldUntil, ...defined({ codeExpiresAt: code?.expiresAt }) };
};

/** @param shown whether it is told which one */
export const awaitedAddress = async (ports: Ports, ticket: RequestedTicket, shown: boolean): Promise<TicketView['awaitedAddress']> => {
  const waits = mayVerifyContact(ticket, ports.clock.now()) ? addressAwaited(ticket) : undefined;
  if (waits === undefined) return undefined;
  const email = shown && !isOnlyKept(ticket) ? await ports.personalData.open(waits.email) : undefined;
  return { until: waits.expiresAt, ...defined({ email }) };
};

const forStaff = async (
  ports: Ports,
  ticket: RequestedTicket,
): Promise<Pick<TicketView, 'applicant' | 'companion' | 'requestNumber' | 'notes'>> => {
  const { contact, companion, booking } = ticket;
  if (isOnlyKept(ticket)) return { applicant: { name: restrictedMark }, requestNumber: booking.request.number };
  const opened = async (text: PersonalText | undefined): Promise<string | undefined> =>
    text === undefined ? undefined : ((await ports.personalData.open(text)) ?? erasedMark);
  const { name: named, ...given } = contact;
  const [name, email, phone, postalAddress, notes] = await Promise.all(
    [named, given.email, given.phone, given.postalAddress, given.notes].map(opened),
  );
  return {
    applicant: {
      name: name ?? erasedMark,
      ...defined({ email, phone, postalAddress }),
    },
    requestNumber: booking.request.number,
    ...defined({ companion: companion && (await openedTexts(ports, companion)), notes }),
  };
};

export type EntryQuery = { readonly ticketId: string };

export class GetCalendarEntry extends Query<EntryQuery, CalendarEntry | Refusal> {}

/** `GET /tickets/:id/invitation.ics`: the entry of a meeting that stands, or that was cancelled; the same UID as in the letters. */
export const calendarEntry =
  (ports: Ports) =>
  async ({ ticketId }: EntryQuery): Promise<CalendarEntry | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const view = await ticketView(ports)({ ticketId, viewer: 'citizen' });
    if (isRefusal(view)) return view;
    if (!isRequested(ticket) || ticket.sequence < 0 || view.meetWith === null) return refuse('wrong-state', { status: view.status });
    return ports.correspondence.calendarEntry({
      ticketId,
      reference: ticket.reference,
      locale: ticket.locale,
      publicUrl: ports.cityHall.publicUrl,
      issuedAt: ports.clock.now(),
      slot: ticket.booking.slot,
      mode: ticket.booking.mode,
      meetWith: view.meetWith,
      sequence: ticket.sequence,
      cancelled: !stillStands(ticket) && ticket.status === 'cancelled',
      ...defined({ place: view.place, joinUrl: view.joinUrl }),
    });
  };

/** Art. 3 e: what is waited for, and until when. */
export type AwaitedCode = {
  readonly slot: Slot;
  /** until when the slot is kept */
  readonly heldUntil: Instant;
  /** of the newest code; left out when it is of no use any more */
  readonly usableUntil?: Instant;
  /** from when on another code may be asked for; left out when none will be given any more */
  readonly newCodeFrom?: Instant;
  /** what became of the letter with the newest code */
  readonly letter: LetterStatus;
};

/** A ticket whose code is awaited, from the log itself. Refuses `wrong-state` where none is awaited (any more). */
export const awaitedCode =
  (ports: Ports) =>
  async ({ ticketId }: { readonly ticketId: string }): Promise<AwaitedCode | Refusal> => {
    const at = ports.clock.now();
    const ticket = await currentTicket(ports, ticketId);
    if (!isPending(ticket) || at >= ticket.heldUntil) return refuse('wrong-state', { article: '3 e' });
    const code = newestCode(ticket);
    const another = issueCode({ at, policies: ports.policies }, ticket);
    const retryAt = isRefusal(another) ? another.details?.['retryAt'] : at;
    return {
      slot: ticket.booking.slot,
      heldUntil: ticket.heldUntil,
      letter: await letterStatus(ports, { ticketId, kinds: ['code'], ...defined({ since: code?.issuedAt }) }),
      ...(code !== undefined && at < code.expiresAt && code.triesLeft !== 0 ? { usableUntil: code.expiresAt } : {}),
      ...(typeof retryAt === 'string' && retryAt < ticket.heldUntil ? { newCodeFrom: retryAt } : {}),
    };
  };
