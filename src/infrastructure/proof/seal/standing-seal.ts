import type { Position } from '../../../application/kernel/ports/event-store';
import type { EventStanding, Seal, SealedUpTo } from '../../../application/kernel/ports/seal';
import { numberOf } from '../../log/event-store/append-rules';
import { verifiedCheckpoint } from '../note/checkpoint';
import { type NoteVerifier, verifierLine } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { timeStampKept } from '../timestamp/time-stamp-kept';
import { bytesOfAHash, leafHash, type NodeHash } from '../tree/node-hash';
import { inclusionProof, rootFromInclusion } from '../tree/proofs';
import { hashesOfATile, type TileAt, TileMissing } from '../tree/tiles';
import { LogNotAsSealed } from './log-not-as-sealed';
import { placeNoted } from './place-noted';
import { createTileMemory } from './tile-memory';

/** What whoever seals has left on the shelf, for those who ask. @param options.counts where positions of the log count its events */
export const createStandingSeal = ({
  shelf,
  verifier,
  counts,
}: {
  readonly shelf: SealShelf;
  readonly verifier: NoteVerifier;
  readonly counts: boolean;
}): Seal => {
  const tiles = createTileMemory(shelf);
  let verified: SealedUpTo | undefined;

  const upTo = (note: string | undefined): SealedUpTo | undefined => {
    if (note === undefined || note === verified?.note) return note === undefined ? undefined : verified;
    const checkpoint = verifiedCheckpoint(note, verifier);
    if (checkpoint === undefined) throw new LogNotAsSealed({ reason: 'checkpoint-not-ours', number: 0 });
    verified = { size: checkpoint.size, root: checkpoint.root.toString('hex'), note };
    return verified;
  };

  const inTree = async (hash: NodeHash, leaf: number, { size, root: signed }: SealedUpTo): Promise<EventStanding> => {
    try {
      const read = tiles.nodesOf(size);
      const proof = await inclusionProof(read, leaf, size);
      const leads = (from: NodeHash): boolean => rootFromInclusion(from, leaf, size, proof)?.toString('hex') === signed;
      if (leads(hash)) return { kind: 'sealed', leaf, proof: proof.map((beside) => beside.toString('hex')) };
      // only a tree that is itself the one that was signed says that the event is another
      return { kind: leads(await read({ level: 0, index: leaf })) ? 'differs' : 'unreadable', leaf };
    } catch (error) {
      if (error instanceof TileMissing) return { kind: 'unreadable', leaf };
      throw error;
    }
  };

  const leafOf = async (leaf: NodeHash, position: Position, size: number): Promise<number | undefined> =>
    counts ? numberOf(position) - 1 : placeAmongLeaves((at) => tiles.tile(at, size), leaf, size);

  return {
    verifier: verifierLine(verifier),
    checkpoint: async () => upTo(await shelf.newest()),
    witnessed: async () => upTo(await shelf.get('witnessed')),
    timeStamped: async () => {
      const kept = timeStampKept(await shelf.get('time-stamped'));
      const sealed = upTo(kept?.note);
      return kept === undefined || sealed === undefined ? undefined : { ...sealed, token: kept.token };
    },
    standing: async (event, checkpoint): Promise<EventStanding> => {
      const { size } = checkpoint;
      const hash = leafHash(event.hash);
      const leaf = await leafOf(hash, event.position, size);
      if (leaf === undefined) return (await isBehind(shelf, event.position, size)) ? { kind: 'not-yet' } : { kind: 'differs' };
      // a position that the service gives none
      if (!(leaf >= 0)) return { kind: 'differs' };
      if (leaf >= size) return { kind: 'not-yet' };
      const remembered = await inTree(hash, leaf, checkpoint);
      if (remembered.kind === 'sealed') return remembered;
      // what was read long ago may have been made anew since
      tiles.forget();
      return inTree(hash, leaf, checkpoint);
    },
  };
};

/** From the newest on: who asks mostly asks about what is new. */
const placeAmongLeaves = async (
  tile: (at: TileAt) => Promise<Buffer | undefined>,
  leaf: NodeHash,
  size: number,
): Promise<number | undefined> => {
  for (let index = Math.floor(size / hashesOfATile); index >= 0; index -= 1) {
    const kept = await tile({ level: 0, index });
    if (kept === undefined) continue;
    for (let at = kept.indexOf(leaf); at !== -1; at = kept.indexOf(leaf, at + 1))
      if (at % bytesOfAHash === 0) return index * hashesOfATile + at / bytesOfAHash;
  }
  return undefined;
};

/** Whoever seals notes how far it is after it has signed: what stands behind an older note may be on its way. */
const isBehind = async (shelf: SealShelf, position: Position, size: number): Promise<boolean> => {
  const resume = placeNoted(await shelf.get('resume'));
  return resume === undefined || resume.size < size || position > resume.position;
};
