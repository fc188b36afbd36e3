import type { SealShelf } from '../shelf/seal-shelf';
import { wholeTilesOf } from '../shelf/whole-tiles';
import { createFrontier, wholeNodesOf } from './frontier';
import { bytesOfAHash, leafHash, type NodeHash } from './node-hash';
import type { ReadNode } from './proofs';
import { hashesOfATile, levelsOfATile, nodesInTiles, type TileAt, TileMissing, tilePath, widthOf } from './tiles';

/** The tree over all events, leaf by leaf in the order of the log; what was added is on the shelf once `flush` answers. */
export type GrowingTree = {
  readonly size: number;
  /** @param eventHash 64 hexadecimal digits */
  append(eventHash: string): void;
  root(): NodeHash;
  flush(): Promise<void>;
  /** among what was flushed */
  readonly read: ReadNode;
};

type Growing = { readonly at: TileAt; readonly hashes: NodeHash[]; flushed?: Buffer };
const mostWholeTiles = 16;

const lastTiles = (size: number): readonly TileAt[] => {
  const tiles: TileAt[] = [];
  for (let level = 0; hashesOfATile ** level <= size; level += 1) {
    const index = Math.floor(size / hashesOfATile ** (level + 1));
    if (widthOf({ level, index }, size) > 0) tiles.push({ level, index });
  }
  return tiles;
};

/**
 * The tree as it stood with `size` leaves; wider tiles on the shelf, of seals that were never signed, are written over.
 * @throws TileMissing when the shelf does not have it
 */
export const openTree = async (shelf: SealShelf, size: number): Promise<GrowingTree> => {
  const growing = new Map<string, Growing>();
  const whole = wholeTilesOf(shelf, mostWholeTiles);
  const read = nodesInTiles(async (at) => growing.get(tilePath(at))?.flushed ?? whole(at));
  const growingAt = (at: TileAt): NodeHash[] => {
    const path = tilePath(at);
    const known = growing.get(path) ?? { at, hashes: [] };
    growing.set(path, known);
    return known.hashes;
  };
  for (const at of lastTiles(size)) {
    const [kept, width] = [await shelf.tile(at), widthOf(at, size)];
    if (kept === undefined || kept.length < width * bytesOfAHash) throw new TileMissing(at);
    for (let place = 0; place < width; place += 1)
      growingAt(at).push(Buffer.from(kept.subarray(place * bytesOfAHash, (place + 1) * bytesOfAHash)));
  }
  const standing: NodeHash[] = [];
  for (const node of wholeNodesOf(size)) standing.push(await read(node));
  const frontier = createFrontier(size, standing, ({ level, index }, hash) => {
    if (level % levelsOfATile !== 0) return;
    growingAt({ level: level / levelsOfATile, index: Math.floor(index / hashesOfATile) }).push(hash);
  });
  return {
    get size() {
      return frontier.size;
    },
    append: (eventHash) => {
      frontier.append(leafHash(eventHash));
    },
    root: () => frontier.root(),
    flush: async () => {
      for (const [path, tile] of growing) {
        if (tile.flushed?.length === tile.hashes.length * bytesOfAHash) continue;
        tile.flushed = Buffer.concat(tile.hashes);
        await shelf.putTile(tile.at, tile.flushed);
        if (tile.hashes.length === hashesOfATile) growing.delete(path);
      }
    },
    read,
  };
};
