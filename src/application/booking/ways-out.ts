import { takenTimes } from '../../domain/agenda/agenda';
import { dayPlan, freeSlots, planAllows, type StartBounds } from '../../domain/agenda/day-plan';
import type { CalendarState } from '../../domain/calendar/calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, type RefusalCode, refuse } from '../../domain/kernel/refusal';
import { type DeputyFor, deputyFor } from '../../domain/staff/deputies';
import { hasLeft, type KnownStaff } from '../../domain/staff/staff-member';
import type { ChangeReason, Mode } from '../../domain/ticket/facts';
import { addDays, civilDateOf, minutesBetween, plusMinutes } from '../../domain/time/civil-time';
import { type Slot, slotMinutes } from '../../domain/time/slot';
import type { CommandContext } from '../kernel/execute';
import { unlessDamaged } from '@tichet-albastru/event-log/ports/event-store';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../kernel/ports/tables';
import { currentAgenda, currentCalendar, currentStaff } from '../kernel/streams';
import type { MeetingInTheWay } from '../staff/in-the-way';
import { reassignTicket, rescheduleTicket } from './move-meeting';
import { boundsFor, fullDaysOf, gapOf } from './slots';

export type Person = { readonly staffId: string; readonly name: string };
/**
 * Where a meeting may go whose person is away: to a colleague at its hour, or to another hour;
 * of the same person, or of the colleague named `with` where the person does not come back.
 */
export type WayOut =
  /** `named`: the colleague named to stand in for the person, or for the department, on that day (A3) */
  | ({ readonly kind: 'deputy'; readonly named?: Exclude<DeputyFor, 'colleague'> } & Person)
  | { readonly kind: 'hour'; readonly startsAt: Instant; readonly with?: Person };
/** The first way is the one proposed. */
export type MeetingToMove = MeetingInTheWay & { readonly ways: readonly WayOut[] };

/** How many hours are offered for one meeting beside the one proposed. */
const furtherHours = 4;

/** Whose turn it is first. */
const nearest: readonly DeputyFor[] = ['person', 'department', 'colleague'];

type Known = { readonly calendar: CalendarState; readonly at: Instant };

/** Colleagues of the department who are there, by their ids. */
const colleaguesOf = async (ports: Ports, { staffId, departmentCode }: KnownStaff, at: Instant): Promise<readonly KnownStaff[]> => {
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'departmentCode', is: departmentCode }],
  });
  const known = await Promise.all(rows.map((row) => currentStaff(ports, row.staffId)));
  return (
    known
      .filter((one): one is KnownStaff => one.status === 'known' && one.staffId !== staffId && !hasLeft(one, civilDateOf(at)))
      // the table may be behind a colleague's change of department
      .filter((one) => one.departmentCode === departmentCode)
      .toSorted((a, b) => (a.staffId < b.staffId ? -1 : 1))
  );
};

const isFree = async (ports: Ports, colleague: KnownStaff, slot: Slot, { calendar, at }: Known): Promise<boolean> => {
  const date = civilDateOf(slot.startsAt);
  if (!planAllows(dayPlan(date, colleague, calendar), slot)) return false;
  const agenda = await unlessDamaged(currentAgenda(ports, colleague.staffId, date));
  // a day that cannot be read takes no booking
  if (agenda === undefined) return false;
  const taken = takenTimes(agenda, at, { gapMinutes: gapOf(ports) });
  return !taken.some(({ from, to }) => slot.startsAt < to && from < slot.endsAt);
};

/** The free hours of an official from an instant on, in order, with the gap between any two: each is proposed for another meeting. */
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

type Away = {
  /** with the absence, or without any day after the last one */
  readonly staff: KnownStaff;
  /** from when on they are back; left out where they are not */
  readonly backAt?: Instant;
  /** whether the caller may give meetings to colleagues (A3) */
  readonly mayHandOn: boolean;
};
/** An hour of an official. */
type Place = { readonly staffId: string; readonly startsAt: Instant };

/**
 * Art. 8. Where each of these meetings may go. First a colleague of the department who is free at its hour: before all the one named to
 * stand in for the person, then the one named for the department (A3), and among equals the one with the fewest of these meetings. Then the
 * person's next hours once they are back. An official who does not come back has none: where no colleague is free at the hour, the next
 * hours of colleagues are proposed. Each hour is proposed for one meeting only. Nothing is changed by asking.
 */
export const waysOut = async (
  ports: Ports,
  { staff, backAt, mayHandOn }: Away,
  meetings: readonly MeetingInTheWay[],
): Promise<readonly MeetingToMove[]> => {
  const at = ports.clock.now();
  const known = { calendar: await currentCalendar(ports), at };
  const colleagues = mayHandOn ? await colleaguesOf(ports, staff, at) : [];
  const nameOf = async ({ staffId, name }: KnownStaff): Promise<Person> => ({
    staffId,
    name: (await ports.personalData.open(name)) ?? erasedMark,
  });
  const named = new Map(await Promise.all(colleagues.map(async (one) => [one.staffId, await nameOf(one)] as const)));
  const free = new Map<string, readonly KnownStaff[]>();
  for (const { ticketId, slot } of meetings) {
    const there: KnownStaff[] = [];
    for (const colleague of colleagues) if (await isFree(ports, colleague, slot, known)) there.push(colleague);
    free.set(ticketId, there);
  }
  const given = new Map<string, number>();
  const proposed: Place[] = [];
  const deputies = new Map<string, readonly KnownStaff[]>();
  for (const { ticketId, slot } of meetings) {
    const rank = (one: KnownStaff): number => nearest.indexOf(deputyFor(one, staff, civilDateOf(slot.startsAt)));
    const ordered = (free.get(ticketId) ?? []).toSorted(
      (a, b) => rank(a) - rank(b) || (given.get(a.staffId) ?? 0) - (given.get(b.staffId) ?? 0),
    );
    deputies.set(ticketId, ordered);
    for (const { staffId } of ordered.slice(0, 1)) {
      given.set(staffId, (given.get(staffId) ?? 0) + 1);
      proposed.push({ staffId, startsAt: slot.startsAt });
    }
  }
  // an online meeting needs time for its link, where a person makes it (Art. 5)
  const places = new Map<Mode, readonly Place[]>();
  const placesIn = async (mode: Mode): Promise<readonly Place[]> => {
    const inMode =
      places.get(mode) ?? (await placesFor(ports, mode, { staff, colleagues, ...defined({ backAt }) }, meetings.length, known));
    places.set(mode, inMode);
    return inMode;
  };
  const isApart = ({ staffId, startsAt }: Place): boolean =>
    proposed.every(
      (other) => other.staffId !== staffId || Math.abs(minutesBetween(other.startsAt, startsAt)) >= slotMinutes + gapOf(ports),
    );
  const planned: MeetingToMove[] = [];
  for (const meeting of meetings) {
    const ordered = deputies.get(meeting.ticketId) ?? [];
    const hours = backAt === undefined && ordered.length > 0 ? [] : await placesIn(meeting.mode);
    const left = hours.filter(isApart);
    const offered = [...left, ...hours.filter((place) => !isApart(place))].slice(0, furtherHours + 1);
    proposed.push(...left.slice(0, 1));
    planned.push({
      ...meeting,
      ways: [
        ...ordered.flatMap((colleague) => {
          const person = named.get(colleague.staffId);
          const standing = deputyFor(colleague, staff, civilDateOf(meeting.slot.startsAt));
          const as = standing === 'colleague' ? {} : { named: standing };
          return person === undefined ? [] : [{ kind: 'deputy' as const, ...person, ...as }];
        }),
        ...offered.map(({ staffId, startsAt }) => ({ kind: 'hour' as const, startsAt, ...defined({ with: named.get(staffId) }) })),
      ],
    });
  }
  return planned;
};

/** The next hours at which a meeting in this mode may be held, in order: the person's own, or those of colleagues. */
const placesFor = async (
  ports: Ports,
  mode: Mode,
  { staff, backAt, colleagues }: Pick<Away, 'staff' | 'backAt'> & { readonly colleagues: readonly KnownStaff[] },
  meetings: number,
  known: Known,
): Promise<readonly Place[]> => {
  const found: Place[] = [];
  for (const one of backAt === undefined ? colleagues : [staff]) {
    const bounds = boundsFor(ports, known.at, mode, one, known.calendar);
    const earliest = backAt !== undefined && backAt > bounds.earliest ? backAt : bounds.earliest;
    const hours = await someHours(hoursFrom(ports, one, { ...bounds, earliest }, known), meetings + furtherHours);
    found.push(...hours.map((startsAt) => ({ staffId: one.staffId, startsAt })));
  }
  return found.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
};

/** What was confirmed for one meeting; an hour without `staffId` is one of the same person. */
export type ConfirmedMove = { readonly ticketId: string } & (
  { readonly kind: 'deputy'; readonly staffId: string } | { readonly kind: 'hour'; readonly startsAt: string; readonly staffId?: string }
);
export type ConfirmedMoves = {
  readonly moves: readonly ConfirmedMove[];
  /** A20: why, as the citizens are told; of the absence itself they are told nothing else */
  readonly because: ChangeReason;
  /** the same in words, for citizens who meet another official (A3) */
  readonly becauseInWords: string;
};
/** A meeting that could not be moved: its hour was taken meanwhile, or another user moved it. */
export type MeetingLeft = { readonly ticketId: string; readonly code: RefusalCode };
type Moved = { readonly moved: number; readonly left: readonly MeetingLeft[]; readonly reached: string };

/**
 * Art. 8 (A3, A20). Moves each as it was confirmed, by the rules of every move, and told by its letter.
 * What cannot be moved any more stays where it is. The same command again moves nothing twice.
 */
export const moveAll = async (
  ports: Ports,
  context: CommandContext,
  { moves, because, becauseInWords }: ConfirmedMoves,
  since: string,
): Promise<Moved> => {
  let reached = since;
  const left: MeetingLeft[] = [];
  // of a ticket that is named twice the first counts
  const ofEach = moves.filter(({ ticketId }, index) => moves.findIndex((other) => other.ticketId === ticketId) === index);
  for (const move of ofEach) {
    const { ticketId } = move;
    const holdId = ports.identifiers.derive(context.commandId, 'absence-move', ticketId);
    const ofMove = { ...context, commandId: ports.identifiers.derive(context.commandId, 'absence', ticketId) };
    const isToSomebodyElse = move.kind === 'hour' && move.staffId !== undefined;
    const inWords = because === 'other' || isToSomebodyElse ? { reasonText: becauseInWords } : {};
    const moving =
      move.kind === 'deputy'
        ? reassignTicket(ports)(ofMove, { ticketId, holdId, staffId: move.staffId, reason: becauseInWords })
        : rescheduleTicket(ports)(ofMove, {
            ticketId,
            holdId,
            startsAt: move.startsAt,
            by: 'staff',
            reason: because,
            ...inWords,
            ...defined({ staffId: move.staffId }),
          });
    // where a day or a ticket cannot be read, the others are moved all the same
    const moved = (await unlessDamaged(moving)) ?? refuse('conflict');
    if (isRefusal(moved)) left.push({ ticketId, code: moved.code });
    else if (moved.position > reached) reached = moved.position;
  }
  return { moved: ofEach.length - left.length, left, reached };
};
