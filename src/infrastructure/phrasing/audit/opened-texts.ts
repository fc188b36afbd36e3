import { erasedMark, type PersonalData } from '../../../application/kernel/ports/personal-data';
import type { PersonalText, EncryptedText } from '../../../domain/kernel/personal-text';
import type { Locale } from '../../../domain/ticket/facts';
import { inBoth, inEveryLanguage } from '../sentences';

/** What stands for personal text that this reader may not see; `broken`: the seal does not fit the place where it was found. */
const marks = {
  sealed: inBoth.audit.openedTexts.sealed,
  // the same in both languages, as everywhere
  erased: inEveryLanguage(() => erasedMark),
  broken: inBoth.audit.openedTexts.broken,
} as const;
type Mark = keyof typeof marks;

/** How each sealed text of a ticket reads to an auditor: never its words. */
export type Seals = { readonly read: (text: PersonalText, locale: Locale) => string };

const isSealed = (value: unknown): value is EncryptedText =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'key' in value && 'bound' in value;

/** Every sealed text in these plain data. */
const sealedIn = (value: unknown): readonly EncryptedText[] => {
  if (isSealed(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(sealedIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sealedIn) : [];
};

const markOf = async (personalData: PersonalData, text: EncryptedText): Promise<Mark> => {
  try {
    return (await personalData.open(text)) === undefined ? 'erased' : 'sealed';
  } catch {
    return 'broken';
  }
};

/** Looks at every seal once: whether its key is still there, and whether it fits. What it says is thrown away. */
export const sealsOf = async (personalData: PersonalData, ...values: readonly unknown[]): Promise<Seals> => {
  const known = new Map<string, Mark>();
  for (const text of sealedIn(values)) {
    if (!known.has(text.sealed)) known.set(text.sealed, await markOf(personalData, text));
  }
  return {
    read: (text, locale) => marks[isSealed(text) ? (known.get(text.sealed) ?? 'sealed') : 'sealed'][locale],
  };
};
