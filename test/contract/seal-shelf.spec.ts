import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { LogNotAsSealed } from '../../src/infrastructure/proof/seal/log-not-as-sealed';
import { createFolderShelf } from '../../src/infrastructure/proof/shelf/folder-shelf';
import { createMemoryShelf } from '../../src/infrastructure/proof/shelf/memory-shelf';
import { createPostgresShelf } from '../../src/infrastructure/proof/shelf/postgres-shelf';
import type { SealShelf } from '../../src/infrastructure/proof/shelf/seal-shelf';
import { createTestDatabase } from '../support/postgres';
import { hashesOf, noteOf, sealShelfContract } from './seal-shelf-contract';

type Place = { readonly open: () => SealShelf; readonly close: () => Promise<void> };

const inMemory = (): Promise<Place> => {
  const shelf = createMemoryShelf();
  return Promise.resolve({ open: () => shelf, close: () => Promise.resolve() });
};
const inFolder = (): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-shelf-'));
  return Promise.resolve({
    open: () => createFolderShelf(join(folder, 'seal')),
    close: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  });
};
const inPostgres = async (): Promise<Place> => {
  const database = await createTestDatabase();
  const { pool, close } = await openPostgres({ url: database.url });
  return {
    open: () => createPostgresShelf(pool),
    close: async () => {
      await close();
      await database.drop();
    },
  };
};

describe.each([
  ['in memory', inMemory],
  ['in a folder', inFolder],
  ['in PostgreSQL', inPostgres],
])('the shelf %s', (_, place) => {
  it.each(sealShelfContract)('$promise', async ({ check }) => {
    const { open, close } = await place();
    try {
      await expect(check(open(), open)).resolves.toBeUndefined();
    } finally {
      await close();
    }
  });
});

describe('the contract catches a shelf that', () => {
  const broken: readonly (readonly [string, (shelf: SealShelf) => SealShelf])[] = [
    [
      'never narrows a tile',
      (shelf) => ({
        ...shelf,
        putTile: async (at, hashes) => {
          if (((await shelf.tile(at))?.length ?? 0) < hashes.length) await shelf.putTile(at, hashes);
        },
      }),
    ],
    [
      'keeps a repeated checkpoint twice',
      (shelf) => {
        const notes: string[] = [];
        return {
          ...shelf,
          append: async (note, size) => {
            notes.push(note);
            await shelf.append(note, size);
          },
          checkpoints: async function* () {
            await Promise.resolve();
            yield* notes;
          },
        };
      },
    ],
    [
      'knows the first checkpoint for the newest',
      (shelf) => ({
        ...shelf,
        newest: async () => {
          for await (const note of shelf.checkpoints()) return note;
          return undefined;
        },
      }),
    ],
    [
      'mixes the levels of the tree',
      (shelf) => ({
        ...shelf,
        tile: ({ index }) => shelf.tile({ level: 0, index }),
        putTile: ({ index }, hashes) => shelf.putTile({ level: 0, index }, hashes),
      }),
    ],
    ['has one record for all', (shelf) => ({ ...shelf, get: () => shelf.get('resume'), put: (__, text) => shelf.put('resume', text) })],
    ['forgets to remove', (shelf) => ({ ...shelf, removeTiles: () => Promise.resolve() })],
  ];
  it.each(broken)('%s', async (__, breaking) => {
    const outcomes = await Promise.allSettled(
      sealShelfContract.map(({ check }) => {
        const shelf = breaking(createMemoryShelf());
        return check(shelf, () => shelf);
      }),
    );
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
  });
});

describe('the shelf in PostgreSQL, of two processes', () => {
  it('takes nothing from a tile that another has made wider, and no second checkpoint of a size', async () => {
    const { open, close } = await inPostgres();
    const [one, other] = [open(), open()];
    await one.putTile({ level: 0, index: 0 }, hashesOf(200));
    await other.putTile({ level: 0, index: 0 }, hashesOf(10));
    expect(await one.tile({ level: 0, index: 0 })).toEqual(hashesOf(200));
    await one.append(noteOf(200), 200);
    await other.append(noteOf(200), 200);
    await expect(other.append(noteOf(200 + 251).replace('451', '200'), 200)).rejects.toThrow(LogNotAsSealed);
    await close();
  });
});
