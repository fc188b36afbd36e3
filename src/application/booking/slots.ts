import { agenda, leftSince, takenTimes } from '../../domain/agenda/agenda';
import { agendaStream } from '../../domain/agenda/facts';
import { dayAvailability, type DayAvailability, dayPlan, freeSlots, type StartBounds } from '../../domain/agenda/day-plan';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import type { CalendarState, Pause } from '../../domain/calendar/calendar';
import type { StaffState } from '../../domain/staff/staff-member';
import { type Booking, type Mode, needsOf } from '../../domain/ticket/facts';
import { firstWithLink, type LinkMaker } from '../../domain/ticket/link-by-hand';
import { stillStands } from '../../domain/ticket/ticket';
import { addDays, civilDateOf, daysBetween, plusSeconds, zone } from '../../domain/time/civil-time';
import { endOfSlot, latestStart, type Slot } from '../../domain/time/slot';
import { earliestStart } from '../../domain/agenda/lead-time';
import { Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { namesOfDamaged, unlessDamaged } from '@tichet-albastru/event-log/ports/event-store';
import { type AgendaDayRow, tables } from '../kernel/ports/tables';
import { currentAgenda, currentCalendar, currentRequest, currentStaff, currentTicket } from '../kernel/streams';
import { fullDays } from './department-day';
import { responsibleStaff } from '../requests/responsible-staff';

/** Between which starts a meeting may be booked at this instant (Art. 4, A16). */
const startBounds = ({ policies }: Pick<Ports, 'policies'>, at: Instant, calendar: CalendarState): StartBounds => ({
  earliest: earliestStart(at, policies['lead-time'], calendar),
  latest: latestStart(at, policies['booking-horizon']),
});

/** On which days the department of this person has all its meetings (policy `department-daily-cap`). */
export const fullDaysOf = async (
  ports: Ports,
  staff: StaffState,
  days: readonly [CivilDate, CivilDate],
  at: Instant,
): Promise<ReadonlySet<CivilDate>> => (staff.status === 'known' ? fullDays(ports, staff.departmentCode, days, at) : new Set());

/** How many minutes lie between two meetings of one person. */
export const gapOf = ({ policies }: Pick<Ports, 'policies'>): number => policies['meeting-gap'].value.minutes;

/** Art. 5: the official who makes the links of this person's online meetings, where they are made by hand. */
export const linkMakerOf = (
  { video, policies }: Pick<Ports, 'video' | 'policies'>,
  staff: StaffState,
  calendar: CalendarState,
): LinkMaker | undefined => (video.kind === 'manual' && policies['link-by-hand'].value !== null ? { staff, calendar } : undefined);

/** The same of a meeting in this mode with this person: online, no sooner than its link can be made (Art. 5). */
export const boundsFor = (ports: Ports, at: Instant, mode: Mode | undefined, staff: StaffState, calendar: CalendarState): StartBounds => {
  const bounds = startBounds(ports, at, calendar);
  const linkFrom = mode !== undefined && needsOf(mode).link ? onlineStart(ports, at, staff, calendar) : undefined;
  return { ...bounds, ...defined({ linkFrom }) };
};

/** Art. 5: the first start of an online meeting, where its link is made by hand; after all that may be booked, where there is none. */
const onlineStart = (ports: Ports, at: Instant, staff: StaffState, calendar: CalendarState): Instant | undefined => {
  const maker = linkMakerOf(ports, staff, calendar);
  return maker && (firstWithLink(at, maker, ports.policies) ?? endOfSlot(latestStart(at, ports.policies['booking-horizon'])));
};

const offered = 5;
const daysAround = 5;

/** What to offer to a citizen whose slot was taken: the first free starts from that day on. */
export const alternativesTo = async (
  ports: Ports,
  { staffId, mode }: { readonly staffId: string; readonly mode: Mode },
  wanted: Instant,
  at: Instant,
): Promise<readonly Instant[]> => {
  const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
  const bounds = boundsFor(ports, at, mode, staff, calendar);
  const gapMinutes = gapOf(ports);
  const full = await fullDaysOf(ports, staff, [civilDateOf(wanted), addDays(civilDateOf(wanted), daysAround)], at);
  const found: Instant[] = [];
  for (let day = 0; day <= daysAround && found.length < offered; day += 1) {
    const date = addDays(civilDateOf(wanted), day);
    const agenda = await unlessDamaged(currentAgenda(ports, staffId, date));
    // a day that cannot be read takes no booking
    if (agenda && !full.has(date))
      found.push(
        ...freeSlots(dayPlan(date, staff, calendar), takenTimes(agenda, at, { gapMinutes }), bounds).map(({ startsAt }) => startsAt),
      );
  }
  return found.slice(0, offered);
};

/**
 * The hours before the meeting, with the same person, that other citizens have left since then and that every citizen may book now: A30's
 * delay is over, 48 hours are left, the gap to other meetings and the department's day allow it, and online the link can be made. In order.
 */
export const hoursThatBecameFree = async (
  ports: Ports,
  { ticketId, booking }: { readonly ticketId: string; readonly booking: Pick<Booking, 'staffId' | 'mode' | 'slot' | 'holdId'> },
  since: Instant,
  at: Instant,
): Promise<readonly Slot[]> => {
  const { staffId, mode, slot: booked, holdId: moving } = booking;
  const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
  const bounds = boundsFor(ports, at, mode, staff, calendar);
  const [from, to] = [civilDateOf(bounds.earliest), civilDateOf(booked.startsAt)];
  if (from > to) return [];
  const [agendas, damaged] = await Promise.all([agendasOf(ports, staffId, from, to), namesOfDamaged(ports.store)]);
  const full = await fullDaysOf(ports, staff, [from, to], at);
  const between = { gapMinutes: gapOf(ports), moving };
  return (
    [...agendas]
      .filter(([date]) => !damaged.has(agendaStream(staffId, date)))
      // a meeting of that day may move within it
      .filter(([date]) => !full.has(date) || date === to)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([date, state]) =>
        freeSlots(dayPlan(date, staff, calendar), takenTimes(state, at, between), bounds).filter(
          (slot) => slot.startsAt < booked.startsAt && leftSince(state, slot, since, ticketId),
        ),
      )
  );
};

/** Whose slots: of the official who has the request, or who has the ticket that is to be moved. Dates are inclusive. */
export type SlotsQuery = {
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** A20: a civil servant looks for an hour that the citizen agrees to, which may be sooner than 48 hours */
  readonly sooner?: boolean;
} & (
  | { readonly request: RequestIdentity; /** left out: hours for a meeting in any mode */ readonly mode?: Mode }
  /** `staffId`: a head looks for an hour of another official (A3); `mode`: of a meeting that is to be held in another way */
  | { readonly ticketId: string; readonly staffId?: string; readonly mode?: Mode }
);
export type Slots = {
  readonly zone: typeof zone;
  /** the first day with a free slot among those asked for */
  readonly first: CivilDate | null;
  readonly days: readonly DayAvailability[];
  readonly slots: readonly Slot[];
  /** the first start to which the citizen need not agree (Art. 4, A20; online Art. 5) */
  readonly freelyFrom: Instant;
  /** where a person makes the links: the first start of an online meeting (Art. 5) */
  readonly onlineFrom?: Instant;
  /** A16: the pauses among these days, and what citizens read of them; left out where there is none */
  readonly pauses?: readonly PausedDays[];
};
export type PausedDays = Pick<Pause, 'from' | 'to' | 'textRo' | 'textEn'>;

/** One answer shows two months at most. */
const mostDays = 62;

export class GetSlots extends Query<SlotsQuery, Slots | Refusal> {}

/** Art. 3 c, Art. 4. The agenda decides when the slot is taken: what is listed here may be taken meanwhile. */
export const slots =
  (ports: Ports) =>
  async (asked: SlotsQuery): Promise<Slots | Refusal> => {
    const { from, to } = asked;
    if (daysBetween(from, to) < 0) return refuse('invalid', { field: 'to', reason: 'not-after-from' });
    if (daysBetween(from, to) >= mostDays) return refuse('invalid', { field: 'to', reason: 'out-of-range', maximum: mostDays });
    const at = ports.clock.now();
    const whose = 'request' in asked ? await ofRequest(ports, asked, at) : await ofTicket(ports, asked);
    if (whose === undefined) return refuse('not-eligible', { article: '1', reason: 'nobody-responsible' });
    const { staffId, mode, holdId: moving, standsOn } = whose;
    const gapMinutes = gapOf(ports);
    const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
    const [agendas, damaged] = await Promise.all([agendasOf(ports, staffId, from, to), namesOfDamaged(ports.store)]);
    const full = await fullDaysOf(ports, staff, [from, to], at);
    const freely = boundsFor(ports, at, mode, staff, calendar);
    const bounds = asked.sooner === true ? { earliest: plusSeconds(at, 1), latest: freely.latest } : freely;
    const onlineFrom = onlineStart(ports, at, staff, calendar);
    const dates = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
    const found = dates.map((date) => {
      const plan = dayPlan(date, staff, calendar);
      // a day that cannot be read takes no booking, also where the table still has hours of it
      const unread = damaged.has(agendaStream(staffId, date));
      // a meeting of that day may move within it
      const taken =
        unread || (full.has(date) && date !== standsOn)
          ? plan.windows
          : takenTimes(agendas.get(date) ?? agenda.initial, at, { gapMinutes, ...defined({ moving }) });
      return { day: dayAvailability(plan, taken, bounds), slots: freeSlots(plan, taken, bounds), pause: plan.pause };
    });
    const pauses = [...new Set(found.flatMap(({ pause }) => pause ?? []))].map(({ from: first, to: last, textRo, textEn }) => ({
      from: first,
      to: last,
      textRo,
      textEn,
    }));
    return {
      zone,
      first: found.find(({ day }) => day.free > 0)?.day.date ?? null,
      days: found.map(({ day }) => day),
      slots: found.flatMap((day) => day.slots),
      freelyFrom: [freely.earliest, freely.linkFrom ?? freely.earliest].toSorted().at(-1) ?? freely.earliest,
      ...defined({ onlineFrom }),
      ...(pauses.length === 0 ? {} : { pauses }),
    };
  };

type Whose = {
  readonly staffId: string;
  readonly mode?: Mode;
  /** of the meeting that is to move: its hold, and its day */
  readonly holdId?: string;
  readonly standsOn?: CivilDate;
};
const ofRequest = async (
  ports: Ports,
  { request: identity, mode }: { readonly request: RequestIdentity; readonly mode?: Mode },
  at: string,
): Promise<Whose | undefined> => {
  const request = await currentRequest(ports, identity);
  const responsible = request.status === 'unknown' ? undefined : await responsibleStaff(ports, request, at);
  return responsible && { staffId: responsible.staff.staffId, ...defined({ mode }) };
};
const ofTicket = async (
  ports: Ports,
  { ticketId, ...wanted }: { readonly ticketId: string; readonly staffId?: string; readonly mode?: Mode },
): Promise<Whose | undefined> => {
  const ticket = await currentTicket(ports, ticketId);
  if (!stillStands(ticket)) return undefined;
  const { staffId, mode, holdId, slot } = ticket.booking;
  return { staffId, mode, holdId, standsOn: civilDateOf(slot.startsAt), ...wanted };
};

const agendasOf = async (
  ports: Ports,
  staffId: string,
  from: CivilDate,
  to: CivilDate,
): Promise<ReadonlyMap<CivilDate, AgendaDayRow['agenda']>> => {
  const { rows } = await ports.readModels.select<AgendaDayRow>(tables.agendaDays, {
    where: [
      { column: 'staffId', is: staffId },
      { column: 'date', from, before: addDays(to, 1) },
    ],
    limit: mostDays,
  });
  return new Map(rows.map(({ date, agenda: state }) => [date, state]));
};
