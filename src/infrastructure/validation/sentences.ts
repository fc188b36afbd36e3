import type { ValidationError } from '@nestjs/common';
import type { FieldFault } from '../phrasing/problems/field-sentences';
import { inBoth } from '../phrasing/sentences';

const between = '\u001f';

/** A sentence in both languages on its way through class-validator, which carries one text. */
export const bilingual = (ro: string, en: string): string => `${ro}${between}${en}`;

const unknownField = inBoth.validation.validation.unknownField;
const speakable = /^[\w.-]{1,60}$/;

const faultsOf = ({ property, constraints, children }: ValidationError, path: string): readonly FieldFault[] => {
  const name = speakable.test(property) ? `${path}${property}` : `${path}?`;
  const own = Object.entries(constraints ?? {}).map(([constraint, text]): FieldFault => {
    const [ro, en] = text.split(between);
    const message = ro !== undefined && en !== undefined ? { ro, en } : unknownField;
    return { field: name, message: constraint === 'whitelistValidation' ? unknownField : message };
  });
  return [...own, ...(children ?? []).flatMap((child) => faultsOf(child, `${name}.`))];
};

/** What class-validator found, field by field, in our own words. */
export const fieldFaultsOf = (errors: readonly ValidationError[]): readonly FieldFault[] => errors.flatMap((error) => faultsOf(error, ''));
