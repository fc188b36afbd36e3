import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { mustBePlainId, ticketHeader } from './mime';

export type StoredLetter = { readonly letterId: string; readonly ticketId: string; readonly content: Buffer };

/** The folder of letters. Every call waits for the disk: it is for a thread where no request waits with it. */
export type OutboxFolder = {
  /** All of them, durable when it returns: files and folder are synced. When it throws, any of them may be there. */
  keep(letters: readonly StoredLetter[]): void;
  /** @returns how many letters of the ticket there were */
  forget(ticketId: string): number;
};

export const openOutboxFolder = (folder: string): OutboxFolder => {
  const unfinished = (ticketId: string): string => `.${mustBePlainId(ticketId)}.`;

  const withFile = <T>(path: string, flags: string, use: (file: number) => T): T => {
    const file = openSync(path, flags, 0o600);
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  };

  /** Written, and only then synced one after the other: the first sync mostly takes the rest along. */
  const writeAll = ([first, ...rest]: readonly { readonly temporary: string; readonly content: Buffer }[]): void => {
    if (first === undefined) return;
    withFile(first.temporary, 'wx', (file) => {
      writeFileSync(file, first.content);
      // its age is told by the clock that judges it, and not by that of the disk
      const now = new Date(systemClock.now());
      futimesSync(file, now, now);
      writeAll(rest);
      fsyncSync(file);
    });
  };

  return {
    keep: (letters) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const files = letters
        .map(({ letterId, ticketId, content }) => ({
          path: join(folder, `${mustBePlainId(letterId)}.eml`),
          // The ticket's id is in its name, so that erasing finds it even when a crash left it without its first line.
          temporary: join(folder, `${unfinished(ticketId)}${randomUUID()}.tmp`),
          content,
        }))
        .filter(({ path }) => !existsSync(path));
      writeAll(files);
      for (const { temporary, path } of files) renameSync(temporary, path);
      withFile(folder, 'r', fsyncSync);
    },

    forget: (ticketId) => {
      if (!existsSync(folder)) return 0;
      const prefix = unfinished(ticketId);
      const header = `\n${ticketHeader}: ${ticketId}\r\n`;
      let forgotten = 0;
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        const isLetter =
          name.endsWith('.eml') && `\n${readFileSync(path, 'latin1')}`.split('\r\n\r\n', 1).some((head) => `${head}\r\n`.includes(header));
        if (!isLetter && !name.startsWith(prefix)) continue;
        rmSync(path, { force: true });
        forgotten += isLetter ? 1 : 0;
      }
      withFile(folder, 'r', fsyncSync);
      return forgotten;
    },
  };
};
