import { bytesOfAHash, nodeHash, type NodeHash, type WholeNode, type ReadNode } from './merkle-tree';

/** C2SP tlog-tiles: 256 hashes of whole subtrees of 256^`level` leaves, the `index`-th tile of its level. The last of a level is narrower. */
export type TileAt = { readonly level: number; readonly index: number };

/** Where tiles are kept. */
export type TileReader = {
  /** As it was put last; `undefined` for none. */
  tile(at: TileAt): Promise<Buffer | undefined>;
};

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

/** By tile: a caller that asks for one node of a tile mostly asks for others, and a tile that is kept in memory is the same object. */
const known = new WeakMap<Buffer, readonly (readonly NodeHash[])[]>();

/** One node above each two; the last of an odd number has none yet. */
const nodesAbove = (below: readonly NodeHash[]): readonly NodeHash[] => {
  const above: NodeHash[] = [];
  let left: NodeHash | undefined;
  for (const hash of below) {
    if (left !== undefined) above.push(nodeHash(left, hash));
    left = left === undefined ? hash : undefined;
  }
  return above;
};

/** The whole subtrees within a tile: its own hashes first, then level by level what stands above them. */
const subtreesOf = (tile: Buffer): readonly (readonly NodeHash[])[] => {
  const standing = known.get(tile);
  if (standing !== undefined) return standing;
  const hashes: NodeHash[] = [];
  for (let found = hashIn(tile, 0); found !== undefined; found = hashIn(tile, hashes.length)) hashes.push(found);
  const levels: (readonly NodeHash[])[] = [];
  for (let level: readonly NodeHash[] = hashes; level.length > 0; level = nodesAbove(level)) levels.push(level);
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

/** Remembers whole tiles, which stay as they are, 8 KiB each; of all of them it forgets when there are `most`. */
export const wholeTilesOf = (checkpoints: TileReader, most: number): TileReader['tile'] => {
  const known = new Map<string, Buffer>();
  return async (at: TileAt) => {
    const path = tilePath(at);
    const whole = known.get(path);
    if (whole !== undefined) return whole;
    const kept = await checkpoints.tile(at);
    if (kept?.length === hashesOfATile * bytesOfAHash) {
      if (known.size >= most) known.clear();
      known.set(path, kept);
    }
    return kept;
  };
};

/** So many tiles of 8 KiB. */
const mostTilesInMemory = 256;

/**
 * The tree in the checkpoint store, for many readers who ask for the same places: each tile is read once, also by those who come while it is read,
 * and those that still grow only when a wider one is needed.
 */
export type TileMemory = {
  /** as wide as a tree of `size` leaves needs it, or as wide as it is */
  tile(at: TileAt, size: number): Promise<Buffer | undefined>;
  /** The nodes of a tree of `size` leaves. @throws TileMissing */
  nodesOf(size: number): ReadNode;
  forget(): void;
};

export const createTileMemory = (checkpoints: TileReader): TileMemory => {
  const known = new Map<string, Promise<Buffer | undefined>>();

  const read = (at: TileAt, path: string): Promise<Buffer | undefined> => {
    if (known.size >= mostTilesInMemory) known.clear();
    const reading = checkpoints.tile(at);
    known.set(path, reading);
    reading.catch(() => known.delete(path));
    return reading;
  };
  const tile: TileMemory['tile'] = async (at, size) => {
    const path = tilePath(at);
    const reading = known.get(path);
    const kept = await reading;
    if (kept !== undefined && kept.length >= widthOf(at, size) * bytesOfAHash) return kept;
    // the first caller that finds it too narrow reads it again
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

/** The hashes of the tree as they stand in the checkpoint store, read in order: of each level one tile is in memory. */
export type StoredTiles = {
  /** `undefined` when it is loaded already */
  load(at: TileAt): Promise<void> | undefined;
  /** Of a tile that was loaded. `undefined` where it is missing */
  hash(level: number, index: number): NodeHash | undefined;
};

/** Bytes that are no whole hashes are no tile. */
const isTile = (kept: Buffer): boolean => kept.length % bytesOfAHash === 0 && kept.length <= hashesOfATile * bytesOfAHash;

export const createStoredTiles = (checkpoints: TileReader): StoredTiles => {
  const loaded = new Map<number, { readonly index: number; readonly kept: Buffer | undefined }>();
  return {
    load: ({ level, index }) => {
      if (loaded.get(level)?.index === index) return undefined;
      return checkpoints.tile({ level, index }).then((kept) => {
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
