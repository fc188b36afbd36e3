import { takenTimes } from '../../domain/agenda/agenda';
import { dayPlan, freeSlots, planAllows, type StartBounds } from '../../domain/agenda/day-plan';
import type { CalendarState } from '../../domain/calendar/calendar';
import { fold } from '../../domain/kernel/decider';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '../../domain/kernel/refusal';
import { hasLeft, type KnownStaff, recordAbsence, staffMember } from '../../domain/staff/staff-member';
import { isTold } from '../../domain/ticket/changes';
import type { ChangeReason, Mode } from '../../domain/ticket/facts';
import { type RequestedTicket, stillStands } from '../../domain/ticket/ticket';
import { addDays, civilDateOf, minutesBetween, plusMinutes } from '../../domain/time/civil-time';
import { type Slot, slotMinutes } from '../../domain/time/slot';
import { reassignTicket, rescheduleTicket } from './move-meeting';
import { boundsFor, fullDaysOf, gapOf } from './slots';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import { unlessDamaged } from '../kernel/ports/event-store';
import { erasedMark, restrictedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { type AgendaDayRow, type StaffDirectoryRow, tables } from '../kernel/ports/tables';
import { currentAgenda, currentCalendar, currentStaff, currentTicket } from '../kernel/streams';
import { inTheWay, type MeetingInTheWay } from '../staff/in-the-way';
import { recordAbsence as recordAbsenceUseCase, type RecordAbsenceInput } from '../staff/record-absence';

/** Where a meeting that an absence is in the way of may go: to a colleague at its hour, or to another hour of the same person. */
export type WayOut =
  { readonly kind: 'deputy'; readonly staffId: string; readonly name: string } | { readonly kind: 'hour'; readonly startsAt: Instant };
/** The first way is the one proposed. */
export type MeetingToMove = MeetingInTheWay & { readonly ways: readonly WayOut[] };

export type AbsencePlanQuery = {
  readonly staffId: string;
  readonly from: Instant;
  readonly to: Instant;
  /** whether whoever asks may give meetings to colleagues (A3) */
  readonly mayHandOn: boolean;
};

export class PlanAbsence extends Query<AbsencePlanQuery, readonly MeetingToMove[] | Refusal> {}

/** How many hours are offered for one meeting beside the one proposed. */
const furtherHours = 4;

type Known = { readonly calendar: CalendarState; readonly at: Instant };

/** Colleagues of the department who are there, by their ids. */
const colleaguesOf = async (ports: Ports, { staffId, departmentCode }: KnownStaff, at: Instant): Promise<readonly KnownStaff[]> => {
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'departmentCode', is: departmentCode }],
  });
  const known = await Promise.all(rows.map((row) => currentStaff(ports, row.staffId)));
  return known
    .filter((one): one is KnownStaff => one.status === 'known' && one.staffId !== staffId && !hasLeft(one, civilDateOf(at)))
    .toSorted((a, b) => (a.staffId < b.staffId ? -1 : 1));
};

const isFree = async (ports: Ports, colleague: KnownStaff, slot: Slot, { calendar, at }: Known): Promise<boolean> => {
  const date = civilDateOf(slot.startsAt);
  if (!planAllows(dayPlan(date, colleague, calendar), slot)) return false;
  const agenda = await unlessDamaged(currentAgenda(ports, colleague.staffId, date));
  // nobody can book on a day that cannot be read
  if (agenda === undefined) return false;
  const taken = takenTimes(agenda, at, { gapMinutes: gapOf(ports) });
  return !taken.some(({ from, to }) => slot.startsAt < to && from < slot.endsAt);
};

/** The free hours of somebody from an instant on, in order, with the gap between any two: each is proposed for another meeting. */
async function* hoursFrom(ports: Ports, staff: KnownStaff, bounds: StartBounds, { calendar, at }: Known): AsyncIterable<Instant> {
  const gapMinutes = gapOf(ports);
  const full = await fullDaysOf(ports, staff, [civilDateOf(bounds.earliest), civilDateOf(bounds.latest)], at);
  let from = bounds.earliest;
  for (let date = civilDateOf(bounds.earliest); date <= civilDateOf(bounds.latest); date = addDays(date, 1)) {
    const agenda = full.has(date) ? undefined : await unlessDamaged(currentAgenda(ports, staff.staffId, date));
    if (agenda === undefined) continue;
    for (const { startsAt, endsAt } of freeSlots(dayPlan(date, staff, calendar), takenTimes(agenda, at, { gapMinutes }), bounds)) {
      if (startsAt < from) continue;
      from = plusMinutes(endsAt, gapMinutes);
      yield startsAt;
    }
  }
}

/** So many of them. */
const someHours = async (hours: AsyncIterable<Instant>, count: number): Promise<readonly Instant[]> => {
  const some: Instant[] = [];
  for await (const hour of hours) {
    some.push(hour);
    if (some.length >= count) break;
  }
  return some;
};

/**
 * Art. 8. For every meeting that the absence would be in the way of, where it may go: a colleague of the department who is free at its hour,
 * whoever has the fewest of them first; and the person's next hours once they are back, each proposed for one meeting only.
 * Nothing is changed by asking. Refuses what the absence itself is refused for.
 */
export const planAbsence =
  (ports: Ports) =>
  async ({ staffId, from, to, mayHandOn }: AbsencePlanQuery): Promise<readonly MeetingToMove[] | Refusal> => {
    const at = ports.clock.now();
    const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
    const meetings = await inTheWay(ports)({ staffId, change: { kind: 'absence', from, to } });
    if (isRefusal(meetings)) return meetings;
    const decision = recordAbsence({ absenceId: 'asked', from, to, reason: personal('staff', ''), at }, staff);
    if (isRefusal(decision) || staff.status === 'unknown') return isRefusal(decision) ? decision : refuse('not-found');
    const away = fold(staffMember, decision.facts, staff);
    if (away.status === 'unknown') return refuse('not-found');
    const known = { calendar, at };
    const colleagues = mayHandOn ? await colleaguesOf(ports, staff, at) : [];
    const hoursIn = async (mode: Mode): Promise<readonly Instant[]> => {
      const bounds = boundsFor(ports, at, mode, away, calendar);
      const earliest = to > bounds.earliest ? to : bounds.earliest;
      return someHours(hoursFrom(ports, away, { ...bounds, earliest }, known), meetings.length + furtherHours);
    };
    // an online meeting needs time for its link, where a person makes it (Art. 5)
    const hours = new Map<Mode, readonly Instant[]>();
    for (const { mode } of meetings) if (!hours.has(mode)) hours.set(mode, await hoursIn(mode));
    const proposed = new Set<Instant>();
    const given = new Map<string, number>();
    const planned: MeetingToMove[] = [];
    for (const meeting of meetings) {
      const free: KnownStaff[] = [];
      for (const colleague of colleagues) if (await isFree(ports, colleague, meeting.slot, known)) free.push(colleague);
      const deputies = free.toSorted((a, b) => (given.get(a.staffId) ?? 0) - (given.get(b.staffId) ?? 0));
      const [first] = deputies;
      if (first !== undefined) given.set(first.staffId, (given.get(first.staffId) ?? 0) + 1);
      const inItsMode = hours.get(meeting.mode) ?? [];
      const isApart = (hour: Instant) =>
        [...proposed].every((other) => Math.abs(minutesBetween(other, hour)) >= slotMinutes + gapOf(ports));
      const left = inItsMode.filter(isApart);
      const own = [...left, ...inItsMode.filter((hour) => !isApart(hour))].slice(0, furtherHours + 1);
      for (const next of left.slice(0, 1)) proposed.add(next);
      planned.push({
        ...meeting,
        ways: [
          ...(await Promise.all(
            deputies.map(async ({ staffId: deputy, name }) => ({
              kind: 'deputy' as const,
              staffId: deputy,
              name: (await ports.personalData.open(name)) ?? erasedMark,
            })),
          )),
          ...own.map((startsAt) => ({ kind: 'hour' as const, startsAt })),
        ],
      });
    }
    return planned;
  };

/** What somebody confirmed for one meeting. */
export type ConfirmedMove = { readonly ticketId: string } & (
  { readonly kind: 'deputy'; readonly staffId: string } | { readonly kind: 'hour'; readonly startsAt: string }
);
export type ArrangeAbsenceInput = RecordAbsenceInput & {
  readonly moves: readonly ConfirmedMove[];
  /** A20: why, as the citizens are told; of the absence itself they are told nothing else */
  readonly because: ChangeReason;
  /** the same in words, for those who meet somebody else (A3) */
  readonly becauseInWords: string;
};
/** A meeting that could not be moved: its hour was taken meanwhile, or somebody else moved it. */
export type MeetingLeft = { readonly ticketId: string; readonly code: RefusalCode };

export class ArrangeAbsence extends Command<
  ArrangeAbsenceInput,
  Done<{ readonly staffId: string; readonly absenceId: string; readonly moved: number; readonly left: readonly MeetingLeft[] }>
> {}

/**
 * Art. 8 (A3, A16, A20). An absence, and in one act where each meeting in its way goes: by the rules of every move, and told by its letter.
 * What cannot be moved any more stays where it is, and becomes a task. The same command again moves nothing twice.
 */
export const arrangeAbsence =
  (ports: Ports) =>
  async (context: CommandContext, { moves, because, becauseInWords, ...absence }: ArrangeAbsenceInput) => {
    const recorded = await recordAbsenceUseCase(ports)(context, absence);
    if (isRefusal(recorded)) return recorded;
    let reached = recorded.position;
    const left: MeetingLeft[] = [];
    for (const move of moves) {
      const { ticketId } = move;
      const holdId = ports.identifiers.derive(context.commandId, 'absence-move', ticketId);
      const ofMove = { ...context, commandId: ports.identifiers.derive(context.commandId, 'absence', ticketId) };
      const moving =
        move.kind === 'deputy'
          ? reassignTicket(ports)(ofMove, { ticketId, holdId, staffId: move.staffId, reason: becauseInWords })
          : rescheduleTicket(ports)(ofMove, { ticketId, holdId, startsAt: move.startsAt, by: 'staff', reason: because });
      // where a day or a ticket cannot be read, the others are moved all the same
      const moved = (await unlessDamaged(moving)) ?? refuse('conflict');
      if (isRefusal(moved)) left.push({ ticketId, code: moved.code });
      else if (moved.position > reached) reached = moved.position;
    }
    return done({ ...recorded.value, moved: moves.length - left.length, left }, reached);
  };

/** A meeting that an absence is, or was, in the way of, as it stands now. */
export type MeetingOfAbsence = {
  readonly ticketId: string;
  readonly reference: string;
  readonly applicant: string;
  readonly slot: Slot;
  /** whom the citizen meets now */
  readonly meets: string;
  /** it still stands where nobody will be */
  readonly waits: boolean;
  /** whether the citizen knows (A21), a letter is on its way, or somebody has to call */
  readonly telling: 'told' | 'letter' | 'call';
  /** to call */
  readonly phone?: string;
};
export type AbsenceFollowed = { readonly from: Instant; readonly to: Instant; readonly meetings: readonly MeetingOfAbsence[] };

export class FollowAbsence extends Query<{ readonly staffId: string; readonly absenceId: string }, AbsenceFollowed | Refusal> {}

/** Art. 8: what became of the meetings of an absence: those that wait for somebody, and those whose citizens nobody has reached yet. */
export const followAbsence =
  (ports: Ports) =>
  async ({ staffId, absenceId }: { readonly staffId: string; readonly absenceId: string }): Promise<AbsenceFollowed | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    const absence = staff.status === 'unknown' ? undefined : staff.absences.find((one) => one.absenceId === absenceId);
    if (absence === undefined) return refuse('not-found');
    const { from, to } = absence;
    const { rows } = await ports.readModels.select<AgendaDayRow>(tables.agendaDays, {
      where: [
        { column: 'staffId', is: staffId },
        { column: 'date', from: civilDateOf(from), before: addDays(civilDateOf(to), 1) },
      ],
    });
    const holds = rows
      .flatMap(({ agenda }) => Object.values(agenda.holds))
      .filter(({ slot, standing }) => slot.startsAt < to && from < slot.endsAt && standing !== 'held' && standing !== 'overwritten');
    const found = await Promise.all(holds.map(({ ticketId, holdId }) => meetingOf(ports, ticketId, holdId)));
    const meetings = found.filter((meeting) => meeting !== undefined).toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1));
    return { from, to, meetings };
  };

const meetingOf = async (ports: Ports, ticketId: string, holdId: string): Promise<MeetingOfAbsence | undefined> => {
  const ticket = await currentTicket(ports, ticketId);
  if (!stillStands(ticket)) return undefined;
  const waits = ticket.booking.holdId === holdId;
  const movedByStaff = ticket.left.some((place) => place.holdId === holdId && place.by === 'staff');
  return waits || movedByStaff ? view(ports, ticketId, ticket, waits) : undefined;
};

/** A letter that came back reached nobody, and nobody answers for one that was never sent. */
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
  const phone = telling === 'call' && contact.phone !== undefined ? await ports.personalData.open(contact.phone) : undefined;
  return {
    ticketId,
    reference,
    applicant: restriction === undefined ? ((await ports.personalData.open(contact.name)) ?? erasedMark) : restrictedMark,
    slot: booking.slot,
    meets: meets.status === 'unknown' ? '' : ((await ports.personalData.open(meets.name)) ?? erasedMark),
    waits,
    telling,
    ...defined({ phone }),
  };
};
