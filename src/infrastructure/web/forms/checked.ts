import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { defined } from '@tichet-albastru/kernel/defined';
import { refuse } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { fieldFaultOf } from '../../phrasing/problems/catalogue';
import { fieldFaultsOf } from '../../validation/sentences';
import type { Fault } from '../parts/fields';

/** What is wrong with these fields, by the rules that hold for programs too. */
export const faultsOfBody = (body: object, locale: Locale): readonly Fault[] =>
  fieldFaultsOf(validateSync(body, { stopAtFirstError: true })).map(({ field, message }) => ({ field, message: message[locale] }));

/** What was typed, by the name of its field; a field that was left empty is not there. */
export type Typed = Readonly<Record<string, string | undefined>>;

/** The fields as the API takes them, and what is wrong with them, in its own sentences. The value is good only where nothing is. */
export const checkedForm = <T extends object>(
  shape: new () => T,
  typed: Typed,
  locale: Locale,
): { readonly value: T; readonly faults: readonly Fault[] } => {
  const given = defined(typed);
  const value = plainToInstance(shape, given);
  const wrong = validateSync(value, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  // of what was left empty there is nothing more to say
  const required = (field: string) => (field in given ? undefined : fieldFaultOf(refuse('invalid', { field, reason: 'required' })));
  const faults = fieldFaultsOf(wrong).map((fault) => ({ field: fault.field, message: (required(fault.field) ?? fault).message[locale] }));
  return { value, faults };
};
