import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { createMemoryCheckpointStore } from '../../../src/infrastructure/signed-log/checkpoint-store';
import {
  createFrontier,
  wholeNodesOf,
  emptyRoot,
  leafHash,
  nodeHash,
  consistencyProof,
  inclusionProof,
  isConsistent,
  rootFromInclusion,
  rootOf,
  type NodeHash,
} from '../../../src/infrastructure/signed-log/merkle-tree';
import { openTree } from '../../../src/infrastructure/signed-log/growing-tree';
import { tilePath } from '../../../src/infrastructure/signed-log/tiles';

const eventHash = (place: number): string => createHash('sha256').update(String(place)).digest('hex');
const leaves = Array.from({ length: 700 }, (_, place) => leafHash(eventHash(place)));

/** MTH word for word, RFC 6962, 2.1. */
const merkleTreeHash = (of: readonly NodeHash[]): NodeHash => {
  const [only] = of;
  if (only === undefined) return emptyRoot;
  if (of.length === 1) return only;
  let k = 1;
  while (k * 2 < of.length) k *= 2;
  return nodeHash(merkleTreeHash(of.slice(0, k)), merkleTreeHash(of.slice(k)));
};

const sizes = fc.integer({ min: 1, max: leaves.length });
const aPair = sizes.chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size })));

describe('the tree over the events (RFC 6962)', () => {
  const grown = async (size: number) => {
    const checkpoints = createMemoryCheckpointStore();
    const tree = await openTree(checkpoints, 0);
    for (let place = 0; place < size; place += 1) tree.append(eventHash(place));
    await tree.flush();
    return { checkpoints, tree };
  };

  it('has another hash for a leaf than for a node of the same bytes', () => {
    const [left, right] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(leafHash(left.toString('hex'))).toEqual(
      createHash('sha256')
        .update(Buffer.concat([Buffer.from([0]), left]))
        .digest(),
    );
    expect(nodeHash(left, right)).toEqual(
      createHash('sha256')
        .update(Buffer.concat([Buffer.from([1]), left, right]))
        .digest(),
    );
    expect(() => leafHash('not a hash')).toThrow(TypeError);
  });

  it('says the whole subtrees of every size, also where logarithms are not exact', () => {
    for (let exponent = 0; exponent < 53; exponent += 1) {
      expect(wholeNodesOf(2 ** exponent)).toEqual([{ level: exponent, index: 0 }]);
      if (exponent > 0) expect(wholeNodesOf(2 ** exponent - 1)).toHaveLength(exponent);
    }
  });

  it('has the root of the definition, grown leaf by leaf or read from its tiles', () =>
    fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        const { tree } = await grown(size);
        const root = merkleTreeHash(leaves.slice(0, size));
        expect(tree.root()).toEqual(root);
        expect(await rootOf(tree.read, size)).toEqual(root);
      }),
    ));

  it('goes on from what is in its checkpoint store as if it had never stopped', () =>
    fc.assert(
      fc.asyncProperty(aPair, async ([size, earlier]) => {
        const { checkpoints } = await grown(size);
        const again = await openTree(checkpoints, earlier);
        for (let place = earlier; place < leaves.length; place += 1) again.append(eventHash(place));
        await again.flush();
        expect(again.root()).toEqual(merkleTreeHash(leaves));
        expect(await rootOf(again.read, leaves.length)).toEqual(again.root());
      }),
    ));

  it('proves every leaf, and no other in its place', () =>
    fc.assert(
      fc.asyncProperty(aPair, fc.nat(), async ([size, place], chance) => {
        const { tree } = await grown(size);
        const leaf = place - 1;
        const proof = await inclusionProof(tree.read, leaf, size);
        const from = (hash: NodeHash | undefined, index: number, of: number, hashes = proof): NodeHash | undefined =>
          rootFromInclusion(hash ?? emptyRoot, index, of, hashes);
        expect(from(leaves[leaf], leaf, size)).toEqual(tree.root());
        expect(from(Buffer.alloc(32), leaf, size)).not.toEqual(tree.root());
        if (size > 1) expect(from(leaves[leaf], (leaf + 1 + (chance % (size - 1))) % size, size)).not.toEqual(tree.root());
        expect(from(leaves[leaf], leaf, size, [...proof, Buffer.alloc(32)])).toBeUndefined();
        expect(from(leaves[leaf], size, size)).toBeUndefined();
        if (proof.length > 0) expect(from(leaves[leaf], leaf, size, proof.slice(1))).not.toEqual(tree.root());
      }),
    ));

  it('proves that it continues an earlier one, and no other', () =>
    fc.assert(
      fc.asyncProperty(aPair, fc.nat(), async ([size, earlier], chance) => {
        const { tree } = await grown(size);
        const proof = await consistencyProof(tree.read, earlier, size);
        const was = { size: earlier, root: merkleTreeHash(leaves.slice(0, earlier)) };
        const is = { size, root: tree.root() };
        expect(isConsistent(was, is, proof)).toBe(true);
        const changed = Buffer.from(was.root);
        changed[chance % 32] = (changed[chance % 32] ?? 0) ^ 1;
        expect(isConsistent({ ...was, root: changed }, is, proof)).toBe(false);
        expect(isConsistent(was, { ...is, root: changed }, proof)).toBe(false);
        if (proof.length > 0) expect(isConsistent(was, is, proof.slice(0, -1))).toBe(false);
        expect(isConsistent(was, is, [...proof, Buffer.alloc(32)])).toBe(false);
        if (earlier < size) expect(isConsistent(is, was, proof)).toBe(false);
      }),
    ));

  it('names its tiles as C2SP tlog-tiles does', () => {
    expect(tilePath({ level: 0, index: 1_234_067 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 0, index: 1_234_067 }, 12)).toBe('tile/0/x001/x234/067.p/12');
    expect(tilePath({ level: 2, index: 7 })).toBe('tile/2/007');
    expect(tilePath({ level: 1, index: 1000 })).toBe('tile/1/x001/000');
  });

  it('needs a hash for each whole subtree of what it goes on from', () => {
    expect(() => createFrontier(3, [Buffer.alloc(32)])).toThrow(TypeError);
  });
});
