import { consistencyProof, leafHash, nodeHash, type ReadNode, rootOf, signCheckpoint, type Submission } from '@tichet-albastru/signed-log';
import { logKey } from './sealed-log';

/** Leaves 0 … n−1 of a history; from leaf `forkAt` on they are another one's. */
export const treeOf = (history: number, forkAt: number): ReadNode => {
  const read: ReadNode = async ({ level, index }) => {
    if (level === 0) {
      const which = index < forkAt ? 0 : history;
      return leafHash(Buffer.alloc(32, `${which}-${index}`).toString('hex'));
    }
    const [left, right] = [await read({ level: level - 1, index: index * 2 }), await read({ level: level - 1, index: index * 2 + 1 })];
    return nodeHash(left, right);
  };
  return read;
};

export const submissionFor = async (read: ReadNode, oldSize: number, size: number, key = logKey): Promise<Submission> => ({
  note: signCheckpoint({ origin: key.name, size, root: await rootOf(read, size) }, key).note,
  oldSize,
  proof: oldSize === 0 || oldSize > size ? [] : await consistencyProof(read, oldSize, size),
});
