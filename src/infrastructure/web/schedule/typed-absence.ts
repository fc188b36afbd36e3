import type { Locale } from '../../../domain/ticket/facts';
import type { Fault } from '../parts/fields';
import type { QueryParameters } from './query';
import { wallMoment, type WallFault } from './wall-time';
import { sentences } from '../../phrasing/sentences';

/** The fields of an absence as they were typed. */
export type AbsenceQuery = {
  readonly fromDate: string;
  readonly fromTime: string;
  readonly toDate: string;
  readonly toTime: string;
};
export type AbsenceRead = { readonly from: string; readonly to: string; readonly repeated: boolean };

export const absenceTyped = (asked: QueryParameters): AbsenceQuery => ({
  fromDate: asked('fromDate'),
  fromTime: asked('fromTime'),
  toDate: asked('toDate'),
  toTime: asked('toTime'),
});

/** Both ends have a date and a time: the summary must say which one is meant. */
const faultAt = (end: 'from' | 'to', fault: WallFault, locale: Locale): Fault => ({
  field: fault.startsWith('date') ? `${end}Date` : `${end}Time`,
  message: `${sentences[locale].office.changes[end]}: ${sentences[locale].office.changes.faults[fault]}`,
});

/** Both ends as instants, or what is wrong with either. Whether the end comes after the beginning is for the domain to say. */
export const readAbsence = ({ fromDate, fromTime, toDate, toTime }: AbsenceQuery, locale: Locale): AbsenceRead | readonly Fault[] => {
  const from = wallMoment('from', fromDate, fromTime);
  const to = wallMoment('to', toDate, toTime);
  if (typeof from === 'object' && typeof to === 'object') {
    return { from: from.instant, to: to.instant, repeated: from.repeated || to.repeated };
  }
  return [
    ...(typeof from === 'string' ? [faultAt('from', from, locale)] : []),
    ...(typeof to === 'string' ? [faultAt('to', to, locale)] : []),
  ];
};

/** A fault of `from` or `to`, as the domain names them, at the field where it can be corrected. */
export const atTheirFields = (faults: readonly Fault[], locale: Locale): readonly Fault[] =>
  faults.map(({ field, message }) =>
    field === 'from' || field === 'to'
      ? { field: `${field}Date`, message: `${sentences[locale].office.changes[field]}: ${message}` }
      : { field, message },
  );
