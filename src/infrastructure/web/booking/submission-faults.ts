import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import type { Fault } from '../parts/fields';
import { hour } from '../../phrasing/words/dates';
import { answersField } from './check-page';
import { lookupFaults } from './request-faults';
import { sentences } from '../../phrasing/sentences';

/** Why no ticket can be had for this request any more, or not now: said over all the answers. */
export const submissionFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => {
  const retryAt = refusal.details?.['retryAt'];
  if (refusal.code === 'too-many-requests' && typeof retryAt === 'string') {
    return [{ field: answersField, message: sentences[locale].booking.check.tooManyCodes({ time: hour(retryAt) }) }];
  }
  return lookupFaults(refusal, locale).map(({ message }) => ({ field: answersField, message }));
};
