import { agenda, takenTimes } from '../../domain/agenda/agenda';
import { agendaStream } from '../../domain/agenda/facts';
import { dayAvailability, type DayAvailability, dayPlan, freeSlots, type StartBounds } from '../../domain/agenda/day-plan';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { stillStands } from '../../domain/ticket/ticket';
import { addDays, civilDateOf, daysBetween, plusSeconds, zone } from '../../domain/time/civil-time';
import { earliestStart, latestStart, type Slot } from '../../domain/time/slot';
import { Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { namesOfDamaged, unlessDamaged } from '../kernel/ports/event-store';
import { type AgendaDayRow, tables } from '../kernel/ports/tables';
import { currentAgenda, currentCalendar, currentRequest, currentStaff, currentTicket } from '../kernel/streams';
import { responsibleStaff } from '../requests/responsible-staff';

/** Between which starts a meeting may be booked at this instant (Art. 4, A16). */
export const startBounds = ({ policies }: Pick<Ports, 'policies'>, at: Instant): StartBounds => ({
  earliest: earliestStart(at, policies['lead-time']),
  latest: latestStart(at, policies['booking-horizon']),
});

const offered = 5;
const daysAround = 5;

/** What to offer to somebody whose slot was taken: the first free starts from that day on. */
export const alternativesTo = async (ports: Ports, staffId: string, wanted: Instant, at: Instant): Promise<readonly Instant[]> => {
  const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
  const bounds = startBounds(ports, at);
  const found: Instant[] = [];
  for (let day = 0; day <= daysAround && found.length < offered; day += 1) {
    const date = addDays(civilDateOf(wanted), day);
    const agenda = await unlessDamaged(currentAgenda(ports, staffId, date));
    // nobody can book on a day that cannot be read
    if (agenda) found.push(...freeSlots(dayPlan(date, staff, calendar), takenTimes(agenda, at), bounds).map(({ startsAt }) => startsAt));
  }
  return found.slice(0, offered);
};

/** Whose slots: of whoever has the request, or of whoever has the ticket that is to be moved. Dates are inclusive. */
export type SlotsQuery = {
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** A20: a civil servant looks for an hour that the citizen agrees to, which may be sooner than 48 hours */
  readonly sooner?: boolean;
} & ({ readonly request: RequestIdentity } | { readonly ticketId: string });
export type Slots = {
  readonly zone: typeof zone;
  /** the first day with a free slot among those asked for */
  readonly first: CivilDate | null;
  readonly days: readonly DayAvailability[];
  readonly slots: readonly Slot[];
};

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
    const staffId = 'request' in asked ? await ofRequest(ports, asked.request, at) : await ofTicket(ports, asked.ticketId);
    if (staffId === undefined) return refuse('not-eligible', { article: '1', reason: 'nobody-responsible' });
    const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
    const [agendas, damaged] = await Promise.all([agendasOf(ports, staffId, from, to), namesOfDamaged(ports.store)]);
    const bounds = asked.sooner === true ? { ...startBounds(ports, at), earliest: plusSeconds(at, 1) } : startBounds(ports, at);
    const dates = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
    const found = dates.map((date) => {
      const plan = dayPlan(date, staff, calendar);
      // nobody can book on a day that cannot be read, whatever the table has kept of it
      const unread = damaged.has(agendaStream(staffId, date));
      const taken = unread ? plan.windows : takenTimes(agendas.get(date) ?? agenda.initial, at);
      return { day: dayAvailability(plan, taken, bounds), slots: freeSlots(plan, taken, bounds) };
    });
    return {
      zone,
      first: found.find(({ day }) => day.free > 0)?.day.date ?? null,
      days: found.map(({ day }) => day),
      slots: found.flatMap((day) => day.slots),
    };
  };

const ofRequest = async (ports: Ports, identity: RequestIdentity, at: string): Promise<string | undefined> => {
  const request = await currentRequest(ports, identity);
  return request.status === 'unknown' ? undefined : (await responsibleStaff(ports, request, at))?.staff.staffId;
};
const ofTicket = async (ports: Ports, ticketId: string): Promise<string | undefined> => {
  const ticket = await currentTicket(ports, ticketId);
  return stillStands(ticket) ? ticket.booking.staffId : undefined;
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
