import { ImapFlow } from 'imapflow';
import type { BounceMailbox, MessageVerdict } from '../../../application/ports/bounce-mailbox';
import { errorCode } from '../../error-code';
import { readReport } from './read-report';

/** Milliseconds. `whole` bounds one reading of the mailbox, so that a server who trickles is not waited for. */
export type ImapLimits = { readonly connection: number; readonly greeting: number; readonly socket: number; readonly whole: number };
const usualLimits: ImapLimits = { connection: 5_000, greeting: 15_000, socket: 30_000, whole: 300_000 };
/** Of a message; a report stands at its beginning, before the letter that comes back with it. */
const mostBytes = 256 * 1024;
/** A report may come before it is noted that its letter left: a message that is nothing to us is looked at so often, and then left. */
const mostLooks = 10;

/** The mailbox could not be read. Says the step, and never the server's words: they may name somebody. */
export class MailboxUnavailable extends Error {
  override readonly name = 'MailboxUnavailable';
}

/** Where the mailbox is, as `imaps://user:password@host:993/INBOX` says it. */
export type MailboxAddress = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is insisted on, except on this machine */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
};

const ofThisMachine = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** @throws RangeError when it is no such address */
export const mailboxAddressOf = (text: string): MailboxAddress => {
  if (!URL.canParse(text)) throw new RangeError('The mailbox must be given as imaps://user:password@host/INBOX.');
  const { protocol, hostname, port, username, password, pathname } = new URL(text);
  const secure = protocol === 'imaps:';
  if ((!secure && protocol !== 'imap:') || hostname === '' || username === '') {
    throw new RangeError('The mailbox must be given as imaps://user:password@host/INBOX.');
  }
  return {
    host: hostname.replace(/^\[|\]$/gu, ''),
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: decodeURIComponent(pathname.slice(1)) || 'INBOX',
  };
};

const marks = ['\\Answered', '\\Seen'];

/**
 * Reads reports by IMAP. A message that is done gets `\Answered`, a mark that every server keeps and that reading a message does not set;
 * `\Seen` alone would hide from us what a person had opened first. Nothing is deleted or moved.
 */
export const createImapMailbox = (address: MailboxAddress, limits: ImapLimits = usualLimits): BounceMailbox => {
  const { host, port, secure, user, password, folder } = address;
  /** how often messages were looked at and left, by the mailbox's own numbers */
  const looks = new Map<string, number>();

  const connected = async (signal: AbortSignal): Promise<ImapFlow> => {
    const client = new ImapFlow({
      host,
      port,
      secure,
      ...(secure || ofThisMachine.has(host) ? {} : { doSTARTTLS: true }),
      auth: { user, pass: password },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: limits.connection,
      greetingTimeout: limits.greeting,
      socketTimeout: limits.socket,
    });
    // What is wrong with the connection is told by the call that waits for it.
    client.on('error', () => undefined);
    signal.addEventListener(
      'abort',
      () => {
        client.close();
      },
      { once: true },
    );
    await client.connect();
    return client;
  };

  const sourceOf = async (client: ImapFlow, uid: number): Promise<Uint8Array | undefined> => {
    const message = await client.fetchOne(String(uid), { uid: true, source: { maxLength: mostBytes } }, { uid: true });
    return message === false ? undefined : message.source;
  };

  const readAll = async (client: ImapFlow, judge: Parameters<BounceMailbox['read']>[0], signal: AbortSignal): Promise<void> => {
    const mailbox = client.mailbox;
    const validity = mailbox === false ? '' : String(mailbox.uidValidity);
    const found = await client.search({ answered: false, deleted: false }, { uid: true });
    if (!Array.isArray(found)) throw new MailboxUnavailable('The mailbox could not be searched.');
    const there = new Set(found.map((uid) => `${validity}:${uid}`));
    for (const name of looks.keys()) if (!there.has(name)) looks.delete(name);
    let unmarked = 0;
    for (const uid of [...found].sort((a, b) => a - b)) {
      const name = `${validity}:${uid}`;
      const before = looks.get(name) ?? 0;
      if (signal.aborted || before >= mostLooks) continue;
      const source = await sourceOf(client, uid);
      // gone since the search, by somebody else's hand
      if (source === undefined) continue;
      const verdict: MessageVerdict = await judge({ report: readReport(source), again: before > 0 });
      if (verdict === 'left') looks.set(name, before + 1);
      else if (!(await client.messageFlagsAdd(String(uid), marks, { uid: true }))) unmarked += 1;
    }
    if (unmarked > 0) throw new MailboxUnavailable('A message that is done could not be marked.');
  };

  return {
    read: async (judge, signal) => {
      const over = AbortSignal.any([signal, AbortSignal.timeout(limits.whole)]);
      let judging = false;
      try {
        over.throwIfAborted();
        const client = await connected(over);
        try {
          const lock = await client.getMailboxLock(folder);
          try {
            await readAll(
              client,
              async (message) => {
                judging = true;
                const verdict = await judge(message);
                judging = false;
                return verdict;
              },
              over,
            );
          } finally {
            lock.release();
          }
          await client.logout();
        } finally {
          client.close();
        }
      } catch (error) {
        // what the judge throws is his: the store that cannot say now
        if (judging || error instanceof MailboxUnavailable) throw error;
        throw new MailboxUnavailable(`The mailbox could not be read: ${errorCode(error) ?? 'no answer'}.`);
      }
    },
  };
};
