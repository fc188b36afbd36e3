import type { Locale } from '../../../domain/ticket/facts';

const rules: Readonly<Record<Locale, Intl.PluralRules>> = { ro: new Intl.PluralRules('ro-RO'), en: new Intl.PluralRules('en-GB') };
const numbers: Readonly<Record<Locale, Intl.NumberFormat>> = { ro: new Intl.NumberFormat('ro-RO'), en: new Intl.NumberFormat('en-GB') };

/** `one`: o oră; `few`: 9 ore; `other`: 20 de ore. English has no `few`. `none`, where there is one: nicio oră. */
export type Forms = { readonly none?: string; readonly one: string; readonly few?: string; readonly other: string };

/** A number with its noun: `#` stands where the number goes. */
export const counted = (count: number, forms: Forms, locale: Locale): string => {
  if (count === 0 && forms.none !== undefined) return forms.none;
  const rule = rules[locale].select(count);
  const form = rule === 'one' ? forms.one : rule === 'few' ? (forms.few ?? forms.other) : forms.other;
  return form.replace('#', numbers[locale].format(count));
};

/** `1.234,5` in Romanian, `1,234.5` in English. */
export const numberInWords = (value: number, locale: Locale): string => numbers[locale].format(value);
