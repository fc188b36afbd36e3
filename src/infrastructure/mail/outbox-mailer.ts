import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mailer } from '../../application/ports/mailer';
import { mustBePlainId, ticketHeader, toMime } from './mime';
import { isOneMailbox, senderFrom } from './sender';

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Syncs of one folder that are asked for while one runs become one more. */
const createFolderSync = (folder: string): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        running = syncFolder(folder);
        return running;
      });
    return next;
  };
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
};

/**
 * Keeps letters as `<letterId>.eml` in a folder that only its owner may read. Durable before it answers: file and folder are
 * synced. The same letter again is the same file, untouched.
 */
export const createOutboxMailer = (folder: string, from: string): Mailer => {
  const sender = senderFrom(from);
  const sync = createFolderSync(folder);
  const unfinished = (ticketId: string): string => `.${mustBePlainId(ticketId)}.`;

  return {
    async send(letter) {
      if (!isOneMailbox(letter.to)) return { kind: 'refused', reason: 'not-one-mailbox' };
      const content = await toMime(letter, sender);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${letter.letterId}.eml`);
      if (!(await exists(path))) {
        // The ticket's id is in its name, so that erasing finds it even when a crash left it without its first line.
        const temporary = join(folder, `${unfinished(letter.ticketId)}${randomUUID()}.tmp`);
        const handle = await open(temporary, 'wx', 0o600);
        try {
          await handle.writeFile(content);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, path);
      }
      await sync();
      return { kind: 'accepted' };
    },

    async forget(ticketId) {
      if (!(await exists(folder))) return 0;
      const prefix = unfinished(ticketId);
      const header = `\n${ticketHeader}: ${ticketId}\r\n`;
      let forgotten = 0;
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const isLetter =
          name.endsWith('.eml') &&
          `\n${await readFile(path, 'latin1')}`.split('\r\n\r\n', 1).some((head) => `${head}\r\n`.includes(header));
        if (!isLetter && !name.startsWith(prefix)) continue;
        await rm(path, { force: true });
        forgotten += isLetter ? 1 : 0;
      }
      await sync();
      return forgotten;
    },
  };
};
