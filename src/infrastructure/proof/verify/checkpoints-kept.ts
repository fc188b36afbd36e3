import { checkpointOf, verifiedCheckpoint } from '../note/checkpoint';
import { signedNoteOf, type NoteVerifier } from '../note/signed-note';
import { placeNoted } from '../seal/place-noted';
import type { SealShelf } from '../shelf/seal-shelf';
import type { NodeHash } from '../tree/node-hash';
import type { FaultsFound } from './log-fault';

/** A root that the log must have with so many events. `outside`: kept where whoever changes the log does not come. */
export type RootToMeet = { readonly size: number; readonly root: NodeHash; readonly outside: boolean };

export type CheckpointsKept = {
  /** by size, those from outside first among equals */
  readonly roots: readonly RootToMeet[];
  /** events under the newest checkpoint of the shelf; 0 for none */
  readonly sealed: number;
  /** on the shelf, and from outside */
  readonly own: number;
  readonly outside: number;
};

type Asked = {
  readonly shelf: SealShelf;
  readonly verifier: NoteVerifier;
  readonly outside: readonly string[];
  readonly faults: FaultsFound;
};

const claimedSize = (note: string): number | undefined => {
  const signed = signedNoteOf(note);
  return signed && checkpointOf(signed.text)?.size;
};

/** Everything that was signed, its signatures checked; what is wrong with it goes to `faults`. */
export const checkpointsKept = async ({ shelf, verifier, outside, faults }: Asked): Promise<CheckpointsKept> => {
  // before the checkpoints: whoever seals notes how far it is after it has signed
  const noted = placeNoted(await shelf.get('resume'));
  const roots: RootToMeet[] = [];
  let sealed = 0;
  let own = 0;
  for await (const note of shelf.checkpoints()) {
    own += 1;
    const checkpoint = verifiedCheckpoint(note, verifier);
    if (checkpoint === undefined) faults.add({ reason: 'checkpoint-not-ours', number: Math.max(1, claimedSize(note) ?? sealed + 1) });
    else if (checkpoint.size <= sealed) faults.add({ reason: 'checkpoint-out-of-order', number: checkpoint.size });
    else {
      sealed = checkpoint.size;
      roots.push({ size: sealed, root: checkpoint.root, outside: false });
    }
  }
  if (noted !== undefined && noted.size > sealed) faults.add({ reason: 'checkpoint-missing', number: sealed + 1, upTo: noted.size });
  for (const note of outside) {
    const checkpoint = verifiedCheckpoint(note, verifier);
    if (checkpoint === undefined) faults.add({ reason: 'outside-not-ours', number: Math.max(1, claimedSize(note) ?? 1) });
    else roots.push({ size: checkpoint.size, root: checkpoint.root, outside: true });
  }
  roots.sort((a, b) => a.size - b.size || Number(b.outside) - Number(a.outside));
  return { roots, sealed, own, outside: outside.length };
};
