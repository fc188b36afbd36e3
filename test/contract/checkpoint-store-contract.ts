import assert from 'node:assert/strict';
import { type CheckpointStore, createNoteSigner, signCheckpoint } from '@tichet-albastru/signed-log';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 5));
/** A note over a tree of this many leaves. */
export const noteOf = (size: number): string => signCheckpoint({ origin: key.name, size, root: Buffer.alloc(32, size % 251) }, key).note;

/** So many hashes, no two alike; `of` tells one history from another. */
export const hashesOf = (count: number, of = 1): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, place) => Buffer.alloc(32, `${of}-${place}`)));

type Check = {
  readonly promise: string;
  /** @param reopen the same checkpoints, as the next process finds it */
  readonly check: (checkpoints: CheckpointStore, reopen: () => CheckpointStore) => Promise<void>;
};

const all = async (checkpoints: CheckpointStore): Promise<readonly string[]> => {
  const notes: string[] = [];
  for await (const note of checkpoints.notes()) notes.push(note);
  return notes;
};

const beginning = async (checkpoints: CheckpointStore, index: number, hashes: Buffer): Promise<void> => {
  const kept = await checkpoints.tile({ level: 0, index });
  assert.deepEqual(kept?.subarray(0, hashes.length), hashes);
};

/** What every checkpoint store promises, however it keeps it. */
export const checkpointStoreContract: readonly Check[] = [
  {
    promise: 'is empty at first',
    check: async (checkpoints) => {
      assert.equal(await checkpoints.newest(), undefined);
      assert.equal(await checkpoints.tile({ level: 0, index: 0 }), undefined);
      assert.equal(await checkpoints.get('verifier'), undefined);
      assert.deepEqual(await all(checkpoints), []);
    },
  },
  {
    promise: 'gives back tiles byte for byte, each at its place, as they grow',
    check: async (checkpoints, reopen) => {
      for (const width of [1, 7, 255, 256]) {
        await checkpoints.putTile({ level: 0, index: 3 }, hashesOf(width));
        await beginning(reopen(), 3, hashesOf(width));
      }
      await checkpoints.putTile({ level: 1, index: 3 }, hashesOf(2, 8));
      await checkpoints.putTile({ level: 0, index: 1_234_067 }, hashesOf(4, 9));
      await beginning(checkpoints, 3, hashesOf(256));
      await beginning(checkpoints, 1_234_067, hashesOf(4, 9));
      assert.deepEqual(await checkpoints.tile({ level: 1, index: 3 }), hashesOf(2, 8));
    },
  },
  {
    promise: 'puts a narrower tile in the place of a wider one of a seal that was never signed',
    check: async (checkpoints, reopen) => {
      await checkpoints.putTile({ level: 0, index: 0 }, hashesOf(256, 1));
      await checkpoints.putTile({ level: 0, index: 0 }, hashesOf(40, 2));
      await beginning(reopen(), 0, hashesOf(40, 2));
      await checkpoints.putTile({ level: 0, index: 0 }, hashesOf(41, 2));
      await beginning(reopen(), 0, hashesOf(41, 2));
    },
  },
  {
    promise: 'has no tile left once they are removed, and takes new ones',
    check: async (checkpoints, reopen) => {
      await checkpoints.putTile({ level: 0, index: 0 }, hashesOf(256));
      await checkpoints.putTile({ level: 1, index: 0 }, hashesOf(1));
      await checkpoints.append(noteOf(256), 256);
      await checkpoints.removeTiles();
      assert.equal(await reopen().tile({ level: 0, index: 0 }), undefined);
      assert.equal(await checkpoints.newest(), noteOf(256));
      await checkpoints.putTile({ level: 0, index: 0 }, hashesOf(3));
      await beginning(checkpoints, 0, hashesOf(3));
    },
  },
  {
    promise: 'keeps every checkpoint, oldest first, and knows the newest; the same again at the end changes nothing',
    check: async (checkpoints, reopen) => {
      const sizes = [1, 2, 9, 10, 100, 1000, ...Array.from({ length: 60 }, (_, more) => 2000 + more)];
      for (const size of sizes) {
        await checkpoints.append(noteOf(size), size);
        await checkpoints.append(noteOf(size), size);
        assert.equal(await reopen().newest(), noteOf(size));
      }
      assert.deepEqual(await all(reopen()), sizes.map(noteOf));
    },
  },
  {
    promise: 'keeps records whole, each under its own name',
    check: async (checkpoints, reopen) => {
      await checkpoints.put('verifier', 'a+00000000+b\n');
      await checkpoints.put('resume', '{"size":1}');
      await checkpoints.put('resume', 'ș'.repeat(10_000));
      assert.equal(await reopen().get('resume'), 'ș'.repeat(10_000));
      assert.equal(await reopen().get('verifier'), 'a+00000000+b\n');
      assert.equal(await reopen().get('witnessed'), undefined);
    },
  },
];
