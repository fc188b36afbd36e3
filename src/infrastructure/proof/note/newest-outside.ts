import type { SealShelf } from '../shelf/seal-shelf';
import { type SignedCheckpoint, verifiedCheckpoint } from './checkpoint';
import type { NoteVerifier } from './signed-note';

/**
 * The checkpoint to hand to somebody outside who has the one of `size` leaves: what a witness has cosigned says more; what grew since is
 * taken where nobody witnesses, or the witness is away. `undefined` when neither has grown.
 */
export const newestOutside = async (
  shelf: Pick<SealShelf, 'get' | 'newest'>,
  log: NoteVerifier,
  size: number,
): Promise<SignedCheckpoint | undefined> => {
  for (const note of [await shelf.get('witnessed'), await shelf.newest()]) {
    const checkpoint = note === undefined ? undefined : verifiedCheckpoint(note, log);
    if (checkpoint !== undefined && checkpoint.size > size) return checkpoint;
  }
  return undefined;
};
