import type { SignedLogFault } from '../not-as-signed';

/**
 * What whoever reads the whole log finds beside the faults of signing. Of the tree and the checkpoints:
 * - `tile-differs`: the tree in the checkpoint store is not that of the log, and the log is what was signed
 * - `tile-missing`: the tree in the checkpoint store has a hole
 * - `checkpoint-out-of-order`: checkpoints do not grow
 *
 * Against a checkpoint that was kept elsewhere:
 * - `rolled-back`: it has more entries than the log
 * - `rewritten`: it was signed over other entries
 * - `outside-not-ours`: it does not bear the signature of this key
 */
export type ReadFault = Omit<SignedLogFault, 'reason'> & {
  readonly reason:
    | SignedLogFault['reason']
    | 'tile-differs'
    | 'tile-missing'
    | 'checkpoint-out-of-order'
    | 'rolled-back'
    | 'rewritten'
    | 'outside-not-ours';
  /** where no single entry can be named: the first one concerned is between `number` and this one */
  readonly upTo?: number;
  /** SHA-256 of a zero byte and the hash of the entry that was signed there, when the tree still knows it */
  readonly leaf?: string;
};

/** Who is told of what is found. */
export type Faults = { add(fault: ReadFault): void };
