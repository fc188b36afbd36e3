import type { Period } from '../../../application/reports/counted-tickets';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { addDays, civilDateOf, daysBetween, isCivilDate, mondayOf } from '../../../domain/time/civil-time';
import type { FieldFault } from '../../phrasing/problems/catalogue';
import { inBoth } from '../../phrasing/sentences';

/** What stands in the address, as it was typed. */
export type PeriodTyped = { readonly from: string; readonly to: string };
export type PeriodRead =
  | { readonly kind: 'period'; readonly period: Period }
  | { readonly kind: 'faulty'; readonly typed: PeriodTyped; readonly faults: readonly FieldFault[] };

const weeksView = 6;
/** A leap year. A reader who wants more compares years. */
const mostDays = 366;

/** The last six weeks, with this one up to today: tomorrow's meetings have not been held yet. */
export const latestWeeks = (now: Instant): Period => {
  const today = civilDateOf(now);
  return { from: addDays(mondayOf(today), -7 * (weeksView - 1)), to: today };
};

const lastMonth = (now: Instant): Period => {
  const to = addDays(`${civilDateOf(now).slice(0, 8)}01`, -1);
  return { from: `${to.slice(0, 8)}01`, to };
};
const thisYear = (now: Instant): Period => {
  const to = civilDateOf(now);
  return { from: `${to.slice(0, 4)}-01-01`, to };
};

/** Periods that are asked for most, each one click away. */
export const readyPeriods = { latest: latestWeeks, month: lastMonth, year: thisYear } as const;
export type ReadyPeriod = keyof typeof readyPeriods;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const faultsIn = ({ from, to }: PeriodTyped): readonly FieldFault[] => {
  const notDates = [
    ['from', from],
    ['to', to],
  ].flatMap(([field = '', text = '']) => (isCivilDate(text) ? [] : [{ field, message: inBoth.figures.notADate }]));
  if (notDates.length > 0) return notDates;
  if (to < from) return [{ field: 'to', message: inBoth.figures.endsBefore }];
  return daysBetween(from, to) < mostDays ? [] : [{ field: 'to', message: inBoth.figures.tooLong }];
};

/** The period that an address names; the latest weeks when it names none. */
export const periodOf = (asked: { readonly from?: unknown; readonly to?: unknown }, now: Instant): PeriodRead => {
  if (asked.from === undefined && asked.to === undefined) return { kind: 'period', period: latestWeeks(now) };
  const typed: PeriodTyped = { from: textOf(asked.from), to: textOf(asked.to) };
  const faults = faultsIn(typed);
  return faults.length === 0 ? { kind: 'period', period: typed } : { kind: 'faulty', typed, faults };
};

export const samePeriod = (one: Period, other: Period): boolean => one.from === other.from && one.to === other.to;

/** Both ends of a period as an address has them. */
export const periodQuery = ({ from, to }: { readonly from: CivilDate; readonly to: CivilDate }, department?: string): string =>
  `?from=${from}&to=${to}${department === undefined ? '' : `&department=${encodeURIComponent(department)}`}`;
