import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, minutesBetween, plusSeconds, startOfDay } from '../../../domain/time/civil-time';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

/** How long between two moments, in the largest unit that says enough: `2 ore`, `20 de minute`. */
export const howLong = (from: Instant, to: Instant, locale: Locale): string => {
  const minutes = Math.max(1, Math.round(Math.abs(minutesBetween(from, to))));
  if (minutes < 90) return sentences[locale].office.timeLeft.minutes({ count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? sentences[locale].office.timeLeft.hours({ count: hours })
    : sentences[locale].office.timeLeft.days({ count: Math.round(hours / 24) });
};

/** The day to which a due time belongs: midnight is the end of a day, not the beginning of the next. */
export const dayOfDue = (dueAt: Instant): CivilDate => civilDateOf(plusSeconds(dueAt, -0.001));

/** `vineri, 12 martie, 24:00`: a due time is the end of something. */
export const dueInWords = (dueAt: Instant, locale: Locale): string => {
  const isMidnight = startOfDay(civilDateOf(dueAt)) === dueAt;
  return `${dayAndMonth(dayOfDue(dueAt), locale)}, ${isMidnight ? '24:00' : hour(dueAt)}`;
};
