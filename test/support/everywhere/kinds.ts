import type { Instant } from '../../../src/domain/kernel/fact';
import type { City } from './city';
import type { AskedDatabases } from './databases';

/** One thing that can be said of a moment, in words that are the same wherever it is asked. */
export type Said = readonly string[];
/** Whoever can be asked, by name; `partly`: what of everything is told there. */
export type Way = { readonly ask: (moment: Instant) => Promise<Said>; readonly partly?: (said: Said) => Said };
/** What is the same wherever it is asked. A further kind is one more of these. */
export type Kind = {
  readonly name: string;
  readonly ways: (city: City, databases: AskedDatabases) => Promise<Readonly<Record<string, Way>>>;
};
