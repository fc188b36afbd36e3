import type { CheckpointStore } from './checkpoint-store';
import { wholeTilesOf, hashesOfATile, hashIn, levelsOfATile, nodesInTiles, TileMissing, tilePath, widthOf, type TileAt } from './tiles';
import { createFrontier, wholeNodesOf, bytesOfAHash, leafHash, type NodeHash, type ReadNode } from './merkle-tree';

/** The tree over all events, leaf by leaf in the order of the log; what was added is in the checkpoint store once `flush` answers. */
export type GrowingTree = {
  readonly size: number;
  /** @param eventHash 64 hexadecimal digits */
  append(eventHash: string): void;
  root(): NodeHash;
  /** @param only `whole`: tiles that may still grow are kept back, so that no concurrent reader finds one narrower than it was */
  flush(only?: 'whole'): Promise<void>;
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
 * The tree as it stood with `size` leaves; wider tiles in the checkpoint store, of trees that were never signed, are written over.
 * @throws TileMissing when the checkpoint store does not have it
 */
export const openTree = async (checkpoints: CheckpointStore, size: number): Promise<GrowingTree> => {
  const growing = new Map<string, Growing>();
  const whole = wholeTilesOf(checkpoints, mostWholeTiles);
  const read = nodesInTiles(async (at) => growing.get(tilePath(at))?.flushed ?? whole(at));
  const growingAt = (at: TileAt): NodeHash[] => {
    const path = tilePath(at);
    const known = growing.get(path) ?? { at, hashes: [] };
    growing.set(path, known);
    return known.hashes;
  };
  for (const at of lastTiles(size)) {
    const kept = await checkpoints.tile(at);
    for (let place = 0; place < widthOf(at, size); place += 1) {
      const hash = kept && hashIn(kept, place);
      if (hash === undefined) throw new TileMissing(at);
      growingAt(at).push(Buffer.from(hash));
    }
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
    flush: async (only) => {
      for (const [path, tile] of growing) {
        if (only === 'whole' && tile.hashes.length < hashesOfATile) continue;
        if (tile.flushed?.length === tile.hashes.length * bytesOfAHash) continue;
        tile.flushed = Buffer.concat(tile.hashes);
        await checkpoints.putTile(tile.at, tile.flushed);
        if (tile.hashes.length === hashesOfATile) growing.delete(path);
      }
    },
    read,
  };
};
