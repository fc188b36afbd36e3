export const signedLogFaultReasons = [
  'event-missing',
  'hash-differs',
  'other-event',
  'log-shorter',
  'tree-differs',
  'checkpoint-not-ours',
  'checkpoint-missing',
  'signer-refuses',
  'witness-contradicts',
  'acknowledged-missing',
  'tables-ahead',
  'stream-damaged',
] as const;

/**
 * The first place where the log, the tree and the signed checkpoints disagree. `number` counts the log's events from 1 on.
 * - `event-missing`: the log has no event there
 * - `hash-differs`: the event's bytes are not those of its hash
 * - `other-event`: an event stands there that is not the one that was signed
 * - `log-shorter`: the log ends before what was signed; `number` is the first event that is missing
 * - `tree-differs`: the log does not lead to the root that was signed, and no tile tells at which event
 * - `checkpoint-not-ours`: what was signed last does not bear the signature of our key
 * - `checkpoint-missing`: more was signed than the checkpoints say; `number` is the first signed event that they do not cover
 * - `signer-refuses`: the tree is no continuation of the one that was signed
 * - `witness-contradicts`: a witness shows a checkpoint of `number` events that our key has signed, and the log does not begin with it
 * - `stream-damaged`: a stream was deleted or cut on the server; `number` is 0. The fault ends by itself once that is mended, or closed
 * - `acknowledged-missing`: a process has acknowledged or signed an event that the log does not hold; `number` is 0 where positions do not
 *   count the events
 * - `tables-ahead`: the tables have handled an event beyond the end of the log, or at a place where the log holds another one; nothing
 *   else is known of that event; `number` is 0 where positions do not count the events
 */
export type SignedLogFault = {
  readonly reason: (typeof signedLogFaultReasons)[number];
  readonly number: number;
  /** where an event stands there */
  readonly eventId?: string;
  readonly stream?: string;
  readonly revision?: number;
  /** what was done to the stream */
  readonly how?: string;
  /** of the checkpoint that the witness shows, hexadecimal */
  readonly root?: string;
  /** how many that were acknowledged are missing, of those that are remembered one by one */
  readonly missing?: number;
  /** behind this position more may be missing than are remembered one by one; the empty one is before the first */
  readonly behind?: string;
};

/** The log was changed after it was signed, or the checkpoints were. Nothing more may be written until an operator has looked. */
export class LogNotAsSigned extends Error {
  override readonly name = 'LogNotAsSigned';
  constructor(readonly fault: SignedLogFault) {
    super(`The log is not what was sealed: ${fault.reason} at event ${fault.number}.`);
  }
}
