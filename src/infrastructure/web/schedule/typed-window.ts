import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf, plusSeconds } from '../../../domain/time/civil-time';
import type { Fault } from '../parts/fields';
import type { QueryParameters } from './query';
import { typedDate, wallMoment } from './wall-time';
import { sentences } from '../../phrasing/sentences';

/** The fields of the 30-day view as they were typed. */
export type WindowTyped = {
  readonly number: string;
  readonly filedOn: string;
  readonly asOfDate: string;
  readonly asOfTime: string;
  readonly before: string;
};
/** `asOf` only when a moment was named. */
export type WindowRead = { readonly number: string; readonly filedOn: CivilDate; readonly asOf?: Instant };

const shownDaysAhead = 14;

export const windowTyped = (asked: QueryParameters): WindowTyped => ({
  number: asked('number'),
  filedOn: asked('filedOn'),
  asOfDate: asked('asOfDate'),
  asOfTime: asked('asOfTime'),
  before: asked('before'),
});

/** What is looked for, or what is wrong with it. A number that carries its filing date needs no other. */
export const readWindow = (typed: WindowTyped, locale: Locale): WindowRead | readonly Fault[] => {
  const words = sentences[locale].office.windows;
  const faults: Fault[] = [];
  const parsed = parseRegistrationNumber(typed.number);
  if (parsed === undefined) faults.push({ field: 'number', message: typed.number === '' ? words.numberMissing : words.numberWrong });
  const filedOn = typed.filedOn === '' ? parsed?.filedOn : typedDate(typed.filedOn);
  if (filedOn === undefined) faults.push({ field: 'filedOn', message: typed.filedOn === '' ? words.dateMissing : words.dateWrong });
  const asOf = typed.asOfDate === '' && typed.asOfTime === '' ? undefined : wallMoment('to', typed.asOfDate, typed.asOfTime);
  if (typeof asOf === 'string') {
    faults.push(
      asOf.startsWith('date')
        ? { field: 'asOfDate', message: asOf === 'date-missing' ? words.dateMissing : words.dateWrong }
        : { field: 'asOfTime', message: words.timeWrong },
    );
  }
  if (parsed === undefined || filedOn === undefined || typeof asOf === 'string') return faults;
  if (asOf === undefined) return { number: parsed.number, filedOn };
  // 24:00 is the next day, on which a window that ended is over
  const moment = typed.asOfTime === '' ? plusSeconds(asOf.instant, -0.001) : asOf.instant;
  return { number: parsed.number, filedOn, asOf: moment };
};

/** The date before which windows are listed: the one asked for, else two weeks ahead. */
export const readBefore = ({ before }: WindowTyped, at: Instant, locale: Locale): CivilDate | readonly Fault[] => {
  if (before === '') return addDays(civilDateOf(at), shownDaysAhead);
  return typedDate(before) ?? [{ field: 'before', message: sentences[locale].office.windows.dateWrong }];
};
