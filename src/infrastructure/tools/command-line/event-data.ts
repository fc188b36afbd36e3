import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import { readableText } from '../../../application/kernel/readable-text';
import { isPersonalText } from '../../../domain/kernel/personal-text';

const longestValue = 80;

/** The data of a fact with every sealed text as `[…]`, in clear, or `[șters]` once it was erased. */
export const readableData = async (value: unknown, personalData: PersonalData, showPersonal: boolean): Promise<unknown> => {
  if (isPersonalText(value)) return readableText(value, personalData, showPersonal);
  if (Array.isArray(value)) return Promise.all(value.map((item) => readableData(item, personalData, showPersonal)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, item]) => [name, await readableData(item, personalData, showPersonal)] as const);
  return Object.fromEntries(await Promise.all(entries));
};

const flat = (value: unknown, name: string): readonly string[] => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([inner, item]) => flat(item, name === '' ? inner : `${name}.${inner}`));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [`${name}=${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}`];
};

/** On one line: `slot.startsAt=2026-… mode=phone`. */
export const eventDataLines = (value: unknown): string => flat(value, '').join(' ');
