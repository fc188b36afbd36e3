import { checkpointOf, cosignaturesIn } from '../src/checkpoint';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  isConsistent,
  leafHash,
  nodeHash,
  type NodeHash,
  type ReadNode,
  rootFromInclusion,
  rootOf,
} from '../src/merkle-tree';
import { createNoteSigner, signatureLine, signNote } from '../src/signed-note';

const leaves = Array.from({ length: 8 }, (_, place) => leafHash(String(place).repeat(64)));
const node = (level: number, index: number): NodeHash => {
  const leaf = leaves[index];
  if (level > 0) return nodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
  if (leaf === undefined) throw new Error('There is no such leaf.');
  return leaf;
};
const read: ReadNode = ({ level, index }) => Promise.resolve(node(level, index));

describe('a proof is made of what there is', () => {
  it.each([-1, 8, 9, 1.5, Number.NaN])('of no leaf %d in a tree of 8', async (leaf) => {
    await expect(inclusionProof(read, leaf, 8)).rejects.toThrow(`There is no leaf ${String(leaf)} in a tree of 8.`);
  });
  it.each([0, -1, 9, 1.5, Number.NaN])('of no earlier tree of %d in one of 8', async (earlier) => {
    await expect(consistencyProof(read, earlier, 8)).rejects.toThrow(`A tree of 8 has no earlier one of ${String(earlier)}.`);
  });
  it('of the first and the last, of a tree of one, and of the whole tree', async () => {
    expect(await inclusionProof(read, 0, 8)).toHaveLength(3);
    expect(await inclusionProof(read, 7, 8)).toHaveLength(3);
    expect(await inclusionProof(read, 0, 1)).toEqual([]);
    expect(await consistencyProof(read, 8, 8)).toEqual([]);
    expect(await consistencyProof(read, 1, 8)).toHaveLength(3);
    expect(await rootOf(read, 0)).toEqual(emptyRoot);
  });
});

describe('a proof is believed of what there can be', () => {
  it.each([
    [-1, 8],
    [1.5, 8],
    [8, 8],
    [9, 8],
    [0, 1.5],
    [0, 0],
    [0, -1],
    [Number.NaN, 8],
    [0, 2 ** 53],
    [-1, 1],
    [0.5, 1],
    [Number.NaN, 1],
    [1, 1],
    [2, 1],
  ])('not of leaf %d in a tree of %d', (index, size) => {
    for (const proof of [[], [node(0, 1)]]) expect(rootFromInclusion(node(0, 0), index, size, proof)).toBeUndefined();
  });
  it('not with a hash too many or too few', async () => {
    const proof = await inclusionProof(read, 2, 8);
    const root = await rootOf(read, 8);
    expect(rootFromInclusion(node(0, 2), 2, 8, proof)).toEqual(root);
    expect(rootFromInclusion(node(0, 2), 2, 8, proof.slice(1))).toBeUndefined();
    expect(rootFromInclusion(node(0, 2), 2, 8, [...proof, root])).toBeUndefined();
    expect(rootFromInclusion(node(0, 0), 0, 1, [])).toEqual(node(0, 0));
  });
  it('a tree begins with an earlier one that is no larger, and with none at all', async () => {
    const [four, six, eight] = [await rootOf(read, 4), await rootOf(read, 6), await rootOf(read, 8)];
    const proof = await consistencyProof(read, 6, 8);
    const begins = (earlier: number, was: NodeHash, later: number, is: NodeHash, by: readonly NodeHash[]) =>
      isConsistent({ size: earlier, root: was }, { size: later, root: is }, by);
    expect(begins(6, six, 8, eight, proof)).toBe(true);
    expect(begins(8, eight, 6, six, proof)).toBe(false);
    expect(begins(6, six, 8, eight, [...proof, six])).toBe(false);
    expect(begins(6, six, 8, eight, proof.slice(0, -1))).toBe(false);
    expect(begins(6, six, 8, eight, [])).toBe(false);
    expect(begins(6, four, 8, eight, proof)).toBe(false);
    expect(begins(6, six, 8, four, proof)).toBe(false);
    expect(begins(4, four, 8, eight, await consistencyProof(read, 4, 8))).toBe(true);
    expect(begins(8, eight, 8, eight, [])).toBe(true);
    expect(begins(8, eight, 8, six, [])).toBe(false);
    expect(begins(8, eight, 8, eight, [six])).toBe(false);
    expect(begins(0, emptyRoot, 8, eight, [])).toBe(true);
    expect(begins(0, six, 8, eight, [])).toBe(false);
    expect(begins(0, emptyRoot, 8, eight, [six])).toBe(false);
    for (const odd of [-1, 1.5, Number.NaN]) {
      expect(begins(odd, six, 8, eight, proof)).toBe(false);
      expect(begins(6, six, odd, eight, proof)).toBe(false);
    }
    expect(begins(6, six, 6, six, [])).toBe(true);
  });
  it('a tree begins with no other that only looks so: of no size, larger, deeper than its size, or which has not grown', async () => {
    const [one, two, three, four, eight] = [node(0, 0), node(1, 0), await rootOf(read, 3), node(2, 0), node(3, 0)];
    const begins = (earlier: number, was: NodeHash, later: number, is: NodeHash, by: readonly NodeHash[]) =>
      isConsistent({ size: earlier, root: was }, { size: later, root: is }, by);
    for (const odd of [-1, 0.5, Number.NaN]) expect(begins(odd, one, 1, one, [one])).toBe(false);
    expect(begins(1, one, 1.5, two, [node(0, 1)])).toBe(false);
    expect(begins(8, eight, 6, eight, [])).toBe(false);
    expect(begins(4, four, 8, four, [])).toBe(false);
    const proof = await consistencyProof(read, 3, 4);
    expect(begins(3, three, 4, four, proof)).toBe(true);
    expect(begins(3, nodeHash(eight, three), 4, nodeHash(eight, four), [...proof, eight])).toBe(false);
  });
});

describe('who has put his name under a note, and when', () => {
  const key = createNoteSigner('city.example/log', Buffer.alloc(32, 1));
  const witness = createNoteSigner('control.example/witness', Buffer.alloc(32, 3), 4);
  const text = `city.example/log\n8\n${Buffer.alloc(32, 7).toString('base64')}\n`;
  const at = (iso: string) => signatureLine(text, witness, Date.parse(iso));
  it('is told of lines that bear a time, in their order', () => {
    const note = signNote(text, key) + at('2026-03-05T09:12:41.000Z') + at('2026-03-05T09:12:42.900Z');
    expect(cosignaturesIn(note)).toEqual([
      { name: 'control.example/witness', at: '2026-03-05T09:12:41.000Z' },
      { name: 'control.example/witness', at: '2026-03-05T09:12:42.000Z' },
    ]);
    expect(cosignaturesIn(signNote(text, key))).toEqual([]);
    expect(cosignaturesIn('no note')).toEqual([]);
  });
  it('is told up to the last second that a date of ours can have', () => {
    const under = (line: string) => cosignaturesIn(signNote(text, key) + line);
    expect(under(at('9999-12-31T23:59:59.000Z'))).toEqual([{ name: 'control.example/witness', at: '9999-12-31T23:59:59.000Z' }]);
    expect(under(at('+010000-01-01T00:00:00.000Z'))).toEqual([]);
  });
  it('a checkpoint begins with its first line, and names its tree', () => {
    expect(checkpointOf(text)).toMatchObject({ origin: 'city.example/log', size: 8 });
    expect(checkpointOf(`\n${text}`)).toBeUndefined();
    expect(checkpointOf(text.slice('city.example/log'.length))).toBeUndefined();
  });
});
