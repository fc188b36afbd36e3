import { dayPlan, freeSlots, type StartBounds } from '../../domain/agenda/day-plan';
import { takenTimes } from '../../domain/agenda/agenda';
import type { Instant } from '../../domain/kernel/fact';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import { earliestStart, latestStart } from '../../domain/time/slot';
import { currentAgenda, currentCalendar, currentStaff } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';

/** Between which starts a meeting may be booked at this instant (Art. 4, A16). */
export const startBounds = ({ policies }: Pick<Ports, 'policies'>, at: Instant): StartBounds => ({
  earliest: earliestStart(at, policies['lead-time']),
  latest: latestStart(at, policies['booking-horizon']),
});

const offered = 5;
const daysAround = 5;

/** What to offer to somebody whose slot was taken: the first free starts from that day on. */
export const alternativesTo = async (ports: Ports, staffId: string, wanted: Instant, at: Instant): Promise<readonly Instant[]> => {
  const [staff, calendar] = [await currentStaff(ports, staffId), await currentCalendar(ports)];
  const bounds = startBounds(ports, at);
  const found: Instant[] = [];
  for (let day = 0; day <= daysAround && found.length < offered; day += 1) {
    const date = addDays(civilDateOf(wanted), day);
    const agenda = await currentAgenda(ports, staffId, date);
    found.push(...freeSlots(dayPlan(date, staff, calendar), takenTimes(agenda, at), bounds).map(({ startsAt }) => startsAt));
  }
  return found.slice(0, offered);
};
