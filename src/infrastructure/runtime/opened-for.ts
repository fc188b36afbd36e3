import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';

/** Learns where the personal data stand that are opened for it. */
type Shown = { add(stream: string): unknown };

const shown = new AsyncLocalStorage<Shown | undefined>();

/** Whatever personal data are opened in this work, and in what follows from it, are for one answer. */
export const openedFor = <T>(answer: Shown, work: () => T): T => shown.run(answer, work);

/** What is opened in this work is no part of the answer: it is compared, or goes elsewhere. */
export const unseen = <T>(work: () => T): T => shown.run(undefined, work);

/** Whether somebody learns what is opened now. */
export const isNoted = (): boolean => shown.getStore() !== undefined;

export const noteOpened = (stream: string): void => {
  shown.getStore()?.add(stream);
};

/** An answer that is given bit by bit, whenever its reader takes the next one: what is opened for it is still opened for this answer. */
export const bitByBit = (parts: AsyncIterable<string | Uint8Array>): Readable => {
  const source = parts[Symbol.asyncIterator]();
  const iterator: AsyncIterator<string | Uint8Array> = {
    next: AsyncResource.bind(() => source.next()),
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
  return Readable.from({ [Symbol.asyncIterator]: () => iterator });
};
