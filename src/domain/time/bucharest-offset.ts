import { IANAZone } from 'luxon';
import { dayMilliseconds } from './instant-arithmetic';

/** Every civil date and wall time of the procedure is of this zone. */
export const zone = 'Europe/Bucharest';

const bucharest = IANAZone.create(zone);
const minuteMilliseconds = 60_000;

/** Days of UTC whose offset is known, and is the same from end to end. A pure function's memory: it never says anything else. */
const wholeDays = new Map<number, number>();

const exactly = (milliseconds: number): number => bucharest.offset(milliseconds) * minuteMilliseconds;

/** How many milliseconds the clocks of Bucharest are ahead of UTC at this instant. Asking the zone anew each time costs microseconds. */
export const offsetAt = (milliseconds: number): number => {
  const day = Math.floor(milliseconds / dayMilliseconds);
  const known = wholeDays.get(day);
  if (known !== undefined) return known;
  const offset = exactly(milliseconds);
  const [atStart, atEnd] = [exactly(day * dayMilliseconds), exactly((day + 1) * dayMilliseconds)];
  // The clocks never change twice within one day.
  if (atStart === offset && atEnd === offset) wholeDays.set(day, offset);
  return offset;
};
