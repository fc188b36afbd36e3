import type { Journal } from '../../application/ports/journal';
import { EventStoreUnavailable, type EventStore } from '../../application/ports/event-store';
import { ReadModelsUnavailable } from '../../application/ports/read-models';
import { storageFault } from './storage-fault';

/** Whether the last write reached the disk. One that did not is told once, by its code; so is the next that did. */
export type StorageHealth = {
  wrote(): void;
  /** Errors that are no fault of the disk are none of its business. */
  failed(error: unknown): void;
  /** the code of the last write's failure; `undefined` while writes succeed */
  failing(): string | undefined;
};

export const createStorageHealth = (journal: Journal): StorageHealth => {
  let failing: string | undefined;
  return {
    wrote: () => {
      if (failing === undefined) return;
      failing = undefined;
      journal.info('storage.recovered');
    },
    failed: (error) => {
      const code = outageOf(error);
      if (code === undefined) return;
      if (code !== failing) journal.error('storage.failing', { code });
      failing = code;
    },
    failing: () => failing,
  };
};

/** The code of an error that passes with its cause: a full or failing disk, a store that cannot say; `undefined` for a bug. */
export const outageOf = (error: unknown): string | undefined =>
  error instanceof EventStoreUnavailable || error instanceof ReadModelsUnavailable ? (error.code ?? 'unknown') : storageFault(error);

/** The same store, telling how its appends went. */
export const watchedStore = <S extends EventStore>(store: S, health: StorageHealth): S => {
  const append = store.append.bind(store);
  store.append = async (stream, expected, events) => {
    try {
      const result = await append(stream, expected, events);
      // a conflict has written nothing
      if (result.kind === 'appended') health.wrote();
      return result;
    } catch (error) {
      health.failed(error);
      throw error;
    }
  };
  return store;
};
