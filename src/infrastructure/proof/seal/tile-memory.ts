import type { SealShelf } from '../shelf/seal-shelf';
import { bytesOfAHash } from '../tree/node-hash';
import type { ReadNode } from '../tree/proofs';
import { nodesInTiles, type TileAt, tilePath, widthOf } from '../tree/tiles';

/** So many tiles of 8 KiB. */
const mostTilesInMemory = 256;

/**
 * The tree on the shelf, for many readers who ask for the same places: each tile is read once, also by those who come while it is read,
 * and those that still grow only when a wider one is needed.
 */
export type TileMemory = {
  /** as wide as a tree of `size` leaves needs it, or as wide as it is */
  tile(at: TileAt, size: number): Promise<Buffer | undefined>;
  /** The nodes of a tree of `size` leaves. @throws TileMissing */
  nodesOf(size: number): ReadNode;
  forget(): void;
};

export const createTileMemory = (shelf: Pick<SealShelf, 'tile'>): TileMemory => {
  const known = new Map<string, Promise<Buffer | undefined>>();

  const read = (at: TileAt, path: string): Promise<Buffer | undefined> => {
    if (known.size >= mostTilesInMemory) known.clear();
    const reading = shelf.tile(at);
    known.set(path, reading);
    reading.catch(() => known.delete(path));
    return reading;
  };
  const tile: TileMemory['tile'] = async (at, size) => {
    const path = tilePath(at);
    const reading = known.get(path);
    if (reading === undefined) return read(at, path);
    const kept = await reading;
    if (kept !== undefined && kept.length >= widthOf(at, size) * bytesOfAHash) return kept;
    // whoever saw it too narrow first reads it again
    const now = known.get(path);
    return now === undefined || now === reading ? read(at, path) : now;
  };

  return {
    tile,
    nodesOf: (size) => nodesInTiles((at) => tile(at, size)),
    forget: () => {
      known.clear();
    },
  };
};
