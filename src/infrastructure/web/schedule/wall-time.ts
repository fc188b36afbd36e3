import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { atLocal, civilDateOf, isCivilDate, localTimeOf, plusHours, startOfDay, startOfNextDay } from '../../../domain/time/civil-time';

/** What is wrong with a date or a time as it was typed. `skipped`: the clocks jump over it in March. */
export type WallFault = 'date-missing' | 'date-wrong' | 'time-wrong' | 'time-skipped';
/** `repeated`: the clocks show this time twice, in October. */
export type WallMoment = { readonly instant: Instant; readonly repeated: boolean };

const romanianDate = /^(?<day>\d{1,2})[./](?<month>\d{1,2})[./](?<year>\d{4})$/;
const wallTime = /^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2})(?::\d{2})?)?$/;
const twoDigits = (text = '0'): string => text.padStart(2, '0');

/** `2027-03-09` as browsers send it, or `9.3.2027` as one types where a browser has no field for dates. */
export const typedDate = (text: string): CivilDate | undefined => {
  const groups = romanianDate.exec(text)?.groups;
  const date = groups === undefined ? text : `${groups['year'] ?? ''}-${twoDigits(groups['month'])}-${twoDigits(groups['day'])}`;
  return isCivilDate(date) ? date : undefined;
};

/** `HH:mm` of `8`, `8:00`, `8.00` and `08:00`. */
export const typedTime = (text: string): string | undefined => {
  const groups = wallTime.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const [hour, minute] = [twoDigits(groups['hour']), twoDigits(groups['minute'])];
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour}:${minute}` : undefined;
};

const wholeDay = { from: startOfDay, to: startOfNextDay } as const;

/**
 * The instant of a date and a time in Romania. Without a time: the beginning of the day, or for an end its 24:00.
 * Of an hour that is repeated in October the first passing begins and the second ends, so that nothing that was meant is left out.
 */
export const wallMoment = (end: 'from' | 'to', dateText: string, timeText: string): WallMoment | WallFault => {
  if (dateText === '') return 'date-missing';
  const date = typedDate(dateText);
  if (date === undefined) return 'date-wrong';
  if (timeText === '') return { instant: wholeDay[end](date), repeated: false };
  const time = typedTime(timeText);
  if (time === undefined) return 'time-wrong';
  const first = atLocal(date, time);
  if (localTimeOf(first) !== time) return 'time-skipped';
  const second = plusHours(first, 1);
  const repeated = localTimeOf(second) === time && civilDateOf(second) === date;
  return { instant: repeated && end === 'to' ? second : first, repeated };
};
