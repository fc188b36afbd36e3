import { signCheckpoint, verifiedCheckpoint, type SignedCheckpoint } from '../note/checkpoint';
import type { NoteSigner } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { consistencyProof, isConsistent } from '../tree/proofs';
import { emptyRoot, type NodeHash } from '../tree/node-hash';
import { nodesInTiles, TileMissing } from '../tree/tiles';
import { LogNotAsSealed } from './log-not-as-sealed';

export type Grown = {
  readonly size: number;
  readonly root: NodeHash;
  /** that it begins with the tree of `earlier` leaves, RFC 6962, 2.1.2 */
  readonly proofFrom: (earlier: number) => Promise<readonly NodeHash[]>;
};

/** Signs trees, and never two that contradict each other: it remembers the last on the shelf and asks for the proof that the next one continues it. */
export type Signer = {
  /** What was signed last. @throws LogNotAsSealed when it bears another signature than ours */
  last(): Promise<SignedCheckpoint | undefined>;
  /**
   * Durable when it answers.
   * @returns `undefined`, and signs nothing, where another process has signed more of the same log meanwhile
   * @throws LogNotAsSealed, and signs nothing, when this tree does not continue the last one
   */
  sign(grown: Grown): Promise<SignedCheckpoint | undefined>;
};

export const createSigner = (shelf: SealShelf, key: NoteSigner): Signer => {
  const last = async (): Promise<SignedCheckpoint | undefined> => {
    const note = await shelf.newest();
    if (note === undefined) return undefined;
    const checkpoint = verifiedCheckpoint(note, key);
    if (checkpoint === undefined) throw new LogNotAsSealed({ reason: 'checkpoint-not-ours', number: 0 });
    return checkpoint;
  };
  return {
    last,
    sign: async ({ size, root, proofFrom }) => {
      const before = (await last()) ?? { size: 0, root: emptyRoot };
      const refuse = new LogNotAsSealed({ reason: 'signer-refuses', number: Math.min(size, before.size) + 1 });
      if (size < before.size) {
        if (await isBeginningOf(shelf, { size, root }, before)) return undefined;
        throw refuse;
      }
      const proof = before.size === 0 ? [] : await proofFrom(before.size);
      if (!isConsistent(before, { size, root }, proof)) throw refuse;
      const signed = signCheckpoint({ origin: key.name, size, root }, key);
      await shelf.append(signed.note, size);
      return signed;
    },
  };
};

/** A process that stood still finds that another has gone on in its place: no fault, where the tiles prove that it is the same log. */
const isBeginningOf = async (
  shelf: SealShelf,
  ours: Pick<Grown, 'size' | 'root'>,
  signed: Pick<Grown, 'size' | 'root'>,
): Promise<boolean> => {
  if (ours.size === 0) return true;
  try {
    const proof = await consistencyProof(
      nodesInTiles((at) => shelf.tile(at)),
      ours.size,
      signed.size,
    );
    return isConsistent(ours, signed, proof);
  } catch (error) {
    if (error instanceof TileMissing) return false;
    throw error;
  }
};
