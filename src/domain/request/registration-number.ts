import type { CivilDate } from '../kernel/instant';
import { isCivilDate } from '../time/civil-time';

/** A29. What a citizen or the register writes in the field NUMĂR CERERE. */
export type RegistrationNumber = {
  /** digits only, no leading zero */
  readonly number: string;
  readonly departmentCode?: string;
  readonly filedOn?: CivilDate;
};

const form =
  /^(?<number>\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})(?:\s*\/\s*(?<departmentCode>\d{1,6})(?:\s*\/\s*(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}))?)?$/;

const twoDigits = (text: string): string => text.padStart(2, '0');

/**
 * Accepts `154997`, `154.997`, `154997/425`, `154997/425/04.03.2021`, `369.991/305/3.08.2020` (A29).
 * @returns undefined for anything else, a date that does not exist included
 */
export const parseRegistrationNumber = (text: string): RegistrationNumber | undefined => {
  const groups = form.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const { number: written = '', departmentCode, day, month, year } = groups;
  const number = written.replaceAll('.', '').replace(/^0+/, '');
  if (number === '') return undefined;
  if (departmentCode === undefined) return { number };
  if (day === undefined || month === undefined || year === undefined) return { number, departmentCode };
  const filedOn = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  return isCivilDate(filedOn) ? { number, departmentCode, filedOn } : undefined;
};
