import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { localTimeOf, plusSeconds } from '../../../domain/time/civil-time';
import { dateAndHour, longDate } from '../../phrasing/words/dates';

/** Terms that end with a day end at its 24:00, which nobody should read as the next day's morning. */
export const dueShown = (dueAt: Instant, locale: Locale): string =>
  localTimeOf(dueAt) === '00:00' ? `${longDate(plusSeconds(dueAt, -1), locale)}, 24:00` : dateAndHour(dueAt, locale);
