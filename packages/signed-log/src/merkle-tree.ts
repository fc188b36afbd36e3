import { hash } from 'node:crypto';

/** 32 bytes of SHA-256: a leaf, or a node above leaves. */
export type NodeHash = Buffer;

export const bytesOfAHash = 32;
const leafPrefix = 0x00;
const nodePrefix = 0x01;
/** Used again for each: taking memory costs as much as the hash. */
const leafInput = Buffer.allocUnsafeSlow(1 + bytesOfAHash);
const nodeInput = Buffer.allocUnsafeSlow(1 + 2 * bytesOfAHash);
leafInput[0] = leafPrefix;
nodeInput[0] = nodePrefix;

/** RFC 6962, 2.1: the hash of an event, its 64 digits read as 32 bytes, as a leaf. */
export const leafHash = (eventHash: string): NodeHash => {
  if (leafInput.write(eventHash, 1, 'hex') !== bytesOfAHash) throw new TypeError('The hash of an event has 64 hexadecimal digits.');
  return hash('sha256', leafInput, 'buffer');
};

/** RFC 6962, 2.1: another prefix than a leaf's, so that no node can be passed off as a leaf. */
export const nodeHash = (left: NodeHash, right: NodeHash): NodeHash => {
  left.copy(nodeInput, 1);
  right.copy(nodeInput, 1 + bytesOfAHash);
  return hash('sha256', nodeInput, 'buffer');
};

/** RFC 6962, 2.1: of no leaves. */
export const emptyRoot: NodeHash = hash('sha256', Buffer.alloc(0), 'buffer');

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

/** Where the hashes of whole subtrees are read. @throws when one of them is not there */
export type ReadNode = (node: WholeNode) => Promise<NodeHash>;

/** The largest power of two that is smaller; RFC 6962 calls it k. */
const split = (leaves: number): number => 2 ** (Math.ceil(Math.log2(leaves)) - 1);

/** MTH(D[from:to]) of RFC 6962, 2.1, of a subtree as `split` makes them: as many leaves as a power of two are a whole one. */
const rangeRoot = async (read: ReadNode, from: number, to: number): Promise<NodeHash> => {
  const leaves = to - from;
  const level = Math.log2(leaves);
  if (Number.isInteger(level)) return read({ level, index: from / leaves });
  const left = split(leaves);
  return nodeHash(await rangeRoot(read, from, from + left), await rangeRoot(read, from + left, to));
};

/** The root of the tree as it stood with this many leaves. */
export const rootOf = async (read: ReadNode, size: number): Promise<NodeHash> => (size === 0 ? emptyRoot : rangeRoot(read, 0, size));

/**
 * PATH of RFC 6962, 2.1.1: what is needed beside a leaf to come to the root of a tree of `size` leaves, lowest first.
 * @param leaf from 0 on, below `size`
 */
export const inclusionProof = async (read: ReadNode, leaf: number, size: number): Promise<readonly NodeHash[]> => {
  const path = async (from: number, to: number): Promise<NodeHash[]> => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return leaf < middle
      ? [...(await path(from, middle)), await rangeRoot(read, middle, to)]
      : [...(await path(middle, to)), await rangeRoot(read, from, middle)];
  };
  if (!Number.isInteger(leaf) || leaf < 0 || leaf >= size) throw new RangeError(`There is no leaf ${leaf} in a tree of ${size}.`);
  return path(0, size);
};

/**
 * PROOF of RFC 6962, 2.1.2: what is needed to see that a tree of `size` leaves begins with the tree of `earlier` leaves.
 * @param earlier from 1 on, at most `size`
 */
export const consistencyProof = async (read: ReadNode, earlier: number, size: number): Promise<readonly NodeHash[]> => {
  const proof = async (from: number, to: number, whole: boolean): Promise<NodeHash[]> => {
    if (to === earlier) return whole ? [] : [await rangeRoot(read, from, to)];
    const middle = from + split(to - from);
    return earlier <= middle
      ? [...(await proof(from, middle, whole)), await rangeRoot(read, middle, to)]
      : [...(await proof(middle, to, false)), await rangeRoot(read, from, middle)];
  };
  if (!Number.isInteger(earlier) || earlier < 1 || earlier > size)
    throw new RangeError(`A tree of ${size} has no earlier one of ${earlier}.`);
  return proof(0, size, true);
};

const half = (index: number): number => Math.floor(index / 2);
const isOdd = (index: number): boolean => index % 2 === 1;
const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * RFC 9162, 2.1.3.2: the root to which a leaf and its proof lead in a tree of this size. It must be compared with a signed one.
 * @returns `undefined` for a proof that is too long, too short, or of no such leaf
 */
export const rootFromInclusion = (leaf: NodeHash, index: number, size: number, proof: readonly NodeHash[]): NodeHash | undefined => {
  if (!isSize(index) || !isSize(size) || index >= size) return undefined;
  let [place, last, root] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return undefined;
    if (isOdd(place) || place === last) {
      root = nodeHash(beside, root);
      while (!isOdd(place)) [place, last] = [half(place), half(last)];
    } else root = nodeHash(root, beside);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? root : undefined;
};

/** RFC 9162, 2.1.4.2: whether the tree of `size` leaves begins with the tree of `earlier` leaves. Of no leaves begins every tree. */
export const isConsistent = (
  earlier: { readonly size: number; readonly root: NodeHash },
  later: { readonly size: number; readonly root: NodeHash },
  proof: readonly NodeHash[],
): boolean => {
  if (!isSize(earlier.size) || !isSize(later.size) || earlier.size > later.size) return false;
  if (earlier.size === 0) return proof.length === 0 && earlier.root.equals(emptyRoot);
  if (earlier.size === later.size) return proof.length === 0 && earlier.root.equals(later.root);
  let [place, last] = [earlier.size - 1, later.size - 1];
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  const hashes = place === 0 ? [earlier.root, ...proof] : [...proof];
  const first = hashes.shift();
  if (first === undefined) return false;
  let [was, is] = [first, first];
  for (const beside of hashes) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      was = nodeHash(beside, was);
      is = nodeHash(beside, is);
      while (!isOdd(place)) [place, last] = [half(place), half(last)];
    } else is = nodeHash(is, beside);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && was.equals(earlier.root) && is.equals(later.root);
};
