import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { type CheckpointStore, createMemoryCheckpointStore, createNoteSigner, createSigner } from '@tichet-albastru/signed-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { appendSmall } from './small-events';

/** The key of the log in tests of what is built on its seals. */
export const logKey = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));

/** Seals all that stands in the log; how many events that are. @throws LogNotAsSigned */
export const seal = async (store: EventStore, checkpoints: CheckpointStore): Promise<number> => {
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, logKey) });
  for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
  await sealing.sign();
  return sealing.size;
};

/** A log whose checkpoints have these sizes. The same streams give the same log: `streams` of another name are another history. */
export const sealedLog = async (
  sizes: readonly number[],
  streams = 'same',
): Promise<{
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly grow: (by: number, streams?: string) => Promise<number>;
}> => {
  const store = createMemoryEventStore();
  const checkpoints = createMemoryCheckpointStore();
  let size = 0;
  const grow = async (by: number, named = streams): Promise<number> => {
    await appendSmall(store, by, `${named}-${size}`);
    size = await seal(store, checkpoints);
    return size;
  };
  for (const target of sizes) await grow(target - size);
  return { store, checkpoints, grow };
};

/** What was written to the journal. */
export const notedJournal = (): { readonly logger: Logger; readonly lines: { readonly event: string; readonly values: unknown }[] } => {
  const lines: { readonly event: string; readonly values: unknown }[] = [];
  const note = (event: string, values: unknown): void => {
    lines.push({ event, values });
  };
  return { lines, logger: { info: note, warn: note, error: note } };
};
