import type { Instant } from '@tichet-albastru/kernel/fact';

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

/** Operational state of any procedure that is not history: durable, backed up, never rebuilt. */
export type LogOperations = {
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
export type Attempt = {
  readonly effectId: string;
  readonly attempts: number;
  readonly lastAt: Instant;
  readonly nextAt?: Instant;
  readonly error?: string;
  readonly done: boolean;
};
