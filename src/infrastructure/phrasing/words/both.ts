import type { Locale } from '../../../domain/ticket/facts';

/** A dictionary of one part of the pages: complete in both languages, or it does not compile. */
export type Words<Entries> = Readonly<Record<Locale, Entries>>;
