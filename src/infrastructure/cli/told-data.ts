import type { PersonalData } from '../../application/ports/personal-data';
import { erasedMark } from '../../application/ports/personal-data';
import type { SealedText } from '../../domain/kernel/personal-text';

/** What stands for personal data that nobody asked to see. */
const closedMark = '[…]';
const longestValue = 80;

const isSealed = (value: unknown): value is SealedText =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'key' in value && 'bound' in value;

const opened = async (text: SealedText, personalData: PersonalData, showPersonal: boolean): Promise<string> => {
  const clear = await personalData.open(text);
  if (clear === undefined) return erasedMark;
  return showPersonal ? clear : closedMark;
};

/** The data of a fact with every sealed text as `[…]`, in clear, or `[șters]` once it was erased. */
export const readableData = async (value: unknown, personalData: PersonalData, showPersonal: boolean): Promise<unknown> => {
  if (isSealed(value)) return opened(value, personalData, showPersonal);
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
export const toldData = (value: unknown): string => flat(value, '').join(' ');
