import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { sentenceOf } from '../../phrasing/problems/catalogue';
import { problemOfRefusal } from '../../api/problem/problem';
import type { Fault } from './fields';

/**
 * A refusal as the faults of a form: at the field that it names, else at `otherwise`, in the catalogue's own sentence.
 * @param otherwise the id of what a refusal without a field is about
 */
export const faultsOf = (refusal: Refusal, locale: Locale, otherwise: string): readonly Fault[] => {
  const { code, details, detail, errors } = problemOfRefusal(refusal);
  if (errors !== undefined) return errors.map(({ field, message }) => ({ field, message: message[locale] }));
  return [{ field: otherwise, message: (detail ?? sentenceOf(code, details))[locale] }];
};
