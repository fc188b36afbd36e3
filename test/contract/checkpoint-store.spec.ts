import { join } from 'node:path';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import {
  type CheckpointStore,
  createFolderCheckpointStore,
  createMemoryCheckpointStore,
  LogNotAsSigned,
} from '@tichet-albastru/signed-log';
import { createPostgresCheckpointStore } from '../../src/infrastructure/proof/checkpoints-in-postgres';
import { createTestDatabase } from '../support/postgres';
import { hashesOf, noteOf, checkpointStoreContract } from './checkpoint-store-contract';
import { closing, emptyFolder } from '../support/closing';

type Place = () => CheckpointStore;

const inMemory = (): Promise<Place> => {
  const checkpoints = createMemoryCheckpointStore();
  return Promise.resolve(() => checkpoints);
};
const inFolder = (): Promise<Place> => {
  const folder = join(emptyFolder(), 'seal');
  return Promise.resolve(() => createFolderCheckpointStore(folder));
};
const inPostgres = async (): Promise<Place> => {
  const { url } = await createTestDatabase();
  const { pool } = closing(await openPostgres({ url }));
  return () => createPostgresCheckpointStore(pool);
};

describe.each([
  ['in memory', inMemory],
  ['in a folder', inFolder],
  ['in PostgreSQL', inPostgres],
])('the checkpoint store %s', (_, place) => {
  it.each(checkpointStoreContract)('$promise', async ({ check }) => {
    const open = await place();
    await expect(check(open(), open)).resolves.toBeUndefined();
  });
});

describe('the contract catches a checkpoint store that', () => {
  const broken: readonly (readonly [string, (checkpoints: CheckpointStore) => CheckpointStore])[] = [
    [
      'never narrows a tile',
      (checkpoints) => ({
        ...checkpoints,
        putTile: async (at, hashes) => {
          if (((await checkpoints.tile(at))?.length ?? 0) < hashes.length) await checkpoints.putTile(at, hashes);
        },
      }),
    ],
    [
      'keeps a repeated checkpoint twice',
      (checkpoints) => {
        const notes: string[] = [];
        return {
          ...checkpoints,
          append: async (note, size) => {
            notes.push(note);
            await checkpoints.append(note, size);
          },
          notes: async function* () {
            await Promise.resolve();
            yield* notes;
          },
        };
      },
    ],
    [
      'knows the first checkpoint for the newest',
      (checkpoints) => ({
        ...checkpoints,
        newest: async () => {
          for await (const note of checkpoints.notes()) return note;
          return undefined;
        },
      }),
    ],
    [
      'mixes the levels of the tree',
      (checkpoints) => ({
        ...checkpoints,
        tile: ({ index }) => checkpoints.tile({ level: 0, index }),
        putTile: ({ index }, hashes) => checkpoints.putTile({ level: 0, index }, hashes),
      }),
    ],
    [
      'has one record for all',
      (checkpoints) => ({ ...checkpoints, get: () => checkpoints.get('resume'), put: (__, text) => checkpoints.put('resume', text) }),
    ],
    ['forgets to remove', (checkpoints) => ({ ...checkpoints, removeTiles: () => Promise.resolve() })],
  ];
  it.each(broken)('%s', async (__, breaking) => {
    const outcomes = await Promise.allSettled(
      checkpointStoreContract.map(({ check }) => {
        const checkpoints = breaking(createMemoryCheckpointStore());
        return check(checkpoints, () => checkpoints);
      }),
    );
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
  });
});

describe('the checkpoint store in PostgreSQL, of two processes', () => {
  it('takes nothing from a tile that another has made wider, and no second checkpoint of a size', async () => {
    const open = await inPostgres();
    const [one, other] = [open(), open()];
    await one.putTile({ level: 0, index: 0 }, hashesOf(200));
    await other.putTile({ level: 0, index: 0 }, hashesOf(10));
    expect(await one.tile({ level: 0, index: 0 })).toEqual(hashesOf(200));
    await one.append(noteOf(200), 200);
    await other.append(noteOf(200), 200);
    await expect(other.append(noteOf(200 + 251).replace('451', '200'), 200)).rejects.toThrow(LogNotAsSigned);
  });
});
