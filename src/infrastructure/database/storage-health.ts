import { EventStoreUnavailable, type EventStore } from '../../application/kernel/ports/event-store';
import { errorCode } from '../runtime/error-code';
import type { Logger } from '../../application/kernel/ports/logger';
import { DatabaseUnavailable } from './postgres/database-fault';

/** Whether what was written last is kept: on a disk of ours, or by a server. What is not is told once, by its code; so is the next that is. */
export type StorageHealth = {
  wrote(): void;
  /** Errors that are no fault of the disk or the server are none of its business. */
  failed(error: unknown): void;
  /** the code of the last write's failure; `undefined` while writes succeed */
  failing(): string | undefined;
};

export const createStorageHealth = (logger: Logger): StorageHealth => {
  let failing: string | undefined;
  return {
    wrote: () => {
      if (failing === undefined) return;
      failing = undefined;
      logger.info('storage.recovered');
    },
    failed: (error) => {
      const code = outageOf(error);
      if (code === undefined) return;
      if (code !== failing) logger.error('storage.failing', { code });
      failing = code;
    },
    failing: () => failing,
  };
};

/** SQLite's codes, and those of the operating system, for a disk that cannot take or give what was asked now. */
const ofTheDisk = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|PERM)(_|$)|^E(NOSPC|DQUOT|IO|ROFS|ACCES|PERM)$/;

/** The code of an error that a disk causes, and that goes away when the disk is mended; `undefined` for any other error. */
export const storageFault = (error: unknown): string | undefined => {
  const code = errorCode(error);
  return code !== undefined && ofTheDisk.test(code) ? code : undefined;
};

/** The code of an error that passes with its cause: a full or failing disk, a server or a store that does not answer; `undefined` for a bug. */
export const outageOf = (error: unknown): string | undefined => {
  if (error instanceof EventStoreUnavailable) return error.code ?? 'unknown';
  return error instanceof DatabaseUnavailable ? error.code : storageFault(error);
};

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
