import type { Refusal } from '../../../domain/kernel/refusal';
import type { BothLanguages } from './catalogue';
import { inBoth } from '../sentences';

/** One field that is wrong, and what is wrong with it. */
export type FieldFault = { readonly field: string; readonly message: BothLanguages };

/** What the domain finds wrong with a field, in words. */
const sentences: Readonly<Record<string, BothLanguages>> = inBoth.api.field.sentences;
const unnamed: BothLanguages = inBoth.api.field.unnamed;

/** The field that a refusal names, with a sentence; `undefined` when it names none. */
export const fieldFaultOf = ({ details }: Refusal): FieldFault | undefined => {
  const field = details?.['field'];
  if (typeof field !== 'string') return undefined;
  const reason = details?.['reason'];
  return { field, message: (typeof reason === 'string' ? sentences[reason] : undefined) ?? unnamed };
};
