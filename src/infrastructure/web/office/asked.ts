import { validateSync } from 'class-validator';
import type { Locale } from '../../../domain/ticket/facts';
import { fieldFaultsOf } from '../../validation/sentences';
import type { Fault } from '../parts/fields';

/** A query as it came; a name that is there twice, or none, reads as empty. */
export type Asked = (name: string) => string;

export const askedBy = (query: unknown): Asked => {
  const texts = new Map<string, unknown>(typeof query === 'object' && query !== null ? Object.entries(query) : []);
  return (name) => {
    const value = texts.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
};

/** What the same body would be refused for over HTTP, in the language of the page. */
export const faultsOfBody = (body: object, locale: Locale): readonly Fault[] =>
  fieldFaultsOf(validateSync(body, { stopAtFirstError: true })).map(({ field, message }) => ({ field, message: message[locale] }));
