import { type SignedCheckpoint, verifiedCheckpoint } from '../note/checkpoint';
import type { NoteVerifier } from '../note/signed-note';
import type { SealFault } from '../seal/log-not-as-sealed';
import type { SealShelf } from '../shelf/seal-shelf';
import { wholeTilesOf } from '../shelf/whole-tiles';
import { consistencyProof, isConsistent, rootOf } from '../tree/proofs';
import { nodesInTiles, TileMissing } from '../tree/tiles';
import { type Witness, WitnessUnavailable } from './witness';

const tilesOfAProof = 32;

const noteShown = async (witness: Witness, log: NoteVerifier, signal: AbortSignal): Promise<string | undefined> => {
  try {
    return await witness.shown(log, signal);
  } catch (error) {
    if (error instanceof WitnessUnavailable) return undefined;
    throw error;
  }
};

/** Whether the tree that we signed last has another beginning. Tiles that are being made anew tell nothing. */
const beginsOtherwise = async (
  shelf: SealShelf,
  ours: SignedCheckpoint,
  shown: Pick<SignedCheckpoint, 'size' | 'root'>,
): Promise<boolean> => {
  if (shown.size === 0) return false;
  if (shown.size === ours.size) return !shown.root.equals(ours.root);
  const read = nodesInTiles(wholeTilesOf(shelf, tilesOfAProof));
  try {
    const root = await rootOf(read, shown.size);
    const isOurs = isConsistent({ size: shown.size, root }, ours, await consistencyProof(read, shown.size, ours.size));
    return isOurs && !root.equals(shown.root);
  } catch (error) {
    if (error instanceof TileMissing) return false;
    throw error;
  }
};

/**
 * A witness that refuses may err, or lie. One that shows a checkpoint which our own key has signed, and with which our log does not begin,
 * need not be believed: we see for ourselves.
 * @returns `undefined` when it shows nothing of the kind
 */
export const contradictionShown = async (
  { shelf, log }: { readonly shelf: SealShelf; readonly log: NoteVerifier },
  witness: Witness,
  signal: AbortSignal,
): Promise<SealFault | undefined> => {
  const note = await noteShown(witness, log, signal);
  const shown = note === undefined ? undefined : verifiedCheckpoint(note, log);
  // read after what is shown: whatever was signed before stands on the shelf by now
  const ours = verifiedCheckpoint((await shelf.newest()) ?? '', log);
  if (shown === undefined || ours === undefined) return undefined;
  if (shown.size <= ours.size && !(await beginsOtherwise(shelf, ours, shown))) return undefined;
  return { reason: 'witness-contradicts', number: shown.size, root: shown.root.toString('hex') };
};
