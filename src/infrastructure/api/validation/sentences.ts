import type { ValidationError } from '@nestjs/common';
import type { FieldFault } from '../problem/field-sentences';
import { HttpProblem } from '../problem/problem';

const between = '\u001f';

/** A sentence in both languages on its way through class-validator, which carries one text. */
export const bilingual = (ro: string, en: string): string => `${ro}${between}${en}`;

const unknownField = { ro: 'Câmp necunoscut.', en: 'Unknown field.' };
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

export const problemOfInvalid = (errors: readonly ValidationError[]): HttpProblem =>
  new HttpProblem({ code: 'invalid', errors: fieldFaultsOf(errors) });

/** Input whose fields are right one by one but not together. */
export const invalidField = (field: string, ro: string, en: string): HttpProblem =>
  new HttpProblem({ code: 'invalid', errors: [{ field, message: { ro, en } }] });
