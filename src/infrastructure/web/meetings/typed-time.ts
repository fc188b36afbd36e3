import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { atLocal, civilDateOf, isCivilDate, localTimeOf, plusMinutes } from '../../../domain/time/civil-time';

const timeForm = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * The instant of a date and a time of Romania's clocks, as people type them; `undefined` for what is no date or time, and for a time
 * that the clocks skip in March. The hour repeated in October means its first passing, in any time zone of the machine.
 */
export const instantTyped = (date: string, time: string): Instant | undefined => {
  if (!isCivilDate(date) || !timeForm.test(time)) return undefined;
  const instant = atLocal(date, time);
  return localTimeOf(instant) === time ? instant : undefined;
};

/** People type whole minutes: what they mean is within that minute, and not before something that happened during it. */
export const notBefore = (typed: Instant, earliest: Instant | undefined): Instant =>
  earliest !== undefined && typed < earliest && earliest < plusMinutes(typed, 1) ? earliest : typed;

/** What a date and a time field show for an instant. */
export const asTyped = (at: Instant): { readonly date: CivilDate; readonly time: string } => ({
  date: civilDateOf(at),
  time: localTimeOf(at),
});

/** `14:30` is so many seconds, `14` so many minutes; `undefined` for anything else. */
export const secondsTyped = (text: string): number | undefined => {
  const [, minutes = '', seconds = '0'] = /^(\d{1,4})(?::([0-5]\d))?$/.exec(text) ?? [];
  return minutes === '' ? undefined : Number(minutes) * 60 + Number(seconds);
};

/** `14:05` for 845 seconds, as the field takes it. */
export const durationView = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
