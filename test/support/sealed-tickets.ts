import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import {
  type CheckpointStore,
  createFolderCheckpointStore,
  createMemoryCheckpointStore,
  createNoteSigner,
  createSigner,
} from '@tichet-albastru/signed-log';
import { openSigningKey } from '../../src/infrastructure/proof/signing/sign-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { benchCodec, envelopesOf, lifeOf } from '../bench/support/logs';
import { endsByItself } from './closing';

const seed = Buffer.alloc(32, 7);
export const sealKey = createNoteSigner('city.example/tichet-albastru', seed);
export const otherSealKey = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 8));
/** The first three facts belong to the booking, the other two to the meeting. */
const bookingFacts = 3;

export const checkpointsIn = (folder: string): CheckpointStore => createFolderCheckpointStore(pathIn(folder, dataFiles.seal));

/** Seals what stands in the log now. */
export const sealNow = async (store: EventStore, checkpoints: CheckpointStore): Promise<number> => {
  const key = await openSigningKey(checkpoints, seed, 'https://city.example');
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
  for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
  await sealing.sign();
  return sealing.size;
};

export type SealedLog = {
  readonly folder: string;
  readonly tickets: readonly string[];
  readonly size: number;
  /** the folder as it was at each checkpoint but the last */
  readonly before: readonly { readonly folder: string; readonly size: number }[];
  /** every note, oldest first */
  readonly notes: readonly string[];
  remove(): void;
};

/** Nothing waits in a write-ahead log: a copy of the file is the log. */
const foldLog = (folder: string, { alone = true } = {}): void => {
  const database = openSqlite(pathIn(folder, dataFiles.events));
  database.pragma('wal_checkpoint(TRUNCATE)');
  if (alone) database.pragma('journal_mode = DELETE');
  database.close();
};

/** So many tickets, five facts each, two days of bookings between booking and meeting, in a data folder, sealed every now and then. */
export const sealedTickets = async (
  count: number,
  { every, keep = true }: { readonly every: number; readonly keep?: boolean },
): Promise<SealedLog> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-sealed-'));
  const made = [folder];
  const codec = benchCodec();
  const store = await openSqliteEventStore({ folder });
  const checkpoints = checkpointsIn(folder);
  const lives = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const { stream, entries } = lifeOf(n);
      return { stream, events: await envelopesOf(codec, stream, entries) };
    }),
  );
  const before: { folder: string; size: number }[] = [];
  let sealed = 0;
  const sealAndKeep = async (): Promise<void> => {
    sealed = await sealNow(store, checkpoints);
    if (!keep) return;
    const copy = mkdtempSync(join(tmpdir(), 'tichet-sealed-'));
    made.push(copy);
    foldLog(folder, { alone: false });
    cpSync(folder, copy, { recursive: true });
    foldLog(copy);
    before.push({ folder: copy, size: sealed });
  };
  const append = async (n: number, part: 'booking' | 'meeting'): Promise<void> => {
    const life = lives[n];
    if (life === undefined) return;
    const [first, ...others] = part === 'booking' ? life.events.slice(0, bookingFacts) : life.events.slice(bookingFacts);
    const last = life.events[bookingFacts - 1];
    if (first === undefined || last === undefined) return;
    const expected =
      part === 'booking' ? ({ kind: 'no-stream' } as const) : ({ kind: 'at', revision: bookingFacts - 1, hash: last.hash } as const);
    await store.append(life.stream, expected, [first, ...others]);
  };
  for (let n = 0; n < count + 5; n += 1) {
    await append(n, 'booking');
    await append(n - 5, 'meeting');
    if (Number(await store.end()) >= sealed + every && n < count + 4) await sealAndKeep();
  }
  const size = await sealNow(store, checkpoints);
  await store.close();
  foldLog(folder);
  const notes: string[] = [];
  for await (const note of checkpoints.notes()) notes.push(note);
  return endsByItself(
    {
      folder,
      tickets: lives.map(({ stream }) => stream.slice('ticket-'.length)),
      size,
      before,
      notes,
      remove: () => {
        for (const one of made) rmSync(one, { recursive: true, force: true });
      },
    },
    'remove',
  );
};

/** The seals of a folder in memory, for those who look at them a thousand times. */
export const checkpointsInMemory = async (folder: string, size: number): Promise<CheckpointStore> => {
  const [from, to] = [checkpointsIn(folder), createMemoryCheckpointStore()];
  for await (const note of from.notes()) await to.append(note, size);
  for (const record of ['verifier', 'resume'] as const) await to.put(record, (await from.get(record)) ?? '');
  for (let level = 0; 256 ** level <= size; level += 1)
    for (let index = 0; index * 256 ** (level + 1) < size; index += 1) {
      const tile = await from.tile({ level, index });
      if (tile !== undefined) await to.putTile({ level, index }, tile);
    }
  return to;
};
