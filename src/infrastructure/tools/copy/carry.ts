import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { openBytes, wrappingKeyOf } from '@tichet-albastru/event-log/keys/encrypting';
import type { WrappedKey, WrappedKeys } from '@tichet-albastru/event-log/keys/wrapped-keys';
import { newestSignedFault } from '../../proof/signing/newest-signed-fault';
import { openSigning } from '../../proof/signing/signing';
import {
  bytesOfAHash,
  type CheckpointRecord,
  type CheckpointStore,
  createNoteSigner,
  createSigner,
  LogNotAsSigned,
  type NoteSigner,
  noteVerifierOf,
  type SignedLogFault,
  verifierLine,
  widthOf,
} from '@tichet-albastru/signed-log';
import { sizeOfNote, tilesOf } from '../backup/seal';

/** How many names the source has, and of how many the key is destroyed in the target now. */
export type CarriedKeys = { readonly kind: 'carried'; readonly names: number; readonly destroyed: number };
/** The target has another key under this name: text sealed with either would be lost. Nothing was carried. */
export type OtherKey = { readonly kind: 'other-key'; readonly name: string };

const atOnce = 500;

async function* pages(keys: WrappedKeys): AsyncGenerator<readonly WrappedKey[], void, undefined> {
  for (let last = ''; ;) {
    const page = await keys.after(last, atOnce);
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    last = end.name;
  }
}

/**
 * Looks at the first keys: a target that was never used takes the master key that it is opened with for its own.
 * @throws KeyUnusable when they were not wrapped with this one
 */
export const assertWrappedWith = async (masterKey: Buffer, keys: WrappedKeys): Promise<void> => {
  const wrappingKey = wrappingKeyOf(masterKey);
  for (const { name, wrapped } of await keys.after('', atOnce)) if (wrapped) openBytes(wrappingKey, wrapped, name);
};

/**
 * Puts the keys of one store into another, wrapped as they are: both have the same master key. A name that is destroyed on either side is
 * destroyed in the target afterwards. What was carried before is found there and left.
 * @throws KeyUnusable when a key was not wrapped with this master key; nothing was carried then
 */
export const carryKeys = async ({
  from,
  to,
  masterKey,
}: {
  readonly from: WrappedKeys;
  readonly to: WrappedKeys;
  readonly masterKey: Buffer;
}): Promise<CarriedKeys | OtherKey> => {
  const wrappingKey = wrappingKeyOf(masterKey);
  const open = ({ name, wrapped }: WrappedKey): Buffer | undefined => wrapped && openBytes(wrappingKey, wrapped, name);

  for await (const page of pages(from)) {
    const standing = new Map((await to.named(page.map(({ name }) => name))).map((key) => [key.name, open(key)]));
    for (const key of page) {
      const [ours, theirs] = [open(key), standing.get(key.name)];
      if (ours && theirs && !ours.equals(theirs)) return { kind: 'other-key', name: key.name };
    }
  }

  let names = 0;
  let destroyed = 0;
  for await (const page of pages(from)) {
    await to.take(page);
    const standing = await to.named(page.map(({ name }) => name));
    if (standing.length !== page.length) throw new Error('The target does not hold the keys that it has taken.');
    names += page.length;
    destroyed += standing.filter(({ wrapped }) => wrapped === undefined).length;
  }
  const epoch = await from.epoch();
  if (epoch !== undefined) await to.takeEpoch(epoch);
  return { kind: 'carried', names, destroyed };
};

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

/** `size` events of the copied log are those that were signed, with this key. */
export type SealProved = { readonly size: number; readonly verifier: string; readonly checkpoints: number };

/** Opens the seal over the copied log as the next service will. */
export const proveSeal = async (
  store: EventStore,
  checkpoints: CheckpointStore,
  { key, checkpoints: carried }: CarriedSeal,
): Promise<SealProved | { readonly fault: SignedLogFault }> => {
  try {
    const fault = await newestSignedFault({ store, checkpoints, key });
    if (fault !== undefined) return { fault };
    const { size } = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
    return { size, verifier: verifierLine(key), checkpoints: carried };
  } catch (error) {
    if (error instanceof LogNotAsSigned) return { fault: error.fault };
    throw error;
  }
};
