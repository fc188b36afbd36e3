import type { Locale } from '../../../domain/ticket/facts';
import type { Instant } from '../../../domain/kernel/fact';

/** A letter ready to be sent. Addresses and bodies are personal: never logged. */
export type Letter = {
  /** stable: the same letter sent again has the same id, and the same Message-ID */
  readonly letterId: string;
  readonly ticketId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** an iCalendar object, and its method */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
  readonly locale: Locale;
  /** the reference of the ticket that its code opens */
  readonly opens?: string;
  /** the letter's date; left out, the moment of sending */
  readonly issuedAt?: Instant;
};

/**
 * `accepted`: it is the mail server's now, which may know it by `queueId`; whether it arrives is not said by that.
 * `refused`: this address will never take it. A thrown error is worth another attempt.
 */
export type Delivery = { readonly kind: 'accepted'; readonly queueId?: string } | { readonly kind: 'refused'; readonly reason: string };

/** Letters that lie as files here, by when they were written. */
export type KeptLetters = {
  /** how many were written before this */
  count(before: Instant): Promise<number>;
  /** Deletes those; how many they were. */
  erase(before: Instant): Promise<number>;
};

export type Mailer = {
  /** @throws when the server cannot be reached or says "later" */
  send(letter: Letter): Promise<Delivery>;
  /** Deletes what is kept of the letters of this ticket (the outbox folder); how many were deleted. */
  forget(ticketId: string): Promise<number>;
  /** left out by a mailer that keeps no files */
  readonly kept?: KeptLetters;
};
