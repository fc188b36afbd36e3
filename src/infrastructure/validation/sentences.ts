import type { ValidationError } from '@nestjs/common';
import type { FieldFault } from '../phrasing/problems/catalogue';
import { inBoth, inEveryLanguage, languages, type Sentence } from '../phrasing/sentences';

const between = '\u001f';

/** A sentence in every language on its way through class-validator, which carries one text. */
export const inOneText = (words: Sentence): string => languages.map((language) => words[language]).join(between);

const unknownField = inBoth.validation.validation.unknownField;
const speakable = /^[\w.-]{1,60}$/;

const faultsOf = ({ property, constraints, children }: ValidationError, path: string): readonly FieldFault[] => {
  const name = speakable.test(property) ? `${path}${property}` : `${path}?`;
  const own = Object.entries(constraints ?? {}).map(([constraint, text]): FieldFault => {
    const said = text.split(between);
    const isOurs = constraint !== 'whitelistValidation' && said.length === languages.length;
    const spoken = isOurs && inEveryLanguage((language) => said[languages.indexOf(language)] ?? '');
    return { field: name, message: spoken || unknownField };
  });
  return [...own, ...(children ?? []).flatMap((child) => faultsOf(child, `${name}.`))];
};

/** What class-validator found, field by field, in our own words. */
export const fieldFaultsOf = (errors: readonly ValidationError[]): readonly FieldFault[] => errors.flatMap((error) => faultsOf(error, ''));
