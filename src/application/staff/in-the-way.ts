import { meetingsInTheWay, wantedBlocks } from '../../domain/agenda/wanted-blocks';
import type { AgendaState } from '../../domain/agenda/agenda';
import type { CalendarState } from '../../domain/calendar/calendar';
import { fold, type Decision } from '../../domain/kernel/decider';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { StaffFact, WeeklyHours } from '../../domain/staff/facts';
import { leave, recordAbsence, setWorkingHours, staffMember, type StaffState } from '../../domain/staff/staff-member';
import type { Mode } from '../../domain/ticket/facts';
import { stillStands } from '../../domain/ticket/ticket';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { currentCalendar, currentStaff, currentTicket } from '../kernel/streams';
import { erasedMark, restrictedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { type AgendaDayRow, tables } from '../kernel/ports/tables';
import { Query } from '../kernel/message';

/** What an official means to change of their own time; nothing is changed by asking. */
export type TimeChange =
  | { readonly kind: 'absence'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'hours'; readonly from: CivilDate; readonly week: WeeklyHours }
  /** `on` is the first day on which they are no longer there */
  | { readonly kind: 'departure'; readonly on: CivilDate };
export type InTheWayQuery = { readonly staffId: string; readonly change: TimeChange };

/** A booked meeting that could no longer be held at its hour. */
export type MeetingInTheWay = {
  readonly ticketId: string;
  readonly reference: string;
  readonly slot: Slot;
  readonly mode: Mode;
  readonly applicant: string;
};

const decisionOn = (change: TimeChange, state: StaffState, at: Instant): Decision<StaffFact> => {
  switch (change.kind) {
    case 'absence':
      return recordAbsence({ absenceId: 'asked', from: change.from, to: change.to, reason: personal('staff', ''), at }, state);
    case 'hours':
      return setWorkingHours({ from: change.from, week: change.week, at }, state);
    case 'departure':
      return leave({ on: change.on, at }, state);
  }
};

/** The first and last day that the change is about. */
const daysOf = (change: TimeChange): { readonly first: CivilDate; readonly last?: CivilDate } => {
  switch (change.kind) {
    case 'absence':
      return { first: civilDateOf(change.from), last: civilDateOf(change.to) };
    case 'hours':
      return { first: change.from };
    case 'departure':
      return { first: change.on };
  }
};

const inTheWayOn = (date: CivilDate, { holds }: AgendaState, staff: StaffState, calendar: CalendarState) => {
  const blocks = wantedBlocks(date, staff, calendar).map((block, index) => [String(index), { ...block, lifted: false }] as const);
  return meetingsInTheWay({ holds, blocks: Object.fromEntries(blocks) }).map(({ hold }) => hold);
};

export class ListMeetingsInTheWay extends Query<InTheWayQuery, readonly MeetingInTheWay[] | Refusal> {}

/**
 * Art. 8, A16: the meetings that the change would put in closed time, the earliest first, by the rule by which they become tasks. Of an
 * official who leaves: every meeting from that day on, also where it stood in closed time before. Refuses what the change itself is refused
 * for.
 */
export const inTheWay =
  (ports: Ports) =>
  async ({ staffId, change }: InTheWayQuery): Promise<readonly MeetingInTheWay[] | Refusal> => {
    const at = ports.clock.now();
    const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
    const decision = decisionOn(change, staff, at);
    if (isRefusal(decision)) return decision;
    const changed = fold(staffMember, decision.facts, staff);
    const { first, last } = daysOf(change);
    const [today, horizon] = [civilDateOf(at), addDays(civilDateOf(at), ports.policies['booking-horizon'].value.days)];
    const end = last === undefined || last > horizon ? horizon : last;
    const { rows } = await ports.readModels.select<AgendaDayRow>(tables.agendaDays, {
      where: [
        { column: 'staffId', is: staffId },
        { column: 'date', from: first > today ? first : today, before: addDays(end, 1) },
      ],
    });
    const holds = rows.flatMap(({ date, agenda }) => {
      const before = change.kind === 'departure' ? [] : inTheWayOn(date, agenda, staff, calendar);
      const already = new Set(before.map(({ holdId }) => holdId));
      return inTheWayOn(date, agenda, changed, calendar).filter(({ holdId }) => !already.has(holdId));
    });
    const meetings = await Promise.all(holds.map(({ ticketId, holdId }) => meetingOn(ports, ticketId, holdId)));
    return meetings.filter((meeting) => meeting !== undefined).toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1));
  };

/** What the table of the day says may be older than the ticket itself. */
const meetingOn = async (ports: Ports, ticketId: string, holdId: string): Promise<MeetingInTheWay | undefined> => {
  const ticket = await currentTicket(ports, ticketId);
  if (!stillStands(ticket) || ticket.booking.holdId !== holdId) return undefined;
  const { booking, reference, contact } = ticket;
  const applicant = ticket.restriction === undefined ? ((await ports.personalData.open(contact.name)) ?? erasedMark) : restrictedMark;
  return { ticketId, reference, slot: booking.slot, mode: booking.mode, applicant };
};
