import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Letter, Mailer } from '../../../application/kernel/ports/mailer';
import type { Instant } from '../../../domain/kernel/fact';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { letterOf, letterText } from './stored-letter.codec';
import { mustBePlainId } from './mime';

export type LetterInMailbox = { readonly letterId: string; readonly ticketId: string; readonly sentAt: Instant };

/** The letters that were sent, for a person who tries the service out. */
export type Mailbox = {
  /** newest first */
  list(): Promise<readonly LetterInMailbox[]>;
  read(letterId: string): Promise<Letter | undefined>;
};

const extension = '.json';
/** Letters of one moment stay in the order in which they were sent: the newest number is the greatest. */
const nameOf = ({ letterId, ticketId, sentAt }: LetterInMailbox, order: number): string =>
  `${String(Date.parse(sentAt)).padStart(15, '0')}_${String(order).padStart(6, '0')}_${mustBePlainId(ticketId)}_${mustBePlainId(letterId)}${extension}`;
const entryOf = (name: string): LetterInMailbox | undefined => {
  const [milliseconds, , ticketId, letterId] = name.slice(0, -extension.length).split('_');
  if (!name.endsWith(extension) || ticketId === undefined || letterId === undefined) return undefined;
  return { letterId, ticketId, sentAt: new Date(Number(milliseconds)).toISOString() };
};

/**
 * Keeps beside the mailer what a page shows of its letters. The files of the outbox are made for mail programs; taking them apart
 * again would need a reader of MIME in every installation, for a page that only a demonstration has.
 */
export const openMailbox = (folder: string, clock: Clock): Mailbox & { readonly beside: (mailer: Mailer) => Mailer } => {
  const names = async (): Promise<readonly string[]> => {
    try {
      return (await readdir(folder)).sort().reverse();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  };
  const nameWith = async (letterId: string): Promise<string | undefined> =>
    (await names()).find((name) => entryOf(name)?.letterId === letterId);
  let order = 0;

  const keep = async (letter: Letter): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await nameWith(letter.letterId)) !== undefined) return;
    order += 1;
    const now = clock.now();
    const path = join(folder, nameOf({ ...letter, sentAt: letter.issuedAt ?? now }, order));
    await writeFile(`${path}.tmp`, letterText(letter), { mode: 0o600 });
    // its age is told by the clock that judges it
    await utimes(`${path}.tmp`, new Date(now), new Date(now));
    await rename(`${path}.tmp`, path);
  };
  /** Unfinished files too: the ticket stands in their names. */
  const forget = async (ticketId: string): Promise<void> => {
    for (const name of await names()) if (name.includes(`_${ticketId}_`)) await rm(join(folder, name), { force: true });
  };

  return {
    list: async () =>
      (await names()).flatMap((name) => {
        const entry = entryOf(name);
        return entry === undefined ? [] : [entry];
      }),
    read: async (letterId) => {
      const name = await nameWith(letterId);
      try {
        return name === undefined ? undefined : letterOf(await readFile(join(folder, name), 'utf8'));
      } catch (error) {
        // forgotten since its name was read
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    beside: (mailer) => ({
      send: async (letter) => {
        const delivery = await mailer.send(letter);
        if (delivery.kind === 'accepted') await keep(letter);
        return delivery;
      },
      forget: async (ticketId) => {
        await forget(ticketId);
        return mailer.forget(ticketId);
      },
    }),
  };
};
