import { DateTime } from 'luxon';
import type { CivilDate, Instant } from '../../domain/kernel/instant';
import { zone } from '../../domain/time/civil-time';
import type { Locale } from '../../domain/ticket/facts';
import type { Slot } from '../../domain/time/slot';

const day = 'cccc, d LLLL yyyy';

const at = (instant: Instant, locale: Locale): DateTime => DateTime.fromISO(instant, { zone }).setLocale(locale === 'ro' ? 'ro' : 'en-GB');

/** `joi, 26 noiembrie 2026, 10:00–10:15 (ora României)` */
export const slotInWords = ({ startsAt, endsAt }: Slot, locale: Locale): string => {
  const starts = at(startsAt, locale);
  const zoneInWords = locale === 'ro' ? 'ora României' : 'Romanian time';
  return `${starts.toFormat(day)}, ${starts.toFormat('HH:mm')}–${at(endsAt, locale).toFormat('HH:mm')} (${zoneInWords})`;
};

/** `10:25, joi, 26 noiembrie 2026 (ora României)` */
export const instantInWords = (instant: Instant, locale: Locale): string => {
  const moment = at(instant, locale);
  return `${moment.toFormat('HH:mm')}, ${moment.toFormat(day)} (${locale === 'ro' ? 'ora României' : 'Romanian time'})`;
};

/** `4 martie 2021` */
export const dateInWords = (date: CivilDate, locale: Locale): string =>
  DateTime.fromISO(date, { zone: 'utc' })
    .setLocale(locale === 'ro' ? 'ro' : 'en-GB')
    .toFormat('d LLLL yyyy');
