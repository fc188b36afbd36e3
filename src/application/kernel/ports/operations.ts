import type { Instant } from '../../../domain/kernel/fact';
import type { Refusals } from './refusals';

/** What a command under an Idempotency-Key keeps before its first append, so that a retry is the same command to the last byte. */
export type StoredCommand = { readonly commandId: string; readonly at: Instant; readonly ids: readonly string[] };
/** An answer as it was given: status, body text and the headers that belong to the contract. */
export type StoredAnswer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** the streams whose personal data the answer shows: an answer given again shows them again */
  readonly shows?: readonly string[];
};
export type Remembered =
  { readonly kind: 'kept'; readonly command: StoredCommand; readonly answer?: StoredAnswer } | { readonly kind: 'other-body' };

/** So many may be counted under this tag since `since`. */
export type BoundedTag = { readonly tag: string; readonly since: Instant; readonly limit: number };

/** Operational state that is not history: durable, backed up, never rebuilt. */
export type Operations = {
  readonly idempotency: {
    /** The first caller's proposal is kept; every later caller with the same key and fingerprint gets that one. */
    remember(key: string, fingerprint: string, proposal: StoredCommand): Promise<Remembered>;
    /** The answer that is kept of the same command, for a caller that only looks; nothing where there is none. */
    answered(key: string, fingerprint: string): Promise<StoredAnswer | undefined>;
    /** The first answer is kept and returned to every caller, so that twins answer byte for byte the same. */
    settle(key: string, answer: StoredAnswer): Promise<StoredAnswer>;
    /** The command was refused: sent again it keeps its id and ids, and is of the instant of the first caller after this. */
    refused(key: string): Promise<void>;
    /** Forgets keys older than this. */
    prune(before: Instant): Promise<number>;
  };
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
  /**
   * Random codes until they are used or over: kept encrypted, for the process that writes their letter and for the handler that compares.
   */
  readonly codes: {
    /** The first caller's code is kept and told to every caller, durably; it is kept at least until then. */
    keep(name: string, code: string, until: Instant): Promise<string>;
    /** Nothing any more once its time is over or it was removed. */
    get(name: string, at: Instant): Promise<string | undefined>;
    remove(name: string): Promise<void>;
    /** Forgets what was over before this. */
    prune(before: Instant): Promise<number>;
  };
  /** So many at once under one tag: tickets of an address (A24), or whose turn it is to file a document. */
  readonly places: {
    /** Takes a place under this tag; false when `limit` others have one. The same holder again is true. A holder has one place in all. */
    claim(tag: string, holder: string, limit: number): Promise<boolean>;
    release(holder: string): Promise<void>;
  };
  readonly throttle: {
    /**
     * How many are counted under this tag since `since`; counts one more when `count`, which counts as long as it is from there to now.
     * What was counted further ahead of `at` than that, by a clock that was wrong, does not count, and is forgotten when one more is.
     */
    hits(tag: string, at: Instant, since: Instant, count: boolean): Promise<{ readonly count: number; readonly oldest?: Instant }>;
    /**
     * Counts one more under each of these tags, each named once, or under none where one has its limit already: then which of them is the
     * first that is full, and the oldest that it counts. As many as ask at once, no tag counts more than its limit.
     */
    take(places: readonly BoundedTag[], at: Instant): Promise<{ readonly full: number; readonly oldest?: Instant } | undefined>;
    /** Forgets one that was counted at this instant, and no other caller forgets the same one; false where there is none. */
    giveBack(tag: string, at: Instant): Promise<boolean>;
    /** Forgets what counted until before this. */
    prune(before: Instant): Promise<number>;
  };
  readonly attempts: {
    /** Notes an attempt of an effect before it is made; the number of this attempt, 1 for the first. */
    begin(effectId: string, at: Instant): Promise<number>;
    failed(effectId: string, nextAt: Instant, error: string): Promise<void>;
    done(effectId: string): Promise<void>;
    get(effectId: string): Promise<Attempt | undefined>;
    list(): Promise<readonly Attempt[]>;
    /** Those of effects that have not ended. */
    unfinished(): Promise<readonly Attempt[]>;
    /** Forgets the attempts, with any outcome: tried again at once, from the first attempt. */
    reset(effectId: string): Promise<boolean>;
    /** The same of one that waits for its turn or was given up; false, and nothing is forgotten, where it is under way or has ended. */
    hasten(effectId: string): Promise<boolean>;
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
  /** Small durable settings of the installation (token versions, feed secrets by tag). */
  readonly keyValues: {
    get(name: string): Promise<string | undefined>;
    put(name: string, value: string): Promise<void>;
    remove(name: string): Promise<void>;
  };
  /** What a browser's cookie leads to, sealed by the caller; after `expiresAt` it leads to no session. */
  readonly sessions: {
    /** @param signIn of an official: whose sign-in it is, and when the official was last active */
    put(tag: string, sealed: string, expiresAt: Instant, signIn?: SignInTags & { readonly activeAt: Instant }): Promise<void>;
    /** The same where there is one; false, and nothing is put, where there is none any more. Whose it is stays. */
    replace(tag: string, sealed: string, expiresAt: Instant): Promise<boolean>;
    get(tag: string, at: Instant): Promise<StoredSession | undefined>;
    /** Those of this subject that have not ended, the one first that was idle for the longest time. */
    of(subject: string, at: Instant): Promise<readonly { readonly tag: string; readonly activeAt: Instant }[]>;
    /** The user was active at this instant. */
    touch(tag: string, at: Instant): Promise<void>;
    remove(tag: string): Promise<void>;
    /** Ends all of this subject; or those of this session at the provider, and those of the subject that name none. How many that were. */
    end(signIn: Partial<SignInTags>): Promise<number>;
    /** Forgets what ended before this. */
    prune(before: Instant): Promise<number>;
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
  /** Who stands behind a pseudonym, by a tag of how they are known. The caller encrypts the name. */
  readonly people: {
    /** The first one of a tag counts. @returns the one that counts */
    add(person: KnownPerson): Promise<KnownPerson>;
    get(tag: string): Promise<KnownPerson | undefined>;
    list(): Promise<readonly KnownPerson[]>;
    /** By pseudonym. @returns whether there was one */
    remove(person: string): Promise<boolean>;
  };
  /**
   * Tokens by their id: those that were made here, and messages that count once. A token that was never noted counts until it is revoked.
   */
  readonly tokens: {
    /** False, and nothing is noted, where the id is known. */
    note(token: NotedToken): Promise<boolean>;
    /** Also one that was never noted, as after older data were put back; that is remembered until `until`. */
    revoke(id: string, at: Instant, until: Instant): Promise<void>;
    isRevoked(id: string): Promise<boolean>;
    /** In the order in which they were made. */
    list(): Promise<readonly NotedToken[]>;
    /**
     * Forgets those that ended before this. What was revoked stays: otherwise a clock that was ahead once would make a revoked token good
     * again.
     */
    prune(before: Instant): Promise<number>;
  };
};
/** Whose sign-in a session is, as keyed tags. */
export type SignInTags = {
  readonly subject: string;
  /** of the session at the identity provider */
  readonly sid?: string;
};
/** `activeAt`: when the user was last active, of a session that was put with a sign-in. */
export type StoredSession = { readonly sealed: string; readonly activeAt?: Instant };
export type KnownPerson = { readonly tag: string; readonly person: string; readonly sealed: string; readonly at: Instant };
export type NotedToken = {
  readonly id: string;
  readonly role: string;
  readonly person: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt?: Instant;
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
export type Attempt = {
  readonly effectId: string;
  readonly attempts: number;
  readonly lastAt: Instant;
  readonly nextAt?: Instant;
  readonly error?: string;
  readonly done: boolean;
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
