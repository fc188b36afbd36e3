import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { parseInstant } from '../../../domain/time/civil-time';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { hour } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

type Asked = {
  readonly locale: Locale;
  /** the field that a refusal without one is shown at */
  readonly otherwise: string;
  /** the hour that was asked for */
  readonly startsAt?: string | undefined;
};

/** A refusal at its field; where the catalogue speaks to citizens, in the words of the one who asked. */
export const refusalFaults = (refusal: Refusal, { locale, otherwise, startsAt = '' }: Asked): readonly Fault[] => {
  const words = sentences[locale].meetings.fields;
  const wanted = parseInstant(startsAt);
  const earliest = refusal.details?.['earliest'];
  if (refusal.code === 'slot-taken' && wanted !== undefined) {
    return [{ field: 'startsAt', message: words.taken({ hour: hour(wanted) }) }];
  }
  if (refusal.code === 'too-soon') return [{ field: 'citizenAgreed', message: words.agreedFault }];
  if (refusal.code === 'too-early' && typeof earliest === 'string') {
    return [{ field: otherwise, message: words.tooEarly({ hour: hour(earliest) }) }];
  }
  if (refusal.details?.['reason'] === 'before-the-slot' && typeof earliest === 'string') {
    return [{ field: otherwise, message: words.beforeSlot({ hour: hour(earliest) }) }];
  }
  if (refusal.details?.['reason'] === 'being-filed') return [{ field: otherwise, message: words.beingFiled }];
  if (refusal.code === 'slot-taken') return [{ field: otherwise, message: words.colleagueBusy }];
  return faultsOf(refusal, locale, otherwise);
};
