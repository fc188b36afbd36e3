import type { Refusal } from '../../../domain/kernel/refusal';
import type { CivilDate } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { isCivilDate } from '../../../domain/time/civil-time';
import { LookupBody } from '../../api/dto/citizen';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { hour, plainDate } from '../../phrasing/words/dates';
import { faultsIn } from '../forms/checked';
import type { RequestTyped } from './request-page';
import { sentences } from '../../phrasing/sentences';

const twoDigits = (text: string): string => text.padStart(2, '0');

/** The date that three fields make; whether there is such a day is for others to say. */
export const filedOnOf = ({ day, month, year }: RequestTyped): CivilDate => `${year}-${twoDigits(month)}-${twoDigits(day)}`;

/** What is wrong with the three, before anything is looked up. */
export const typedFaults = async (typed: RequestTyped, locale: Locale): Promise<readonly Fault[]> => {
  const words = sentences[locale].booking.request;
  const { requestNumber, applicantName, day, month, year } = typed;
  const empty = [day, month, year].some((part) => part === '');
  const filedOn = filedOnOf(typed);
  const missing: readonly Fault[] = [
    ...(requestNumber === '' ? [{ field: 'requestNumber', message: words.noNumber }] : []),
    ...(applicantName === '' ? [{ field: 'applicantName', message: words.noName }] : []),
    ...(empty ? [{ field: 'day', message: words.noDate }] : isCivilDate(filedOn) ? [] : [{ field: 'day', message: words.notADate }]),
  ];
  if (missing.length > 0) return missing;
  const wrong = await faultsIn(Object.assign(new LookupBody(), { requestNumber, applicantName, filedOn }), locale);
  return wrong.map(({ field }) =>
    field === 'requestNumber' ? { field, message: words.badNumber } : { field: 'applicantName', message: words.badName },
  );
};

/** A lookup that was refused, in words. Which of the three was wrong is never said (A28). */
export const lookupFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].booking.request;
  const { code, details } = refusal;
  const about = (message: string): readonly Fault[] => [{ field: 'requestNumber', message }];
  const until = details?.['until'];
  const retryAt = details?.['retryAt'];
  if (code === 'window-expired' && typeof until === 'string') return about(words.windowOver({ date: plainDate(until, locale) }));
  if (code === 'active-ticket-exists') return about(words.active);
  if (code === 'too-many-requests' && typeof retryAt === 'string') return about(words.tooMany({ time: hour(retryAt) }));
  return faultsOf(refusal, locale, 'requestNumber');
};
