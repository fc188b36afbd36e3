import type { Instant } from '../../../domain/kernel/fact';
import type { LogOperations } from '@tichet-albastru/event-log/ports/operations';
import type { Refusals } from './refusals';

export type { Attempt, SignInTags, StoredAnswer, StoredCommand } from '@tichet-albastru/event-log/ports/operations';

/** Operational state that is not history: durable, backed up, never rebuilt. */
export type Operations = LogOperations & {
  readonly verification: {
    /** Opens code n; every smaller n is replaced for ever. Opening the same n again changes nothing. */
    open(ticketId: string, n: number, expiresAt: Instant): Promise<void>;
    /**
     * Counts one try of the newest code, durably and before anything is compared.
     * @returns which code to compare with and the tries left after this one, or why there is nothing to compare
     */
    takeTry(
      ticketId: string,
      at: Instant,
      triesPerCode: number,
    ): Promise<
      | { readonly kind: 'compare'; readonly n: number; readonly triesLeft: number }
      | { readonly kind: 'none' | 'expired' | 'exhausted' | 'spent' }
    >;
    /** The code worked: it never works again. */
    spend(ticketId: string, n: number): Promise<void>;
  };
  /** So many at once under one tag: tickets of an address (A24), or whose turn it is to file a document. */
  readonly places: {
    /** Takes a place under this tag; false when `limit` others have one. The same holder again is true. A holder has one place in all. */
    claim(tag: string, holder: string, limit: number): Promise<boolean>;
    release(holder: string): Promise<void>;
  };
  readonly outbox: {
    /** What became of a letter: kept for `letters list`, without any personal data. */
    note(letter: LetterRecord): Promise<void>;
    get(letterId: string): Promise<LetterRecord | undefined>;
    list(): Promise<readonly LetterRecord[]>;
    /** Of one ticket, for erasure. */
    ofTicket(ticketId: string): Promise<readonly LetterRecord[]>;
    /** Deletes the records of this ticket's letters, at the end of their retention; how many that were. */
    forget(ticketId: string): Promise<number>;
  };
  /** What people have typed into forms and not sent yet, encrypted by the caller. */
  readonly drafts: {
    /** Keeps it in place of the one with the same id; one that was finished stays finished. Of an owner the newest `most` stay. */
    put(draft: KeptDraft, most: number): Promise<void>;
    /** Of this owner in this form, the newest first. */
    of(owner: string, form: string, at: Instant): Promise<readonly KeptDraft[]>;
    /** It was sent, or given up: it is erased, and until then what is still on its way does not bring it back. */
    finish(id: string, until: Instant): Promise<void>;
    /** Erases those about this ticket; how many that were. */
    forget(ticketId: string): Promise<number>;
    /** Forgets what ended before this. */
    prune(before: Instant): Promise<number>;
  };
  /** Codes for opening a ticket in one browser more: each belongs to the browser that asked. There is one for a reference of no ticket too. */
  readonly openings: {
    /**
     * Replaces the code before of this browser, unless that one was asked for after `notBefore`, and no further ahead of this one than
     * `notBefore` is behind it: so a clock that was wrong makes no citizen wait. The same `n` again changes nothing.
     */
    ask(
      opening: Opening,
      notBefore: Instant,
    ): Promise<{ readonly kind: 'asked' | 'again' } | { readonly kind: 'too-soon'; readonly askedAt: Instant }>;
    /** Counts one try, durably and before anything is compared. `spent`: by which command. */
    takeTry(
      id: string,
      at: Instant,
      triesPerCode: number,
    ): Promise<
      | { readonly kind: 'compare'; readonly n: number; readonly triesLeft: number }
      | { readonly kind: 'none' | 'expired' | 'exhausted' }
      | { readonly kind: 'spent'; readonly by: string }
    >;
    /** The code worked: it never works again. @returns false where another command was faster */
    spend(id: string, n: number, commandId: string): Promise<boolean>;
    /** Whose letter is still to be sent, oldest first. */
    unsent(): Promise<readonly Opening[]>;
    /** Nothing more is to be sent for this code. */
    settle(id: string, n: number): Promise<void>;
    /** Forgets what expired before this. */
    prune(before: Instant): Promise<number>;
  };
  readonly refusals: Refusals;
};
/** Nothing of it is readable here: owner and form are tags. */
export type KeptDraft = {
  readonly id: string;
  readonly owner: string;
  readonly form: string;
  /** which ticket it is about: erased with it */
  readonly ticketId?: string;
  readonly sealed: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
};
/** A code that was asked for. Nothing personal, and not whether there is such a ticket. */
export type Opening = {
  /** names the browser and the reference, as a keyed tag */
  readonly id: string;
  readonly reference: string;
  /** another for every code of this browser for this reference; the code itself is kept among the codes */
  readonly n: number;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  /** the citizen who asked has said which request the ticket is about: bounds that strangers can use up do not hold this letter back */
  readonly vouched: boolean;
};
/** Letters to the citizen, each about one ticket. */
export type CitizenLetterKind =
  | 'code'
  | 'opening'
  | 'new-address'
  | 'address-changed'
  | 'invitation'
  | 'change'
  | 'cancellation'
  | 'reminder'
  | 'earlier-hour'
  | 'resolution';
/** Letters to civil servants: about one thing that happened, about a day, about a week of the department. */
export type OfficialLetterKind = 'official-news' | 'official-day' | 'official-week';
export type LetterKind = CitizenLetterKind | OfficialLetterKind | 'text-message';
export type LetterRecord = {
  readonly letterId: string;
  /** of a letter to a civil servant: whose it is, as `staff-<staffId>` */
  readonly ticketId: string;
  readonly kind: LetterKind;
  readonly state: 'accepted' | 'failed' | 'bounced';
  readonly at: Instant;
  readonly attempts: number;
};
