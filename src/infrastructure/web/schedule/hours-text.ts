import type { Weekday, WeeklyHours } from '../../../domain/staff/facts';
import { weekdays } from '../../../domain/staff/staff-member';
import { typedTime } from './wall-time';

type Stretch = readonly [string, string];

/** `08:00–12:00, 13:00–16:00`; empty for a day that is not worked. */
export const hoursInText = (stretches: readonly Stretch[] = []): string => stretches.map(([from, to]) => `${from}–${to}`).join(', ');

const between = /\s*(?:-|–|—|până la|to)\s*/;

const stretchOf = (text: string): Stretch | undefined => {
  const [from = '', to = '', ...more] = text.split(between).map((part) => typedTime(part.trim()));
  return from === '' || to === '' || more.length > 0 ? undefined : [from, to];
};

/** What was typed for one day; `undefined` when it cannot be read. Whether such hours can be is for the domain to say. */
export const typedHours = (text: string): readonly Stretch[] | undefined => {
  if (text.trim() === '') return [];
  const stretches = text.split(/[,;]|\s(?:și|and)\s/).map((part) => stretchOf(part.trim()));
  return stretches.every((stretch) => stretch !== undefined) ? stretches : undefined;
};

/** A week as typed, and the days that could not be read. */
export const typedWeek = (textOf: (day: Weekday) => string): { readonly week: WeeklyHours; readonly unread: readonly Weekday[] } => {
  const read = weekdays.map((day) => [day, typedHours(textOf(day))] as const);
  return {
    week: Object.fromEntries(read.filter(([, stretches]) => stretches !== undefined && stretches.length > 0)),
    unread: read.filter(([, stretches]) => stretches === undefined).map(([day]) => day),
  };
};
