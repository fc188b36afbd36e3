import assert from 'node:assert/strict';
import { signCheckpoint } from '../../src/infrastructure/proof/note/checkpoint';
import { createNoteSigner } from '../../src/infrastructure/proof/note/signed-note';
import type { SealShelf } from '../../src/infrastructure/proof/shelf/seal-shelf';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 5));
/** A note over a tree of this many leaves. */
export const noteOf = (size: number): string => signCheckpoint({ origin: key.name, size, root: Buffer.alloc(32, size % 251) }, key).note;

/** So many hashes, no two alike; `of` tells one history from another. */
export const hashesOf = (count: number, of = 1): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, place) => Buffer.alloc(32, `${of}-${place}`)));

type Check = {
  readonly promise: string;
  /** @param reopen the same shelf, as the next process finds it */
  readonly check: (shelf: SealShelf, reopen: () => SealShelf) => Promise<void>;
};

const all = async (shelf: SealShelf): Promise<readonly string[]> => {
  const notes: string[] = [];
  for await (const note of shelf.checkpoints()) notes.push(note);
  return notes;
};

const beginning = async (shelf: SealShelf, index: number, hashes: Buffer): Promise<void> => {
  const kept = await shelf.tile({ level: 0, index });
  assert.deepEqual(kept?.subarray(0, hashes.length), hashes);
};

/** What every shelf promises, however it keeps it. */
export const sealShelfContract: readonly Check[] = [
  {
    promise: 'is empty at first',
    check: async (shelf) => {
      assert.equal(await shelf.newest(), undefined);
      assert.equal(await shelf.tile({ level: 0, index: 0 }), undefined);
      assert.equal(await shelf.get('verifier'), undefined);
      assert.deepEqual(await all(shelf), []);
    },
  },
  {
    promise: 'gives back tiles byte for byte, each at its place, as they grow',
    check: async (shelf, reopen) => {
      for (const width of [1, 7, 255, 256]) {
        await shelf.putTile({ level: 0, index: 3 }, hashesOf(width));
        await beginning(reopen(), 3, hashesOf(width));
      }
      await shelf.putTile({ level: 1, index: 3 }, hashesOf(2, 8));
      await shelf.putTile({ level: 0, index: 1_234_067 }, hashesOf(4, 9));
      await beginning(shelf, 3, hashesOf(256));
      await beginning(shelf, 1_234_067, hashesOf(4, 9));
      assert.deepEqual(await shelf.tile({ level: 1, index: 3 }), hashesOf(2, 8));
    },
  },
  {
    promise: 'puts a narrower tile in the place of a wider one of a seal that was never signed',
    check: async (shelf, reopen) => {
      await shelf.putTile({ level: 0, index: 0 }, hashesOf(256, 1));
      await shelf.putTile({ level: 0, index: 0 }, hashesOf(40, 2));
      await beginning(reopen(), 0, hashesOf(40, 2));
      await shelf.putTile({ level: 0, index: 0 }, hashesOf(41, 2));
      await beginning(reopen(), 0, hashesOf(41, 2));
    },
  },
  {
    promise: 'has no tile left once they are removed, and takes new ones',
    check: async (shelf, reopen) => {
      await shelf.putTile({ level: 0, index: 0 }, hashesOf(256));
      await shelf.putTile({ level: 1, index: 0 }, hashesOf(1));
      await shelf.append(noteOf(256), 256);
      await shelf.removeTiles();
      assert.equal(await reopen().tile({ level: 0, index: 0 }), undefined);
      assert.equal(await shelf.newest(), noteOf(256));
      await shelf.putTile({ level: 0, index: 0 }, hashesOf(3));
      await beginning(shelf, 0, hashesOf(3));
    },
  },
  {
    promise: 'keeps every checkpoint, oldest first, and knows the newest; the same again at the end changes nothing',
    check: async (shelf, reopen) => {
      const sizes = [1, 2, 9, 10, 100, 1000, ...Array.from({ length: 60 }, (_, more) => 2000 + more)];
      for (const size of sizes) {
        await shelf.append(noteOf(size), size);
        await shelf.append(noteOf(size), size);
        assert.equal(await reopen().newest(), noteOf(size));
      }
      assert.deepEqual(await all(reopen()), sizes.map(noteOf));
    },
  },
  {
    promise: 'keeps records whole, each under its own name',
    check: async (shelf, reopen) => {
      await shelf.put('verifier', 'a+00000000+b\n');
      await shelf.put('resume', '{"size":1}');
      await shelf.put('resume', 'ș'.repeat(10_000));
      assert.equal(await reopen().get('resume'), 'ș'.repeat(10_000));
      assert.equal(await reopen().get('verifier'), 'a+00000000+b\n');
      assert.equal(await reopen().get('witnessed'), undefined);
    },
  },
];
