import { Worker } from 'node:worker_threads';
import { endOutbox, outboxAnswer, type OutboxAnswer, type OutboxAsked, type OutboxTold } from './outbox-messages.codec';

/** The letter was not kept now; another attempt may be. */
export class OutboxUnavailable extends Error {
  override readonly name = 'OutboxUnavailable';
}

export type OutboxThread = {
  /** Answered in the order of asking. @throws OutboxUnavailable when the thread dies meanwhile */
  ask(asked: OutboxAsked): Promise<OutboxAnswer>;
  /** Resolves when everything asked before is answered and the thread has ended. */
  end(): Promise<void>;
};

/** @param died is told that it answers nothing more */
export const startOutboxThread = (file: string, told: OutboxTold, died: () => void): OutboxThread => {
  const worker = new Worker(file, { workerData: told });
  const waiting: { readonly resolve: (answer: OutboxAnswer) => void; readonly reject: (error: Error) => void }[] = [];
  worker.on('message', (message: unknown) => {
    waiting.shift()?.resolve(outboxAnswer(message));
  });
  // An error is followed by the end.
  worker.on('error', died);
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      died();
      for (const { reject } of waiting.splice(0)) reject(new OutboxUnavailable('The thread of the outbox has ended.'));
      resolve();
    });
  });
  return {
    ask: (asked) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(asked);
      }),
    end: () => {
      worker.postMessage(endOutbox);
      return ended;
    },
  };
};
