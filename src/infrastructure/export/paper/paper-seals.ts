import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import type { PersonalText } from '../../../domain/kernel/personal-text';
import type { Locale } from '../../../domain/ticket/facts';
import { type Seals, sealsOf } from '../../phrasing/audit/opened-texts';
import { inBoth } from '../../phrasing/sentences';

/** Behind each personal text that was opened, so that a reader sees what he holds. */
export const personalMark = inBoth.export.paperSeals.personalMark;

const isPersonalText = (value: unknown): value is PersonalText =>
  typeof value === 'object' && value !== null && (('sealed' in value && 'key' in value && 'bound' in value) || 'clear' in value);

const personalIn = (value: unknown): readonly PersonalText[] => {
  if (isPersonalText(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(personalIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(personalIn) : [];
};

const keyOf = (text: PersonalText): string => JSON.stringify(text);

/** Every personal text in these data in clear and marked, `[șters]` once it was erased; for whoever asked for it, on paper. */
const openedSealsOf = async (personalData: PersonalData, values: readonly unknown[]): Promise<Seals> => {
  const closed = await sealsOf(personalData, ...values);
  const opened = new Map<string, string>();
  for (const text of personalIn(values)) {
    if (opened.has(keyOf(text))) continue;
    try {
      const clear = await personalData.open(text);
      if (clear !== undefined) opened.set(keyOf(text), clear);
    } catch {
      // a seal that does not fit: the marks of an auditor say so
    }
  }
  return {
    read: (text: PersonalText, locale: Locale) => {
      const clear = opened.get(keyOf(text));
      return clear === undefined ? closed.read(text, locale) : `${clear} ${personalMark[locale]}`;
    },
  };
};

/** @param personal whether personal data are opened; otherwise `[sigilat]`, and `[șters]` in both */
export const paperSeals = (personalData: PersonalData, personal: boolean, values: readonly unknown[]): Promise<Seals> =>
  personal ? openedSealsOf(personalData, values) : sealsOf(personalData, ...values);
