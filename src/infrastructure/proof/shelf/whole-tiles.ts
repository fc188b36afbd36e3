import { bytesOfAHash } from '../tree/node-hash';
import { hashesOfATile, type TileAt, tilePath } from '../tree/tiles';
import type { SealShelf } from './seal-shelf';

/** Remembers whole tiles, which stay as they are, 8 KiB each; of all of them it forgets when there are `most`. */
export const wholeTilesOf = (shelf: SealShelf, most: number): SealShelf['tile'] => {
  const known = new Map<string, Buffer>();
  return async (at: TileAt) => {
    const path = tilePath(at);
    const whole = known.get(path);
    if (whole !== undefined) return whole;
    const kept = await shelf.tile(at);
    if (kept?.length === hashesOfATile * bytesOfAHash) {
      if (known.size >= most) known.clear();
      known.set(path, kept);
    }
    return kept;
  };
};
