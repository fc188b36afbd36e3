/** An event as other libraries take it: the fact and the metadata of our envelope, so that everybody keeps the same bytes. */
export type PeerEvent = {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** How a library reads everything there is, from the beginning on, each event looked at. */
export type WayOfReplaying = {
  readonly how: string;
  /** @param most stop after about so many @returns how many were read */
  readonly replay: (most: number) => Promise<number>;
};

/** Another event store, used as its documentation says. */
export type PeerStore = {
  /**
   * One append that expects its stream not to exist: a new one.
   * @param again this one, which exists
   * @returns how to find the stream
   */
  append(events: readonly PeerEvent[], again?: string): Promise<string>;
  /** Reads a stream and folds it. @returns how many events it holds */
  load(stream: string): Promise<number>;
  /** The events that stand in it, counted by the database. */
  count(): Promise<number>;
  readonly ways: readonly WayOfReplaying[];
  close(): Promise<void>;
};

/** Where a peer keeps its events. */
export type PeerPlace = { readonly url: string };

export type HttpClient = {
  /** with its version */
  readonly name: string;
  readonly open: (place: PeerPlace) => Promise<PeerStore>;
};
/** A peer that cannot be had here, and why. */
export type NoPeer = { readonly name: string; readonly missing: string };
