import { checkpointOf, verifiedCheckpoint } from '../checkpoint';
import { signedNoteOf, type NoteVerifier } from '../signed-note';
import { placeNoted, type CheckpointStore } from '../checkpoint-store';
import type { NodeHash } from '../merkle-tree';
import type { SignedLogFault } from '../not-as-signed';

/**
 * What a reader of the whole log finds beside the faults of signing. Of the tree and the checkpoints:
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

/** A root that the log must have with so many events. `outside`: kept out of reach of those who can change the log. */
export type RootToMeet = { readonly size: number; readonly root: NodeHash; readonly outside: boolean };

export type StoredCheckpoints = {
  /** by size, those from outside first among equals */
  readonly roots: readonly RootToMeet[];
  /** events under the newest checkpoint of the checkpoint store; 0 for none */
  readonly signed: number;
  /** in the checkpoint store, and from outside */
  readonly own: number;
  readonly outside: number;
};

type Asked = {
  readonly checkpoints: CheckpointStore;
  readonly verifier: NoteVerifier;
  readonly outside: readonly string[];
  readonly faults: Faults;
};

const claimedSize = (note: string): number | undefined => {
  const signed = signedNoteOf(note);
  return signed && checkpointOf(signed.text)?.size;
};

/** Everything that was signed, its signatures checked; what is wrong with it goes to `faults`. */
export const storedCheckpoints = async ({ checkpoints, verifier, outside, faults }: Asked): Promise<StoredCheckpoints> => {
  // read before the checkpoints: the signer notes its place after it has signed
  const noted = placeNoted(await checkpoints.get('resume'));
  const roots: RootToMeet[] = [];
  let signed = 0;
  let own = 0;
  for await (const note of checkpoints.notes()) {
    own += 1;
    const checkpoint = verifiedCheckpoint(note, verifier);
    if (checkpoint === undefined) faults.add({ reason: 'checkpoint-not-ours', number: Math.max(1, claimedSize(note) ?? signed + 1) });
    else if (checkpoint.size <= signed) faults.add({ reason: 'checkpoint-out-of-order', number: checkpoint.size });
    else {
      signed = checkpoint.size;
      roots.push({ size: signed, root: checkpoint.root, outside: false });
    }
  }
  if (noted !== undefined && noted.size > signed) faults.add({ reason: 'checkpoint-missing', number: signed + 1, upTo: noted.size });
  for (const note of outside) {
    const checkpoint = verifiedCheckpoint(note, verifier);
    if (checkpoint === undefined) faults.add({ reason: 'outside-not-ours', number: Math.max(1, claimedSize(note) ?? 1) });
    else roots.push({ size: checkpoint.size, root: checkpoint.root, outside: true });
  }
  roots.sort((a, b) => a.size - b.size || Number(b.outside) - Number(a.outside));
  return { roots, signed, own, outside: outside.length };
};
