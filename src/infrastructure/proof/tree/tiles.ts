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

/** By tile: whoever asks for one node of a tile mostly asks for others, and a tile that is kept in memory is the same object. */
const known = new WeakMap<Buffer, readonly (readonly NodeHash[])[]>();

/** The whole subtrees within a tile: its own hashes first, then level by level what stands above them. */
const subtreesOf = (tile: Buffer): readonly (readonly NodeHash[])[] => {
  const standing = known.get(tile);
  if (standing !== undefined) return standing;
  const hashes: NodeHash[] = [];
  for (let place = 0; place < hashesOfATile; place += 1) {
    const found = hashIn(tile, place);
    if (found === undefined) break;
    hashes.push(found);
  }
  const levels = [hashes];
  for (let below = hashes; below.length > 1; below = levels.at(-1) ?? []) {
    const above: NodeHash[] = [];
    for (let place = 0; place + 1 < below.length; place += 2) {
      const [left, right] = [below[place], below[place + 1]];
      if (left !== undefined && right !== undefined) above.push(nodeHash(left, right));
    }
    levels.push(above);
  }
  known.set(tile, levels);
  return levels;
};

/** @param tile as it is kept, `undefined` for none */
export const nodesInTiles =
  (tile: (at: TileAt) => Promise<Buffer | undefined>): ReadNode =>
  async ({ level, index }: WholeNode) => {
    const within = level % levelsOfATile;
    const nodes = hashesOfATile / 2 ** within;
    const at: TileAt = { level: Math.floor(level / levelsOfATile), index: Math.floor(index / nodes) };
    const kept = await tile(at);
    const found = kept && subtreesOf(kept)[within]?.[index % nodes];
    if (found === undefined) throw new TileMissing(at);
    return found;
  };
