import { bytesOfAHash, nodeHash, type NodeHash } from './node-hash';
import type { WholeNode } from './frontier';
import type { ReadNode } from './proofs';

/** C2SP tlog-tiles: 256 hashes of whole subtrees of 256^`level` leaves, the `index`-th tile of its level. The last of a level is narrower. */
export type TileAt = { readonly level: number; readonly index: number };

export const levelsOfATile = 8;
export const hashesOfATile = 256;

/** Three digits a folder, all but the last with an x before them: 1234067 is `x001/x234/067`. */
const digits = (index: number): string => {
  const last = String(index % 1000).padStart(3, '0');
  return index < 1000 ? last : `${digits(Math.floor(index / 1000)).replace(/(\d{3})$/, 'x$1')}/${last}`;
};

/** Where C2SP tlog-tiles looks for it, with slashes; `width` from 1 to 256. */
export const tilePath = ({ level, index }: TileAt, width = hashesOfATile): string =>
  `tile/${level}/${digits(index)}${width === hashesOfATile ? '' : `.p/${width}`}`;

/** Hashes in the tile of a tree of `size` leaves; 0 when there is none. */
export const widthOf = ({ level, index }: TileAt, size: number): number =>
  Math.max(0, Math.min(hashesOfATile, Math.floor(size / hashesOfATile ** level) - index * hashesOfATile));

/** A hash of a tile that is kept. */
export const hashIn = (tile: Buffer, place: number): NodeHash | undefined => {
  const from = place * bytesOfAHash;
  return from + bytesOfAHash <= tile.length ? tile.subarray(from, from + bytesOfAHash) : undefined;
};

/** The tree cannot be read where it should stand: a tile is missing, or narrower than its size says. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing';
  constructor(readonly at: TileAt) {
    super(`The tile ${tilePath(at)} is missing or too narrow.`);
  }
}

/** @param tile the widest that is kept, `undefined` for none */
export const nodesInTiles =
  (tile: (at: TileAt) => Promise<Buffer | undefined>): ReadNode =>
  async ({ level, index }: WholeNode) => {
    const at: TileAt = {
      level: Math.floor(level / levelsOfATile),
      index: Math.floor((index * 2 ** (level % levelsOfATile)) / hashesOfATile),
    };
    const leaves = 2 ** (level % levelsOfATile);
    const first = (index * leaves) % hashesOfATile;
    const kept = await tile(at);
    const root = (from: number, count: number): NodeHash => {
      if (count > 1) return nodeHash(root(from, count / 2), root(from + count / 2, count / 2));
      const found = kept && hashIn(kept, from);
      if (found === undefined) throw new TileMissing(at);
      return found;
    };
    return root(first, leaves);
  };
