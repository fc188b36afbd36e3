import { type TileAt, tilePath } from '../tree/tiles';
import type { SealRecord, SealShelf } from './seal-shelf';

/** For tests, and for a log in memory. */
export const createMemoryShelf = (): SealShelf => {
  const tiles = new Map<string, Buffer>();
  const notes: string[] = [];
  const records = new Map<SealRecord, string>();
  return {
    tile: (at) => Promise.resolve(tiles.get(tilePath(at))),
    putTile: async (at: TileAt, hashes) => {
      await Promise.resolve();
      tiles.set(tilePath(at), Buffer.from(hashes));
    },
    removeTiles: async () => {
      await Promise.resolve();
      tiles.clear();
    },
    checkpoints: async function* () {
      await Promise.resolve();
      yield* [...notes];
    },
    newest: () => Promise.resolve(notes.at(-1)),
    append: async (note) => {
      await Promise.resolve();
      if (notes.at(-1) !== note) notes.push(note);
    },
    get: (record) => Promise.resolve(records.get(record)),
    put: async (record, text) => {
      await Promise.resolve();
      records.set(record, text);
    },
  };
};
