import { signCheckpoint, verifiedCheckpoint, type SignedCheckpoint } from '../note/checkpoint';
import type { NoteSigner } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { isConsistent } from '../tree/proofs';
import { emptyRoot, type NodeHash } from '../tree/node-hash';
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
  /** Durable when it answers. @throws LogNotAsSealed, and signs nothing, when this tree does not continue the last one */
  sign(grown: Grown): Promise<SignedCheckpoint>;
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
      if (size < before.size) throw refuse;
      const proof = before.size === 0 ? [] : await proofFrom(before.size);
      if (!isConsistent(before, { size, root }, proof)) throw refuse;
      const signed = signCheckpoint({ origin: key.name, size, root }, key);
      await shelf.append(signed.note, size);
      return signed;
    },
  };
};
