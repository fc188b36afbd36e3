import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import type { Fault } from './fields';

/** What a filter's field chooses of some words; what is none of them is a fault there, and narrows nothing. */
export const chosenOf = <T extends string>(
  words: readonly T[],
  asked: string,
  field: string,
  locale: Locale,
): { readonly chosen: T | undefined; readonly faults: readonly Fault[] } => {
  const chosen = words.find((one) => one === asked);
  return { chosen, faults: chosen !== undefined || asked === '' ? [] : [{ field, message: sentences[locale].audit.list.noChoice }] };
};
