import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf, startOfDay } from '../../../domain/time/civil-time';
import { hour, longDate } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

type Span = { readonly from: Instant; readonly to: Instant };

const beginsDay = (at: Instant): boolean => startOfDay(civilDateOf(at)) === at;

/** `luni, 15 martie 2027, 08:00–12:00`; whole days without hours, and the last one named instead of the midnight after it. */
export const spanInWords = ({ from, to }: Span, locale: Locale): string => {
  const { wholeDay, from: since, to: until, inclusive } = sentences[locale].office.span;
  const [first, last] = [civilDateOf(from), civilDateOf(to)];
  if (beginsDay(from) && beginsDay(to)) {
    const lastDay = addDays(last, -1);
    return lastDay <= first
      ? `${longDate(first, locale)}, ${wholeDay}`
      : `${since} ${longDate(first, locale)} ${until} ${longDate(lastDay, locale)} ${inclusive}`;
  }
  if (first === last) return `${longDate(first, locale)}, ${hour(from)}–${hour(to)}`;
  return `${since} ${longDate(first, locale)}, ${hour(from)} ${until} ${longDate(last, locale)}, ${hour(to)}`;
};
