import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { createMemoryCheckpointStore } from '../src/checkpoint-store';
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
} from '../src/merkle-tree';
import { openTree } from '../src/growing-tree';
import { createTileMemory, TileMissing, tilePath, wholeTilesOf, widthOf, type TileAt, type TileReader } from '../src/tiles';

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

/** A store that counts how often each tile is asked for. */
const countedTiles = (tile: TileReader['tile']) => {
  const asked: string[] = [];
  const reader: TileReader = {
    tile: (at) => {
      asked.push(tilePath(at));
      return tile(at);
    },
  };
  return { asked, reader };
};
const tileOf = (hashes: number): Buffer => Buffer.concat(leaves.slice(0, hashes));
const leafTile = (index: number): TileAt => ({ level: 0, index });

describe('tiles that are kept in memory', () => {
  it('are as wide as the tree has hashes for them', () => {
    const widths = (size: number) => [0, 1, 2].map((index) => widthOf(leafTile(index), size));
    expect(widths(0)).toEqual([0, 0, 0]);
    expect(widths(255)).toEqual([255, 0, 0]);
    expect(widths(600)).toEqual([256, 256, 88]);
    expect(widthOf({ level: 1, index: 0 }, 600)).toBe(2);
  });

  it('are read once when they are whole, and all forgotten when there are as many as may be kept', async () => {
    const { asked, reader } = countedTiles(({ index }) => Promise.resolve(index < 4 ? tileOf(256) : index === 4 ? tileOf(255) : undefined));
    const tile = wholeTilesOf(reader, 2);
    const read = async (...indexes: readonly number[]) => {
      asked.splice(0);
      for (const index of indexes) await tile(leafTile(index));
      return asked.length;
    };
    expect(await tile(leafTile(0))).toEqual(tileOf(256));
    expect(await tile(leafTile(0))).toEqual(tileOf(256));
    expect(await read(0, 0)).toBe(0);
    expect(await read(4, 4, 5, 5)).toBe(4);
    expect(await read(1, 0, 1)).toBe(1);
    expect(await read(2)).toBe(1);
    expect(await read(0, 1)).toBe(2);
  });

  it('are read once for all who ask, again only for a tree that needs them wider, and again after they could not be read', async () => {
    let width = 3;
    let isBroken = false;
    const { asked, reader } = countedTiles(() => (isBroken ? Promise.reject(new Error('no such disk')) : Promise.resolve(tileOf(width))));
    const memory = createTileMemory(reader);
    const together = await Promise.all([memory.tile(leafTile(0), 3), memory.tile(leafTile(0), 3)]);
    expect(together).toEqual([tileOf(3), tileOf(3)]);
    expect(await memory.tile(leafTile(0), 3)).toEqual(tileOf(3));
    expect(asked).toHaveLength(1);
    width = 5;
    expect(await memory.tile(leafTile(0), 2)).toEqual(tileOf(3));
    const wider = await Promise.all([memory.tile(leafTile(0), 5), memory.tile(leafTile(0), 5)]);
    expect(wider).toEqual([tileOf(5), tileOf(5)]);
    expect(asked).toHaveLength(2);
    isBroken = true;
    await expect(memory.tile(leafTile(0), 6)).rejects.toThrow('no such disk');
    isBroken = false;
    expect(await memory.tile(leafTile(0), 5)).toEqual(tileOf(5));
    expect(asked).toHaveLength(4);
    memory.forget();
    await memory.tile(leafTile(0), 5);
    expect(asked).toHaveLength(5);
    width = 7;
    const waiting = memory.tile(leafTile(0), 7);
    memory.forget();
    expect(await waiting).toEqual(tileOf(7));
  });

  it('are as wide as they are where none is wider, and missing where none is', async () => {
    const { asked, reader } = countedTiles(({ level, index }) => Promise.resolve(level === 0 && index === 0 ? tileOf(3) : undefined));
    const memory = createTileMemory(reader);
    for (let nth = 0; nth < 2; nth += 1) {
      expect(await memory.tile(leafTile(0), 9)).toEqual(tileOf(3));
      expect(await memory.tile(leafTile(1), 300)).toBeUndefined();
    }
    expect(asked).toHaveLength(4);
    expect(await memory.nodesOf(3)({ level: 1, index: 0 })).toEqual(merkleTreeHash(leaves.slice(0, 2)));
    await expect(memory.nodesOf(3)({ level: 1, index: 1 })).rejects.toThrow(new TileMissing(leafTile(0)));
    await expect(memory.nodesOf(600)({ level: 8, index: 1 })).rejects.toThrow('The tile tile/1/000 is missing or too narrow.');
  });

  it('have what stands above their hashes computed once', async () => {
    const tile = tileOf(256);
    const read = createTileMemory({ tile: () => Promise.resolve(tile) }).nodesOf(256);
    expect(await read({ level: 7, index: 1 })).toEqual(merkleTreeHash(leaves.slice(128, 256)));
    expect(await read({ level: 7, index: 1 })).toBe(await read({ level: 7, index: 1 }));
  });

  it('are no more than 256', async () => {
    const { asked, reader } = countedTiles(() => Promise.resolve(tileOf(256)));
    const memory = createTileMemory(reader);
    const readAll = async (tiles: number) => {
      asked.splice(0);
      for (let index = 0; index < tiles; index += 1) await memory.tile(leafTile(index), 1e6);
      return asked.length;
    };
    expect(await readAll(256)).toBe(256);
    expect(await readAll(256)).toBe(0);
    expect(await readAll(257)).toBe(1);
    expect(await readAll(256)).toBe(256);
  });
});

describe('a tree that grows', () => {
  it('cannot go on where a tile of its edge is missing, or narrower than it was', async () => {
    for (const size of [1, 255, 256, 257, 600]) {
      const checkpoints = createMemoryCheckpointStore();
      const tree = await openTree(checkpoints, 0);
      for (let place = 0; place < size; place += 1) tree.append(eventHash(place));
      await tree.flush();
      expect((await openTree(checkpoints, size)).root()).toEqual(tree.root());
      await expect(openTree(checkpoints, size + 1)).rejects.toThrow(TileMissing);
      await checkpoints.removeTiles();
      await expect(openTree(checkpoints, size)).rejects.toThrow(TileMissing);
    }
  });

  it('keeps back what may still grow when only what is whole is asked for, and writes what has grown since', async () => {
    const written: [string, number][] = [];
    const kept = createMemoryCheckpointStore();
    const tree = await openTree(
      { ...kept, putTile: (at, hashes) => (written.push([tilePath(at), hashes.length / 32]), kept.putTile(at, hashes)) },
      0,
    );
    const grow = async (size: number, only?: 'whole') => {
      while (tree.size < size) tree.append(eventHash(tree.size));
      written.splice(0);
      await tree.flush(only);
      return [...written];
    };
    expect(await grow(255, 'whole')).toEqual([]);
    expect(await grow(300, 'whole')).toEqual([['tile/0/000', 256]]);
    expect(await grow(300)).toEqual([
      ['tile/1/000', 1],
      ['tile/0/001', 44],
    ]);
    expect(await grow(300)).toEqual([]);
    expect(await grow(301)).toEqual([['tile/0/001', 45]]);
    expect(await grow(512, 'whole')).toEqual([['tile/0/001', 256]]);
    expect(await grow(512)).toEqual([['tile/1/000', 2]]);
  });

  it('is read from the tiles that it has flushed, before the store that keeps them', async () => {
    const { asked, reader } = countedTiles(() => Promise.resolve(undefined));
    const tree = await openTree({ ...createMemoryCheckpointStore(), ...reader }, 0);
    for (let place = 0; place < 5; place += 1) tree.append(eventHash(place));
    await expect(rootOf(tree.read, 5)).rejects.toThrow(TileMissing);
    await tree.flush();
    asked.splice(0);
    expect(await rootOf(tree.read, 5)).toEqual(merkleTreeHash(leaves.slice(0, 5)));
    expect(asked).toEqual([]);
    // what is whole is not kept in memory
    while (tree.size < 256) tree.append(eventHash(tree.size));
    await tree.flush();
    await expect(tree.read({ level: 0, index: 0 })).rejects.toThrow(TileMissing);
    expect(asked).toEqual(['tile/0/000']);
  });

  it('goes on where a tile has just become whole', async () => {
    const checkpoints = createMemoryCheckpointStore();
    for (const size of [256, 512, 700]) {
      const tree = await openTree(checkpoints, size === 256 ? 0 : size === 512 ? 256 : 512);
      while (tree.size < size) tree.append(eventHash(tree.size));
      await tree.flush();
      expect((await checkpoints.tile({ level: 1, index: 0 }))?.length).toBe(32 * Math.floor(size / 256));
      expect(await rootOf(tree.read, size)).toEqual(merkleTreeHash(leaves.slice(0, size)));
    }
  });
});
