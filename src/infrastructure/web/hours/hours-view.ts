import type { DayAvailability } from '../../../domain/agenda/day-plan';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { addDays, civilDateOf, secondsBetween, weekdayNumber } from '../../../domain/time/civil-time';
import type { Slot } from '../../../domain/time/slot';

/** What somebody asks to see, as the address says it, and the hours that matter to them. */
export type Wanted = {
  readonly day?: string | undefined;
  /** any day of a week */
  readonly week?: string | undefined;
  /** the hour chosen so far */
  readonly chosen?: Instant | undefined;
  /** an hour that is gone */
  readonly lost?: Instant | undefined;
};

export type HoursView = {
  readonly today: CivilDate;
  /** the first free hour of all */
  readonly first?: Instant;
  /** of the week shown; a weekend only when somebody works then */
  readonly days: readonly DayAvailability[];
  /** whose hours are listed */
  readonly day: DayAvailability | undefined;
  readonly starts: readonly Instant[];
  /** a day of the week before, or after, where there is one */
  readonly previous?: CivilDate;
  readonly next?: CivilDate;
  /** free hours near the one that is gone, in order */
  readonly nearest: readonly Instant[];
};

const monday = 1;
const saturday = 6;
const mostOffered = 5;

export const mondayOf = (date: CivilDate): CivilDate => addDays(date, monday - weekdayNumber(date));

/** The day asked for if it has hours or was asked for by name; else the first of the week that has some. */
export const dayView = (
  { days: all, slots }: { readonly days: readonly DayAvailability[]; readonly slots: readonly Slot[] },
  { day: asked }: Pick<Wanted, 'day'>,
): Pick<HoursView, 'days' | 'day' | 'starts'> => {
  const days = all.filter(({ date, free }) => weekdayNumber(date) < saturday || free > 0 || date === asked);
  const day = days.find(({ date }) => date === asked) ?? days.find(({ free }) => free > 0);
  const starts = day === undefined ? [] : slots.map(({ startsAt }) => startsAt).filter((start) => civilDateOf(start) === day.date);
  return { days, day, starts };
};

/** The free starts nearest to one that is gone, in the order of time. */
export const nearestTo = (lost: Instant, starts: readonly Instant[]): readonly Instant[] =>
  [...new Set(starts)]
    .filter((start) => start !== lost)
    .sort((a, b) => Math.abs(secondsBetween(lost, a)) - Math.abs(secondsBetween(lost, b)))
    .slice(0, mostOffered)
    .sort();
