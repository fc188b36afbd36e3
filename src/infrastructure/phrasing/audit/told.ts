import type { Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Locale } from '../../../domain/ticket/facts';
import type { Slot } from '../../../domain/time/slot';
import { dateAndHour, hour, hourWithSeconds, plainDate } from '../words/dates';
import { sentences } from '../sentences';

/** `9 martie 2027, 10:15:08`: to the second, for in an audit the order counts. */
export const moment = (at: Instant, locale: Locale): string => `${plainDate(at, locale)}, ${hourWithSeconds(at)}`;
/** `marți, 9 martie 2027, 10:15–10:30` */
export const slotInWords = ({ startsAt, endsAt }: Slot, locale: Locale): string => `${dateAndHour(startsAt, locale)}–${hour(endsAt)}`;
/** `154997 din 4 martie 2021` */
export const requestInWords = ({ number, filedOn }: RequestIdentity, locale: Locale): string => {
  const [before, between] = sentences[locale].audit.state.requestOf;
  return `${before}${number}${between}${plainDate(filedOn, locale)}`;
};
