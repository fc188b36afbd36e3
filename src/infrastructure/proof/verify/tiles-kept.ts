import type { SealShelf } from '../shelf/seal-shelf';
import { bytesOfAHash, type NodeHash } from '../tree/node-hash';
import { hashesOfATile, hashIn, type TileAt } from '../tree/tiles';

/** The hashes of the tree as they stand on the shelf, read in order: of each level one tile is in memory. */
export type TilesKept = {
  /** `undefined` when it is loaded already */
  load(at: TileAt): Promise<void> | undefined;
  /** Of a tile that was loaded. `undefined` where it is missing */
  hash(level: number, index: number): NodeHash | undefined;
};

/** Bytes that are no whole hashes are no tile. */
const isTile = (kept: Buffer): boolean => kept.length % bytesOfAHash === 0 && kept.length <= hashesOfATile * bytesOfAHash;

export const createTilesKept = (shelf: Pick<SealShelf, 'tile'>): TilesKept => {
  const loaded = new Map<number, { readonly index: number; readonly kept: Buffer | undefined }>();
  return {
    load: ({ level, index }) => {
      if (loaded.get(level)?.index === index) return undefined;
      return shelf.tile({ level, index }).then((kept) => {
        loaded.set(level, { index, kept: kept && isTile(kept) ? kept : undefined });
      });
    },
    hash: (level, index) => {
      const tile = loaded.get(level);
      if (tile?.kept === undefined || tile.index !== Math.floor(index / hashesOfATile)) return undefined;
      return hashIn(tile.kept, index % hashesOfATile);
    },
  };
};
