import { emptyRoot, nodeHash, type NodeHash } from './node-hash';

/** A whole subtree of 2^`level` leaves; it is the `index`-th of its level, and is what it is for ever. */
export type WholeNode = { readonly level: number; readonly index: number };

/** The whole subtrees that a tree of this size consists of, from the largest on its left to the smallest on its right. */
export const wholeNodesOf = (size: number): readonly WholeNode[] => {
  const nodes: WholeNode[] = [];
  let before = 0;
  for (let level = Math.floor(Math.log2(Math.max(1, size))) + 1; level >= 0; level -= 1) {
    const leaves = 2 ** level;
    if (size - before < leaves) continue;
    nodes.push({ level, index: before / leaves });
    before += leaves;
  }
  return nodes;
};

/** The right edge of a growing tree: with it the root can be said and leaves be added, and nothing else is needed. */
export type Frontier = {
  readonly size: number;
  /** @param onNode hears of every node that became whole, leaves among them, from below */
  append(leaf: NodeHash): void;
  root(): NodeHash;
};

/** @param standing the hashes of `wholeNodesOf(size)` */
export const createFrontier = (
  size: number,
  standing: readonly NodeHash[],
  onNode: (node: WholeNode, hash: NodeHash) => void = () => undefined,
): Frontier => {
  const stack = wholeNodesOf(size).map(({ level }, place) => ({ level, hash: hashAt(standing, place) }));
  let count = size;
  return {
    get size() {
      return count;
    },
    append: (leaf) => {
      let node = { level: 0, hash: leaf };
      onNode({ level: 0, index: count }, leaf);
      count += 1;
      for (let left = stack.at(-1); left?.level === node.level; left = stack.at(-1)) {
        stack.pop();
        node = { level: node.level + 1, hash: nodeHash(left.hash, node.hash) };
        onNode({ level: node.level, index: count / 2 ** node.level - 1 }, node.hash);
      }
      stack.push(node);
    },
    root: () => {
      const right = stack.at(-1);
      if (right === undefined) return emptyRoot;
      return stack.slice(0, -1).reduceRight((below, { hash }) => nodeHash(hash, below), right.hash);
    },
  };
};

const hashAt = (hashes: readonly NodeHash[], place: number): NodeHash => {
  const found = hashes[place];
  if (found === undefined) throw new TypeError('A frontier has a hash for each of its whole subtrees.');
  return found;
};
