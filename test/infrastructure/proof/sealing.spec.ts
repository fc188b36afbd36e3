import { EventEmitter, once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import {
  type CheckpointStore,
  createFolderCheckpointStore,
  createMemoryCheckpointStore,
  createNoteSigner,
  createSigner,
  notesIn,
  verifiedCheckpoint,
} from '@tichet-albastru/signed-log';
import { signLog } from '../../../src/infrastructure/proof/signing/sign-log';
import { openSigning } from '../../../src/infrastructure/proof/signing/signing';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { appendSmall } from '../../support/small-events';
import { emptyFolder } from '../../support/closing';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));

const sealed = async (store: EventStore, checkpoints: CheckpointStore): Promise<number> => {
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
  for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
  await sealing.sign();
  return sealing.size;
};

const all = async (store: EventStore): Promise<readonly Recorded[]> => {
  const events: Recorded[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};

describe.each([
  ['in memory', createMemoryCheckpointStore],
  ['in a folder', () => createFolderCheckpointStore(emptyFolder())],
])('sealing the log, with a checkpoint store %s', (_, open) => {
  it('proves every event that stood there when it signed, and says of later ones that they are not sealed yet', async () => {
    const checkpoints = open();
    const store = createMemoryEventStore();
    await appendSmall(store, 300);
    await sealed(store, checkpoints);
    await appendSmall(store, 5, 'later');
    const seal = createCurrentSignedLog({ checkpoints, verifier: key, counts: true });
    const upTo = await seal.checkpoint();
    expect(upTo?.size).toBe(300);
    const standings = [];
    for (const event of await all(store)) if (upTo) standings.push(await seal.standing(event, upTo));
    expect(standings.map(({ kind }) => kind)).toEqual([...Array<string>(300).fill('sealed'), ...Array<string>(5).fill('not-yet')]);
  });

  it('goes on where it signed last', async () => {
    const checkpoints = open();
    const store = createMemoryEventStore();
    for (const more of [1, 99, 256, 300]) {
      await appendSmall(store, more, `stream-${more}`);
      await sealed(store, checkpoints);
    }
    const sizes = [];
    for await (const note of checkpoints.notes()) sizes.push(verifiedCheckpoint(note, key)?.size);
    expect(sizes).toEqual([1, 100, 356, 656]);
  });

  it('makes tiles anew that are gone', async () => {
    const checkpoints = open();
    const store = createMemoryEventStore();
    await appendSmall(store, 600);
    await sealed(store, checkpoints);
    await checkpoints.removeTiles();
    await appendSmall(store, 1, 'another');
    expect(await sealed(store, checkpoints)).toBe(601);
  });

  it('refuses a log that is shorter than, or another one as what it signed', async () => {
    const checkpoints = open();
    const store = createMemoryEventStore();
    await appendSmall(store, 50);
    await sealed(store, checkpoints);
    await checkpoints.removeTiles();
    const shorter = createMemoryEventStore();
    await appendSmall(shorter, 40);
    await expect(sealed(shorter, checkpoints)).rejects.toMatchObject({ fault: { reason: 'log-shorter', number: 41 } });
    const another = createMemoryEventStore();
    await appendSmall(another, 50, 'not-the-same');
    await expect(sealed(another, checkpoints)).rejects.toMatchObject({ fault: { reason: 'tree-differs' } });
  });
});

describe('the signer', () => {
  it('refuses a tree that does not continue the one that it signed last', async () => {
    const checkpoints = createMemoryCheckpointStore();
    const store = createMemoryEventStore();
    await appendSmall(store, 10);
    const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
    for (const event of await all(store)) sealing.add(event);
    const signer = createSigner(checkpoints, key);
    await sealing.sign();
    const forged = { size: 12, root: Buffer.alloc(32, 9), proofFrom: () => Promise.resolve([Buffer.alloc(32, 9)]) };
    await expect(signer.sign(forged)).rejects.toMatchObject({ fault: { reason: 'signer-refuses' } });
    await expect(signer.sign({ ...forged, size: 9 })).rejects.toMatchObject({ fault: { reason: 'signer-refuses' } });
    expect((await signer.last())?.size).toBe(10);
  });

  it('believes no checkpoint that another key has signed', async () => {
    const checkpoints = createMemoryCheckpointStore();
    const store = createMemoryEventStore();
    await appendSmall(store, 3);
    await sealed(store, checkpoints);
    const other = createSigner(checkpoints, createNoteSigner(key.name, Buffer.alloc(32, 4)));
    await expect(other.last()).rejects.toMatchObject({ fault: { reason: 'checkpoint-not-ours' } });
  });
});

describe('following the log', () => {
  it('signs once a hundred events wait, or once one has waited long enough', async () => {
    const store = createMemoryEventStore();
    const checkpoints = createMemoryCheckpointStore();
    const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
    const over = new AbortController();
    const signed: number[] = [];
    const news = new EventEmitter();
    const next = once(news, 'signed');
    await appendSmall(store, 100);
    const following = signLog(store, sealing, {
      signal: over.signal,
      milliseconds: 50,
      onSigned: ({ size }) => {
        signed.push(size);
        news.emit('signed');
      },
    });
    await next;
    const later = once(news, 'signed');
    await appendSmall(store, 7, 'later');
    await later;
    over.abort();
    await following;
    expect(signed[0]).toBe(100);
    expect(signed.at(-1)).toBe(107);
  });

  it('signs five times a second at most, however many events come', async () => {
    const store = createMemoryEventStore();
    const checkpoints = createMemoryCheckpointStore();
    const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
    const over = new AbortController();
    const signedAt: number[] = [];
    const following = signLog(store, sealing, {
      signal: over.signal,
      onSigned: () => {
        signedAt.push(performance.now());
      },
    });
    for (let nth = 0; signedAt.length < 3; nth += 1) {
      await appendSmall(store, 100, `busy-${nth}`);
      await sleep(10);
    }
    over.abort();
    await following;
    const pauses = signedAt.slice(1).map((at, place) => at - (signedAt[place] ?? 0));
    for (const pause of pauses) expect(pause).toBeGreaterThan(190);
  });

  it('ends with what is wrong when an event is not what its hash says', async () => {
    const store = createMemoryEventStore();
    const checkpoints = createMemoryCheckpointStore();
    await appendSmall(store, 5);
    const readAll = store.readAll.bind(store);
    const broken: EventStore = {
      ...store,
      subscribe: async function* () {
        for await (const event of readAll()) yield event.revision === 3 ? { ...event, body: event.body.replace('3', '4') } : event;
      },
    };
    const sealing = await openSigning({ store: broken, checkpoints, signer: createSigner(checkpoints, key) });
    const following = signLog(broken, sealing, { signal: new AbortController().signal });
    await expect(following).rejects.toMatchObject({ fault: { reason: 'hash-differs', number: 4 } });
  });
});

describe('the folder', () => {
  it('drops a note that a crash cut off, and signs on behind the last whole one', async () => {
    const folder = emptyFolder();
    const store = createMemoryEventStore();
    await appendSmall(store, 3);
    await sealed(store, createFolderCheckpointStore(folder));
    const file = join(folder, 'checkpoints');
    const whole = await readFile(file, 'utf8');
    await appendFile(file, whole.slice(0, -20));
    await appendSmall(store, 2, 'later');
    expect(await sealed(store, createFolderCheckpointStore(folder))).toBe(5);
    const notes = notesIn(await readFile(file, 'utf8'));
    expect(notes.map((note) => verifiedCheckpoint(note, key)?.size)).toEqual([3, 5]);
    expect(await readFile(join(folder, 'checkpoint'), 'utf8')).toBe(notes.at(-1));
    // more than a crash leaves behind it makes nobody forget what was signed
    await appendFile(file, 'x'.repeat(5000));
    expect(await createFolderCheckpointStore(folder).newest()).toBe(notes.at(-1));
    await writeFile(file, '');
  });
});
