import { Worker } from 'node:worker_threads';
import { endMessage, outcomesOf, readyMessage, requestsMessage } from '../../codec/writer-messages.codec';
import type { AppendOutcome, AppendRequest } from '../append-request';

export type WriterThread = {
  /** Batches are answered in the order in which they were given. @throws when the thread has died */
  write(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]>;
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (outcomes: readonly AppendOutcome[]) => void; readonly reject: (error: Error) => void };

/** The writer of one file, in a thread of its own. Resolves once it is ready; rejects with what kept it from that. */
export const startWriterThread = (path: string): Promise<WriterThread> =>
  new Promise((started, failed) => {
    const worker = new Worker(require.resolve('./sqlite-writer.thread'), { workerData: path });
    const waiting: Waiting[] = [];
    let dead: Error | undefined;
    const die = (error: Error): void => {
      dead ??= error;
      failed(error);
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    worker.on('error', die);
    worker.on('exit', () => {
      die(new Error('The writer thread of the event store has ended.'));
    });
    const thread: WriterThread = {
      write: (requests) =>
        new Promise((resolve, reject) => {
          if (dead !== undefined) {
            reject(dead);
            return;
          }
          waiting.push({ resolve, reject });
          worker.postMessage(requestsMessage(requests));
        }),
      close: () =>
        new Promise((resolve) => {
          if (dead !== undefined) {
            resolve();
            return;
          }
          worker.once('exit', () => {
            resolve();
          });
          worker.postMessage(endMessage);
        }),
    };
    worker.on('message', (message: unknown) => {
      if (message === readyMessage) started(thread);
      else waiting.shift()?.resolve(outcomesOf(message));
    });
  });
