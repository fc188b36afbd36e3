import type { SealShelf } from '../shelf/seal-shelf';
import { bytesOfAHash, nodeHash, type NodeHash } from '../tree/node-hash';
import type { ReadNode } from '../tree/proofs';
import { hashesOfATile, hashIn, levelsOfATile, type TileAt, TileMissing, tilePath, widthOf } from '../tree/tiles';

/** So many tiles of 8 KiB, and the nodes above their hashes once more. */
const mostTilesInMemory = 256;

/** A tile as it was read, and the nodes inside it that somebody has asked for. */
type TileRead = { readonly kept: Buffer | undefined; readonly nodes: Map<number, NodeHash> };

/** The tree on the shelf, for many readers who ask for the same places: each tile is read once, also by those who come while it is read. */
export type TileMemory = {
  /** as wide as a tree of `size` leaves needs it, or as wide as it is */
  tile(at: TileAt, size: number): Promise<Buffer | undefined>;
  /** The nodes of a tree of `size` leaves. @throws TileMissing */
  nodesOf(size: number): ReadNode;
  forget(): void;
};

export const createTileMemory = (shelf: Pick<SealShelf, 'tile'>): TileMemory => {
  const known = new Map<string, Promise<TileRead>>();

  const read = (at: TileAt, path: string): Promise<TileRead> => {
    if (known.size >= mostTilesInMemory) known.clear();
    const reading = shelf.tile(at).then((kept) => ({ kept, nodes: new Map<number, NodeHash>() }));
    known.set(path, reading);
    reading.catch(() => known.delete(path));
    return reading;
  };
  const wideEnough = async (at: TileAt, size: number): Promise<TileRead> => {
    const path = tilePath(at);
    const reading = known.get(path);
    if (reading === undefined) return read(at, path);
    const { kept } = await reading;
    if (kept !== undefined && kept.length >= widthOf(at, size) * bytesOfAHash) return reading;
    // whoever saw it too narrow first reads it again
    const now = known.get(path);
    return now === undefined || now === reading ? read(at, path) : now;
  };

  /** Of `leaves` hashes of the tile from `first` on; a node never changes, however wide its tile becomes. */
  const nodeIn = ({ kept, nodes }: TileRead, at: TileAt, first: number, leaves: number): NodeHash => {
    if (leaves === 1) {
      const found = kept && hashIn(kept, first);
      if (found === undefined) throw new TileMissing(at);
      return found;
    }
    const name = first + leaves * hashesOfATile;
    const node =
      nodes.get(name) ??
      nodeHash(nodeIn({ kept, nodes }, at, first, leaves / 2), nodeIn({ kept, nodes }, at, first + leaves / 2, leaves / 2));
    nodes.set(name, node);
    return node;
  };

  return {
    tile: async (at, size) => (await wideEnough(at, size)).kept,
    nodesOf:
      (size) =>
      async ({ level, index }) => {
        const leaves = 2 ** (level % levelsOfATile);
        const at: TileAt = { level: Math.floor(level / levelsOfATile), index: Math.floor((index * leaves) / hashesOfATile) };
        return nodeIn(await wideEnough(at, size), at, (index * leaves) % hashesOfATile, leaves);
      },
    forget: () => {
      known.clear();
    },
  };
};
