import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { isTold } from '../../domain/ticket/changes';
import { type RequestedTicket, stillStands } from '../../domain/ticket/ticket';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { erasedMark, restrictedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { type AgendaDayRow, tables } from '../kernel/ports/tables';
import { currentStaff, currentTicket } from '../kernel/streams';

/** A meeting that an absence or a departure is, or was, in the way of, as it stands now. */
export type MeetingOfAbsence = {
  readonly ticketId: string;
  readonly reference: string;
  readonly applicant: string;
  readonly slot: Slot;
  /** whom the citizen meets now */
  readonly meets: string;
  /** it still stands at an hour for which no official will be there */
  readonly waits: boolean;
  /** whether the citizen knows (A21), a letter is on its way, or an official has to call */
  readonly telling: 'told' | 'letter' | 'call';
  /** to call; where there is none, to write to (A21) */
  readonly phone?: string;
  readonly postalAddress?: string;
};

/**
 * Art. 8: what became of the meetings that an official had in this span: those that still stand there, and those that staff have moved from
 * there.
 */
export const followedMeetings = async (
  ports: Ports,
  staffId: string,
  { from, to }: { readonly from: Instant; /** left out: for good */ readonly to?: Instant },
): Promise<readonly MeetingOfAbsence[]> => {
  const { rows } = await ports.readModels.select<AgendaDayRow>(tables.agendaDays, {
    where: [
      { column: 'staffId', is: staffId },
      { column: 'date', from: civilDateOf(from), ...defined({ before: to && addDays(civilDateOf(to), 1) }) },
    ],
  });
  const holds = rows
    .flatMap(({ agenda }) => Object.values(agenda.holds))
    .filter(({ slot }) => from < slot.endsAt && (to === undefined || slot.startsAt < to))
    .filter(({ standing }) => standing !== 'held' && standing !== 'overwritten');
  const found = await Promise.all(holds.map(({ ticketId, holdId }) => meetingOf(ports, ticketId, holdId)));
  return found.filter((meeting) => meeting !== undefined).toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1));
};

const meetingOf = async (ports: Ports, ticketId: string, holdId: string): Promise<MeetingOfAbsence | undefined> => {
  const ticket = await currentTicket(ports, ticketId);
  if (!stillStands(ticket)) return undefined;
  const waits = ticket.booking.holdId === holdId;
  const movedByStaff = ticket.left.some((place) => place.holdId === holdId && place.by === 'staff');
  return waits || movedByStaff ? view(ports, ticketId, ticket, waits) : undefined;
};

/** `call` where a letter came back, and where the citizen has no e-mail address: then no letter tells them. */
const tellingOf = (ticket: RequestedTicket): MeetingOfAbsence['telling'] => {
  if (isTold(ticket)) return 'told';
  const { contact, notices, noticeDuty } = ticket;
  const cameBack = notices.some(({ outcome, notifiedAt }) => outcome === 'bounced' && notifiedAt >= (noticeDuty?.since ?? ''));
  return contact.email === undefined || cameBack ? 'call' : 'letter';
};

const view = async (ports: Ports, ticketId: string, ticket: RequestedTicket, waits: boolean): Promise<MeetingOfAbsence> => {
  const { reference, booking, contact, restriction } = ticket;
  const telling = waits ? 'told' : tellingOf(ticket);
  const meets = await currentStaff(ports, booking.staffId);
  const opened = (sealed: PersonalText | undefined) =>
    telling === 'call' && sealed !== undefined ? ports.personalData.open(sealed) : Promise.resolve(undefined);
  const [phone, postalAddress] = await Promise.all([opened(contact.phone), opened(contact.postalAddress)]);
  return {
    ticketId,
    reference,
    applicant: restriction === undefined ? ((await ports.personalData.open(contact.name)) ?? erasedMark) : restrictedMark,
    slot: booking.slot,
    meets: meets.status === 'unknown' ? '' : ((await ports.personalData.open(meets.name)) ?? erasedMark),
    waits,
    telling,
    ...defined({ phone, postalAddress }),
  };
};
