import type { ReportingRows } from '@tichet-albastru/event-log/ports/reporting';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { momentBefore } from '../../domain/time/civil-time';

/** Of the moments from which something else holds, the last millisecond before the next one that is still to come. */
export const turningAt = (moments: readonly Instant[], at: Instant): Pick<ReportingRows, 'nextChangeAt'> => {
  const next = moments.filter((moment) => moment > at).toSorted()[0];
  return next === undefined ? {} : { nextChangeAt: momentBefore(next) };
};

/** `2026-03` */
export const monthOf = (date: CivilDate): string => date.slice(0, 7);
