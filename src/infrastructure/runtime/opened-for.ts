import { AsyncLocalStorage } from 'node:async_hooks';

const shown = new AsyncLocalStorage<Set<string> | undefined>();

/** Whatever personal data are opened in this work, and in what follows from it, are for one answer; `streams` learns where they stand. */
export const openedFor = <T>(streams: Set<string>, work: () => T): T => shown.run(streams, work);

/** What is opened in this work is no part of the answer: it is compared, or goes elsewhere. */
export const unseen = <T>(work: () => T): T => shown.run(undefined, work);

export const noteOpened = (stream: string): void => {
  shown.getStore()?.add(stream);
};
