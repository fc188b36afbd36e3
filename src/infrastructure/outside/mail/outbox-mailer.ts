import { isEmailAddress } from '../../../domain/kernel/email-address';
import type { Mailer } from '../../../application/kernel/ports/mailer';
import { type OutboxRequest, endOutbox, outboxAnswer, type OutboxAnswer, type OutboxOptions } from './outbox-messages.codec';
import { senderFrom } from './sender';
import { startThread } from '../../runtime/own-files';
import type { Worker } from 'node:worker_threads';

/** The letter was not kept now; another attempt may be. */
class OutboxUnavailable extends Error {
  override readonly name = 'OutboxUnavailable';
}

type OutboxThread = {
  /** Answered in the order of asking. @throws OutboxUnavailable when the thread dies meanwhile */
  ask(asked: OutboxRequest): Promise<OutboxAnswer>;
  /** Resolves when everything asked before is answered and the thread has ended. */
  end(): Promise<void>;
};

/** @param died is told that it answers nothing more */
const overseen = (worker: Worker, died: () => void): OutboxThread => {
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

/**
 * Keeps letters as `<letterId>.eml` in a folder that only its owner may read. Durable before it answers: file and folder are
 * synced. The same letter again is the same file, untouched. The files are made in a thread of its own, which begins with
 * the first letter, and again with the next one if it should die.
 */
export const createOutboxMailer = (
  options: OutboxOptions,
  start = (workerData: OutboxOptions): Worker => startThread('outbox', { workerData }),
): Mailer & { close(): Promise<void> } => {
  senderFrom(options.from);
  let thread: OutboxThread | undefined;
  let closed = false;

  /** @returns how many letters were deleted */
  const ask = async (asked: OutboxRequest): Promise<number> => {
    if (closed) throw new OutboxUnavailable('The outbox is closed.');
    thread ??= overseen(start(options), () => {
      thread = undefined;
    });
    const answer = await thread.ask(asked);
    if (answer.kind === 'failed') throw new OutboxUnavailable(`The outbox could not: ${answer.code}.`);
    return answer.deleted;
  };

  return {
    send: async (letter) => {
      if (!isEmailAddress(letter.to)) return { kind: 'refused', reason: 'not-one-mailbox' };
      await ask({ keep: letter });
      return { kind: 'accepted' };
    },
    forget: (ticketId) => ask({ forget: ticketId }),
    close: async () => {
      closed = true;
      await thread?.end();
    },
  };
};
