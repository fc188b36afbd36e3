import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import type { Fault } from '../parts/fields';
import { hour } from '../../phrasing/words/dates';
import type { Draft } from './draft';
import { sentences } from '../../phrasing/sentences';

/** Why the hour is gone: somebody else was faster, the hold ended, the address has too many tickets (A24). */
export type LostBecause = 'taken' | 'hold-lost' | 'too-many';

/** The hour is gone, the other answers stay; why is said where another one is chosen. */
export const withLostHour = ({ startsAt, ticketId: _, ...draft }: Draft, because: LostBecause): Draft => ({
  ...draft,
  // whoever has too many tickets under this address will want to give another one
  ...(because === 'too-many' ? { contactFor: '' } : {}),
  ...(startsAt === undefined ? {} : { lost: `${because} ${startsAt}` }),
});

export const withHour = ({ lost: _, ...draft }: Draft, startsAt: Instant): Draft => ({ ...draft, startsAt });

/** The hour that is gone, if another must be chosen for it. */
export const lostHourOf = ({ lost }: Draft): Instant | undefined => lost?.split(' ')[1];

export const lostFaults = (draft: Draft, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].booking.hour;
  const [because, startsAt] = draft.lost?.split(' ') ?? [];
  if (because === undefined || startsAt === undefined) return [];
  const message = because === 'taken' ? words.taken({ hour: hour(startsAt) }) : because === 'too-many' ? words.tooMany : words.holdLost;
  return [{ field: 'startsAt', message }];
};
