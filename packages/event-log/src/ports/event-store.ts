/** SHA-256 in 64 lower-case hexadecimal digits. */
export type Hash = string;

/** What stands before the first event of a stream: 32 zero bytes. */
export const noHash: Hash = '0'.repeat(64);

/** Opaque and ordered: two positions of one store compare as strings. Over HTTP only twenty digits are taken, as the stores here give them. */
export type Position = string;

/** One event, serialised once. Every adapter keeps and returns `body` byte for byte. */
export type Envelope = {
  /** uuid v5, unique in the whole store */
  readonly id: string;
  /** the fact's type, repeated beside the body so that a store can show it */
  readonly type: string;
  /** the JSON text that was hashed */
  readonly body: string;
  readonly hash: Hash;
};

/** An envelope where it stands. */
export type Recorded = Envelope & { readonly position: Position; readonly stream: string; readonly revision: number };

/** There is no "any": a writer always says what it saw. */
export type Expected = { readonly kind: 'no-stream' } | { readonly kind: 'at'; readonly revision: number; readonly hash: Hash };

export type NonEmpty<T> = readonly [T, ...T[]];

/** `revision` and `position` are those of the last event of the batch. */
export type Appended = { readonly kind: 'appended'; readonly revision: number; readonly position: Position };
/** These very events stand there already: the same answer as the first time. */
export type AlreadyAppended = { readonly kind: 'already-appended'; readonly revision: number; readonly position: Position };
/** Another writer was first; nothing was written. `revision` is -1 when the stream does not exist. */
export type Conflict = { readonly kind: 'conflict'; readonly revision: number };
export type AppendResult = Appended | AlreadyAppended | Conflict;

/** The end of the log as it stood when the subscription got there. */
export type CaughtUp = { readonly kind: 'caught-up'; readonly position: Position };

/**
 * The one place that remembers. The promises are those of the exported contract suite:
 * an acknowledged append is durable, a conflict is a value, repeating an append is safe,
 * readers of the whole log see neither gap nor reordering, slow readers never grow memory.
 */
export type EventStore = {
  /** @throws EventStoreUnavailable when the outcome is not known and stays so; repeat the identical append to settle it */
  append(stream: string, expected: Expected, events: NonEmpty<Envelope>): Promise<AppendResult>;
  /** In order of revision, `from` inclusive, at most `most`. Nothing for a stream that does not exist. */
  read(stream: string, from?: number, most?: number): AsyncIterable<Recorded>;
  /** In global order, after (not at) `after`. */
  readAll(options?: { readonly after?: Position; readonly limit?: number }): AsyncIterable<Recorded>;
  /** Never ends until `signal` aborts; says `caught-up` each time it reaches the end. */
  subscribe(options: { readonly after?: Position; readonly signal: AbortSignal }): AsyncIterable<Recorded | CaughtUp>;
  /** Position of the newest event; empty string for an empty log. */
  end(): Promise<Position>;
  /**
   * At most `most` of the newest events, in global order. For a store whose positions have holes. Where it is left out, positions count
   * the events from 1 on, and the caller counts back from the end.
   */
  newestEvents?(most: number): Promise<readonly Recorded[]>;
  /**
   * The event that stands at this very position; undefined where none does. Where it is left out, positions count the events, and one is taken
   * to stand at each of them up to the end.
   */
  at?(position: Position): Promise<Recorded | undefined>;
  /**
   * Whether the same server or file keeps the log as when this was asked before. Left out where the store cannot tell.
   * @throws EventStoreUnavailable
   */
  isKeptAsBefore?(): Promise<boolean>;
  /**
   * Asks whether appends are taken now, and makes none. Left out where only an append can tell.
   * @param thoroughly after an append that failed: reads and writes are tried; otherwise only checks that cost nothing
   * @throws like `append`
   */
  takesAppends?(thoroughly: boolean): Promise<void>;
  /** Forgets what it remembers of the log, which may be another one than it was. Left out where nothing is remembered. */
  forget?(): void;
  /**
   * The streams that are not whole now, in the order of their names. Left out where only this service can delete or cut a stream.
   * @throws EventStoreUnavailable
   */
  damaged?(looking?: Looking): Promise<readonly StreamDamage[]>;
  /**
   * What the whole log still shows of a stream that is not whole, in the order of the log. Left out with `damaged`.
   * @throws EventStoreUnavailable
   */
  readFromWholeLog?(stream: string): Promise<readonly Recorded[]>;
  /** Whether the log is known to lack an acknowledged event of this stream. Left out where the store does not compare. */
  lacks?(stream: string): boolean;
};

/** Where to look as well: by itself a store looks where something has told of since it was asked before. */
export type Looking = {
  /** everywhere that the server tells of */
  readonly anew?: boolean;
  /** what others have come upon */
  readonly suspected?: readonly StreamDamage[];
};

/**
 * What was done to a stream on the server. `revision` is the first that cannot be read. `since` is the position at which the log records
 * the damage, for damage that can be undone and done again.
 * - `tombstoned`: it was deleted for ever
 * - `deleted`: the stream's metadata mark it as deleted; taking the metadata back undoes that
 * - `cut`: its metadata hide its beginning, or the beginning is gone already
 * - `foreign-event`: another program has written to it
 * - `denied`: its metadata take from this service the right to read it, or to write to it
 */
export const streamDamages = ['tombstoned', 'deleted', 'cut', 'foreign-event', 'denied'] as const;
export type StreamDamage = {
  readonly stream: string;
  readonly revision: number;
  readonly how: (typeof streamDamages)[number];
  readonly since?: Position;
};

/** Appends over this many bytes of bodies are refused on all stores. */
export const largestAppendBytes = 512 * 1024;

/** The store cannot say now (busy, full, cut off). What was asked may or may not have happened. */
export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
  /** @param code what kept the store from it, where that is known (`SQLITE_FULL`) */
  constructor(
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

/** The log contradicts itself: a gap in a stream's revisions, a body that is not an envelope. Never retried. */
export class EventLogCorrupt extends Error {
  override readonly name = 'EventLogCorrupt';
  /** @param damage where it is one stream, and what is around it can be read */
  constructor(
    message: string,
    readonly damage?: StreamDamage,
  ) {
    super(message);
  }
}

/** The names of streams that are not whole now: of a scavenged stream only the end is left. @throws EventStoreUnavailable */
export const namesOfDamaged = async (store: Pick<EventStore, 'damaged'>): Promise<ReadonlySet<string>> =>
  new Set((await store.damaged?.())?.map(({ stream }) => stream));

/** Which stream is not whole, where that is why it failed. */
export const damageIn = (error: unknown): StreamDamage | undefined => (error instanceof EventLogCorrupt ? error.damage : undefined);

/** Undefined where a stream that it reads is not whole. */
export const unlessDamaged = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (damageIn(error) === undefined) throw error;
    return undefined;
  }
};
