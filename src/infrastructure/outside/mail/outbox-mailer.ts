import type { Mailer } from '../../../application/kernel/ports/mailer';
import type { OutboxAsked } from './outbox-messages.codec';
import { OutboxUnavailable, startOutboxThread, type OutboxThread } from './outbox-thread';
import { isOneMailbox, senderFrom } from './sender';

/**
 * Keeps letters as `<letterId>.eml` in a folder that only its owner may read. Durable before it answers: file and folder are
 * synced. The same letter again is the same file, untouched. The files are made in a thread of its own, which begins with
 * the first letter, and again with the next one if it should die.
 */
export const createOutboxMailer = (
  folder: string,
  from: string,
  threadFile = require.resolve('./outbox.thread'),
): Mailer & { close(): Promise<void> } => {
  senderFrom(from);
  let thread: OutboxThread | undefined;
  let closed = false;

  /** @returns how many letters were deleted */
  const ask = async (asked: OutboxAsked): Promise<number> => {
    if (closed) throw new OutboxUnavailable('The outbox is closed.');
    thread ??= startOutboxThread(threadFile, { folder, from }, () => {
      thread = undefined;
    });
    const answer = await thread.ask(asked);
    if (answer.kind === 'failed') throw new OutboxUnavailable(`The outbox could not: ${answer.code}.`);
    return answer.deleted;
  };

  return {
    send: async (letter) => {
      if (!isOneMailbox(letter.to)) return { kind: 'refused', reason: 'not-one-mailbox' };
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
