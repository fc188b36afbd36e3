import { createNoteSigner, noteVerifierOf, type NoteSigner } from '../../signed-log/signed-note';
import type { CheckpointRecord, CheckpointStore } from '../../signed-log/checkpoint-store';
import { bytesOfAHash } from '../../signed-log/merkle-tree';
import { widthOf } from '../../signed-log/tiles';
import { tilesOf } from '../backup/copy-seal';
import { sizeOfNote } from '../backup/seal-status';
import type { OtherKey } from './carry-keys';

/** Where the seals of a log stand, and the 32 bytes that sign it. */
export type SealPlace = {
  readonly checkpoints: CheckpointStore;
  /** `undefined` where nothing was ever sealed */
  readonly seed: () => Promise<Uint8Array | undefined>;
  /** The key of a place that has none yet; only ever for its owner to read. */
  readonly keepSeed: (seed: Uint8Array) => Promise<void>;
};
export type CarriedSeal = {
  readonly key: NoteSigner;
  /** carried by this run */
  readonly checkpoints: number;
};

const records: readonly CheckpointRecord[] = ['witnessed', 'time-stamped', 'published'];

const sizeOf = (note: string): number => sizeOfNote(note) ?? 0;

/** A target that has signed something with a key of its own: two histories would claim to be this log. To be asked before anything is carried. */
export const otherSealKey = async ({ from, to }: { readonly from: SealPlace; readonly to: SealPlace }): Promise<OtherKey | undefined> => {
  const [ours, theirs] = [await from.seed(), await to.seed()];
  return ours === undefined || theirs === undefined || Buffer.from(ours).equals(theirs)
    ? undefined
    : { kind: 'other-key', name: 'seal.key' };
};

/**
 * Puts key, checkpoints, tiles and records of one place into another, so that the copy goes on under the same name, with the same key, and
 * with everything that was ever signed behind it. Before the events: a copy that was cut off is shorter than its seals, and says so when it
 * is served. How far the seals go in the log is counted anew there (`resume` speaks of positions of the other store).
 */
export const carrySeal = async ({ from, to }: { readonly from: SealPlace; readonly to: SealPlace }): Promise<CarriedSeal | undefined> => {
  const seed = await from.seed();
  const verifier = await from.checkpoints.get('verifier');
  const name = noteVerifierOf(verifier ?? '')?.name;
  if (seed === undefined || verifier === undefined || name === undefined) return undefined;
  if ((await to.seed()) === undefined) await to.keepSeed(seed);
  await to.checkpoints.put('verifier', verifier);

  // before the checkpoints that they speak of: records that know of more are an alarm
  const texts = await Promise.all(records.map((record) => from.checkpoints.get(record)));
  const newest = await from.checkpoints.newest();
  const size = newest === undefined ? 0 : sizeOf(newest);
  await carryTiles(from.checkpoints, to.checkpoints, size);
  const checkpoints = await carryCheckpoints(from.checkpoints, to.checkpoints);
  for (const [place, record] of records.entries()) {
    const text = texts[place];
    if (text !== undefined) await to.checkpoints.put(record, text);
  }
  return { key: createNoteSigner(name, seed), checkpoints };
};

/** The positions that were noted are those of another store: the next start counts the events. */
export const forgetPlace = async (checkpoints: CheckpointStore): Promise<void> => {
  if ((await checkpoints.get('resume')) !== undefined) await checkpoints.put('resume', '{}');
};

/** Those that are missing are made anew from the log. */
const carryTiles = async (from: CheckpointStore, to: CheckpointStore, size: number): Promise<void> => {
  for (const at of tilesOf(size)) {
    const hashes = (await from.tile(at))?.subarray(0, widthOf(at, size) * bytesOfAHash);
    if (hashes !== undefined && (await to.tile(at))?.equals(hashes) !== true) await to.putTile(at, hashes);
  }
};

const carryCheckpoints = async (from: CheckpointStore, to: CheckpointStore): Promise<number> => {
  const standing = await to.newest();
  const after = standing === undefined ? -1 : sizeOf(standing);
  let carried = 0;
  for await (const note of from.notes()) {
    if (sizeOf(note) <= after) continue;
    await to.append(note, sizeOf(note));
    carried += 1;
  }
  return carried;
};
