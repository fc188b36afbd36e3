import type { Hash, Recorded } from '@tichet-albastru/event-log/ports/event-store';

/** The newest checkpoint that was signed: the log as it stood with this many events. */
export type LogCheckpoint = {
  /** events, counted from the first of the log */
  readonly size: number;
  /** of the RFC 6962 tree over the hashes of these events */
  readonly root: Hash;
  /** C2SP tlog-checkpoint in a signed note, word for word */
  readonly note: string;
};

/** A checkpoint that a time-stamping authority has stamped (RFC 3161). */
export type StampedCheckpoint = LogCheckpoint & {
  /** TimeStampToken over SHA-256 of `note`, DER in base64 */
  readonly token: string;
};

/**
 * Where an event stands in the sealed log. `leaf` counts the events before it; `proof` leads from it to the root, lowest first.
 * `not-yet`: written after the checkpoint, which comes at the latest a minute later. `differs`: at this place another event was sealed.
 * `unreadable`: the tree in the checkpoint store has a hole there, or is not the one that was signed; it can be made anew from the log.
 */
export type EventStatus =
  | { readonly kind: 'sealed'; readonly leaf: number; readonly proof: readonly Hash[] }
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'unreadable'; readonly leaf?: number }
  | { readonly kind: 'differs'; readonly leaf?: number };

/** What was signed of the log, for a reader who checks whether it is still what it was (C21). */
export type SignedLog = {
  /** the public key in one line, C2SP signed-note: `<name>+<digits>+<base64>` */
  readonly verifier: string;
  /** `undefined` before the first one */
  checkpoint(): Promise<LogCheckpoint | undefined>;
  /** The newest one that a witness has cosigned; `note` has its line as well. `undefined` where there is no witness. */
  witnessed(): Promise<LogCheckpoint | undefined>;
  /** The newest one that was time-stamped; `undefined` where none ever was. */
  timeStamped(): Promise<StampedCheckpoint | undefined>;
  /** @param leaf where it may be, from a caller that has counted the events before it: looked at first */
  standing(event: Recorded, upTo: LogCheckpoint, leaf?: number): Promise<EventStatus>;
};
