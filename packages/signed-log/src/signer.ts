import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { signCheckpoint, verifiedCheckpoint, type SignedCheckpoint } from './checkpoint';
import type { NoteSigner } from './signed-note';
import type { CheckpointStore } from './checkpoint-store';
import { consistencyProof, isConsistent, emptyRoot, type NodeHash } from './merkle-tree';
import { nodesInTiles, TileMissing } from './tiles';
import { LogNotAsSigned } from './not-as-signed';

export type Grown = {
  readonly size: number;
  readonly root: NodeHash;
  /** that it begins with the tree of `earlier` leaves, RFC 6962, 2.1.2 */
  readonly proofFrom: (earlier: number) => Promise<readonly NodeHash[]>;
};

/** Signs trees, and never two that contradict each other: it remembers the last in the checkpoint store and asks for the proof that the next one continues it. */
export type Signer = {
  /** What was signed last. @throws LogNotAsSigned when it bears another signature than ours */
  last(): Promise<SignedCheckpoint | undefined>;
  /**
   * Durable when it answers.
   * @returns `undefined`, and signs nothing, where another process has signed more of the same log meanwhile
   * @throws LogNotAsSigned, and signs nothing, when this tree does not continue the last one
   */
  sign(grown: Grown): Promise<SignedCheckpoint | undefined>;
};

export const createSigner = (checkpoints: CheckpointStore, key: NoteSigner): Signer => {
  const last = async (): Promise<SignedCheckpoint | undefined> => {
    const note = await checkpoints.newest();
    if (note === undefined) return undefined;
    const checkpoint = verifiedCheckpoint(note, key);
    if (checkpoint === undefined) throw new LogNotAsSigned({ reason: 'checkpoint-not-ours', number: 0 });
    return checkpoint;
  };
  return {
    last,
    sign: async ({ size, root, proofFrom }) => {
      const before = (await last()) ?? { size: 0, root: emptyRoot };
      const refuse = new LogNotAsSigned({ reason: 'signer-refuses', number: Math.min(size, before.size) + 1 });
      if (size < before.size) {
        if (await isBeginningOf(checkpoints, { size, root }, before)) return undefined;
        throw refuse;
      }
      const proof = before.size === 0 ? [] : await proofFrom(before.size);
      if (!isConsistent(before, { size, root }, proof)) throw refuse;
      const signed = signCheckpoint({ origin: key.name, size, root }, key);
      await checkpoints.append(signed.note, size);
      return signed;
    },
  };
};

/** A process that stood still finds that another has gone on in its place: no fault, where the tiles prove that it is the same log. */
const isBeginningOf = async (
  checkpoints: CheckpointStore,
  ours: Pick<Grown, 'size' | 'root'>,
  signed: Pick<Grown, 'size' | 'root'>,
): Promise<boolean> => {
  if (ours.size === 0) return true;
  const read = nodesInTiles((at) => checkpoints.tile(at));
  return unlessThrown(TileMissing, false, async () => isConsistent(ours, signed, await consistencyProof(read, ours.size, signed.size)));
};
