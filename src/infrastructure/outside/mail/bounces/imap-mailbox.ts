import { ImapFlow } from 'imapflow';
import { type BounceMailbox, MailboxUnavailable } from '../../../../application/kernel/ports/bounce-mailbox';
import { type ConnectionFault, faultOf } from '../../connection-fault';
import type { MailboxAddress } from './mailbox-address';
import { readReport } from './read-report';

/** Milliseconds. `whole` bounds one reading of the mailbox, so that a server who trickles is not waited for. */
export type ImapLimits = { readonly connection: number; readonly greeting: number; readonly socket: number; readonly whole: number };
const usualLimits: ImapLimits = { connection: 5_000, greeting: 15_000, socket: 30_000, whole: 300_000 };
/** Of a message; a report stands at its beginning, before the letter that comes back with it. */
const mostBytes = 256 * 1024;
/** A report may come before it is noted that its letter left: a message that is nothing to us is looked at so often, and then left. */
const mostLooks = 10;

/** Messages were read to the end, and of some the judge or the mark has failed: `first` is what went wrong first. */
class NotAllDone extends Error {
  override readonly name = 'NotAllDone';
  constructor(readonly first: unknown) {
    super('Not all messages are done.');
  }
}
const notMarked = 'A message that is done could not be marked.';

const tooLate: ConnectionFault = { cause: 'silent', code: 'too-late' };

const ofThisMachine = new Set(['127.0.0.1', '::1', 'localhost']);

const marks = ['\\Answered', '\\Seen'];

const connected = async (address: MailboxAddress, limits: ImapLimits, signal: AbortSignal): Promise<ImapFlow> => {
  const { host, port, secure, user, password } = address;
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
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
};

/** Signs in there and opens the folder, and changes nothing. `undefined` where that can be done. */
export const mailboxFault = async (address: MailboxAddress, limits: ImapLimits): Promise<ConnectionFault | undefined> => {
  const over = AbortSignal.timeout(limits.whole);
  try {
    const client = await connected(address, limits, over);
    try {
      await client.mailboxOpen(address.folder, { readOnly: true });
      await client.logout();
      return undefined;
    } finally {
      client.close();
    }
  } catch (error) {
    return over.aborted ? tooLate : faultOf(error);
  }
};

/**
 * Reads reports by IMAP. A message that is done gets `\Answered`, a mark that every server keeps and that reading a message does not set;
 * `\Seen` alone would hide from us what a person had opened first. Nothing is deleted or moved.
 */
export const createImapMailbox = (address: MailboxAddress, limits: ImapLimits = usualLimits): BounceMailbox => {
  /** how often messages were looked at and left, by the mailbox's own numbers */
  const looks = new Map<string, number>();

  const sourceOf = async (client: ImapFlow, uid: number): Promise<Uint8Array | undefined> => {
    const message = await client.fetchOne(String(uid), { uid: true, source: { maxLength: mostBytes } }, { uid: true });
    return message === false ? undefined : message.source;
  };

  const readAll = async (client: ImapFlow, judge: Parameters<BounceMailbox['read']>[0], signal: AbortSignal): Promise<void> => {
    const mailbox = client.mailbox;
    const validity = mailbox === false ? '' : String(mailbox.uidValidity);
    const found = await client.search({ answered: false, deleted: false }, { uid: true });
    if (!Array.isArray(found)) throw new MailboxUnavailable('The mailbox could not be searched.', 'not-searched', 'SEARCH');
    const there = new Set(found.map((uid) => `${validity}:${uid}`));
    for (const name of looks.keys()) if (!there.has(name)) looks.delete(name);
    const looksAt = (uid: number): number => looks.get(`${validity}:${uid}`) ?? 0;
    const failures: unknown[] = [];
    // what is new comes first, however much lies there that is nothing to us
    for (const uid of [...found].sort((one, other) => looksAt(one) - looksAt(other) || one - other)) {
      const before = looksAt(uid);
      if (signal.aborted || before >= mostLooks) break;
      const source = await sourceOf(client, uid);
      // removed since the search by another client
      if (source === undefined) continue;
      try {
        const verdict = await judge({ report: readReport(source), again: before > 0 });
        if (verdict === 'left') looks.set(`${validity}:${uid}`, before + 1);
        else if (!(await client.messageFlagsAdd(String(uid), marks, { uid: true })))
          throw new MailboxUnavailable(notMarked, 'not-marked', 'STORE');
      } catch (error) {
        // it is tried again with the next reading, and keeps no other from its turn
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new NotAllDone(failures[0]);
  };

  return {
    read: async (judge, signal) => {
      const over = AbortSignal.any([signal, AbortSignal.timeout(limits.whole)]);
      try {
        over.throwIfAborted();
        const client = await connected(address, limits, over);
        try {
          const lock = await client.getMailboxLock(address.folder);
          try {
            await readAll(client, judge, over);
          } finally {
            lock.release();
          }
          await client.logout();
        } finally {
          client.close();
        }
      } catch (error) {
        if (error instanceof NotAllDone) throw error.first;
        if (error instanceof MailboxUnavailable) throw error;
        const { cause, code } = over.aborted ? tooLate : faultOf(error);
        throw new MailboxUnavailable(`The mailbox could not be read: ${cause} ${code}.`, cause, code);
      }
    },
  };
};
