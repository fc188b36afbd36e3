import type { CivilDate, Instant } from '../kernel/fact';
import { addDays, civilDateOf, instantAt, millisecondsOf } from './civil-time';

const hourMilliseconds = 3_600_000;

/**
 * The instant at which so many hours of work have passed since `from`.
 * @param windowsOn when work is done on a day, in order and without overlap; `from` inclusive, `to` exclusive
 * @returns undefined where the days up to `lastDay`, which counts, have not so much work
 */
export const afterWork = (
  from: Instant,
  hours: number,
  windowsOn: (date: CivilDate) => readonly { readonly from: Instant; readonly to: Instant }[],
  lastDay: CivilDate,
): Instant | undefined => {
  const since = millisecondsOf(from);
  let left = hours * hourMilliseconds;
  if (left === 0) return from;
  for (let date = civilDateOf(from); date <= lastDay; date = addDays(date, 1)) {
    for (const window of windowsOn(date)) {
      const start = Math.max(millisecondsOf(window.from), since);
      const worked = millisecondsOf(window.to) - start;
      if (worked >= left) return instantAt(start + left);
      left -= Math.max(0, worked);
    }
  }
  return undefined;
};
