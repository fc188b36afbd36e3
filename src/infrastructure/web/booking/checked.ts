import { validate } from 'class-validator';
import type { Locale } from '../../../domain/ticket/facts';
import { fieldFaultsOf } from '../../validation/sentences';
import type { Fault } from '../parts/fields';

/** What is wrong with these fields, by the rules that hold for programs too. */
export const faultsIn = async (body: object, locale: Locale): Promise<readonly Fault[]> =>
  fieldFaultsOf(await validate(body, { stopAtFirstError: true })).map(({ field, message }) => ({ field, message: message[locale] }));
