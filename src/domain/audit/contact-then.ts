import type { Dossier, Evidence, Seen, StoredFact } from './case-file';
import { first, seen } from './case-file';

type Told = Pick<Dossier, 'ticket'>;
/** A fact that gave an address or a number: the form, or a correction. */
export type Given = Seen<'Requested' | 'ContactCorrected'>;

const contactOf = ({ fact }: Given): { readonly email?: object; readonly phone?: object } =>
  fact.type === 'Requested' ? fact.data.contact : fact.data;

/** What of the ticket was known with this fact, and no later. */
const until = ({ ticket }: Told, { id }: Evidence<StoredFact>): Told => ({
  ticket: ticket.slice(0, ticket.findIndex((event) => event.id === id) + 1),
});

/** Which fact gave the e-mail address or the phone number that held with this fact; nothing where none did. */
export const givenThen = (dossier: Told, what: 'email' | 'phone', event: Evidence<StoredFact>): Given | undefined =>
  seen(until(dossier, event), 'Requested', 'ContactCorrected').findLast((given) => contactOf(given)[what] !== undefined);

/** Whether a code that went to this address was entered; how, C06 judges. */
export const isVerified = (dossier: Told, given: Given): boolean => {
  const { fact } = given;
  if (fact.type === 'Requested') return first(dossier, 'EmailVerified') !== undefined;
  return seen(until(dossier, given), 'ContactCorrectionRequested').some((asked) => asked.fact.data.n === fact.data.n);
};

/** Corrections that gave another e-mail address, the oldest first. */
export const addressesGivenLater = (dossier: Told): readonly Seen<'ContactCorrected'>[] =>
  seen(dossier, 'ContactCorrected').filter((given) => contactOf(given).email !== undefined);
