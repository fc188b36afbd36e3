import type { BounceMailbox, MessageRead, MessageVerdict } from '../../../../../src/application/kernel/ports/bounce-mailbox';
import { MailboxUnavailable } from '../../../../../src/application/kernel/ports/bounce-mailbox';
import { createImapMailbox } from '../../../../../src/infrastructure/outside/mail/bounces/imap-mailbox';
import { mailboxAddressOf } from '../../../../../src/infrastructure/outside/mail/bounces/mailbox-address';
import { createImapServer, type ImapServer } from '../../../../support/imap/imap-server';
import { deliveryReport } from '../../../../support/smtp/delivery-report';

const letterIds = ['0d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c11', '1d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c12'] as const;
const recipient = 'ana.pop@posta.example';
const report = (index: 0 | 1): string => deliveryReport({ letterId: letterIds[index], recipient });
const limits = { connection: 60_000, greeting: 60_000, socket: 60_000, whole: 60_000 };
const never = new AbortController().signal;

describe('the mailbox to which letters come back, over a real socket', () => {
  let server: ImapServer;
  let mailbox: BounceMailbox;
  beforeEach(async () => {
    server = await createImapServer();
    mailbox = createImapMailbox(mailboxAddressOf(server.url), limits);
  });

  /** What was judged in one reading. */
  const readOnce = async (verdict: MessageVerdict, by = mailbox): Promise<readonly MessageRead[]> => {
    const seen: MessageRead[] = [];
    await by.read((message) => {
      seen.push(message);
      return Promise.resolve(verdict);
    }, never);
    return seen;
  };
  const failureOf = async (reading: Promise<unknown>): Promise<Error> => {
    try {
      await reading;
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('expected a failure');
  };

  it('hands every report over once, and marks it so that the next process does not read it again', async () => {
    server.deliver(report(0));
    server.deliver(report(1));
    expect((await readOnce('done')).map((message) => message.report?.letterId)).toEqual(letterIds);
    expect(await readOnce('done')).toEqual([]);
    expect(await readOnce('done', createImapMailbox(mailboxAddressOf(server.url), limits))).toEqual([]);
    expect(server.messages.map(({ flags }) => [...flags].sort())).toEqual([
      ['\\Answered', '\\Seen'],
      ['\\Answered', '\\Seen'],
    ]);
  });

  it('finds a report that a person opened before it', async () => {
    server.deliver(report(0)).flags.add('\\Seen');
    expect(await readOnce('done')).toHaveLength(1);
  });

  it('leaves other messages as they are, says that it saw them before, and at last does not fetch them any more', async () => {
    const other = server.deliver('From: ana.pop@posta.example\nSubject: Re\n\nMultumesc!');
    const seen: boolean[] = [];
    for (let time = 0; time < 14; time += 1) seen.push(...(await readOnce('left')).map(({ again }) => again));
    expect(seen).toEqual([false, ...Array.from({ length: 9 }, () => true)]);
    expect([...other.flags]).toEqual([]);
    server.deliver(report(0));
    expect((await readOnce('done')).map((message) => message.report?.letterId)).toEqual([letterIds[0]]);
  });

  it('hands a report over again when the end came between the judgement and the mark', async () => {
    server.deliver(report(0));
    server.misbehave.cutAtStore = true;
    expect(await failureOf(readOnce('done'))).toBeInstanceOf(MailboxUnavailable);
    server.misbehave.cutAtStore = false;
    expect(await readOnce('done')).toHaveLength(1);
    expect(await readOnce('done')).toEqual([]);
  });

  it('does not hand it over again when only the answer to the mark was lost', async () => {
    server.deliver(report(0));
    server.misbehave.cutAfterStore = true;
    expect(await failureOf(readOnce('done'))).toBeInstanceOf(MailboxUnavailable);
    server.misbehave.cutAfterStore = false;
    expect(await readOnce('done')).toEqual([]);
  });

  it('says that nothing can be marked, after it has judged every message', async () => {
    server.deliver(report(0));
    server.deliver(report(1));
    server.misbehave.readOnly = true;
    let judged = 0;
    const failure = await failureOf(
      mailbox.read(() => {
        judged += 1;
        return Promise.resolve('done');
      }, never),
    );
    expect(failure).toBeInstanceOf(MailboxUnavailable);
    expect(judged).toBe(2);
  });

  it.each<[string, string, string, () => void | Promise<void>]>([
    ['nobody listens', 'nobody-listens', 'ECONNREFUSED', () => server.goAway()],
    ['it never greets', 'silent', 'GREETING_TIMEOUT', () => void (server.misbehave.silent = true)],
    ['it refuses the password', 'credentials', 'AUTHENTICATIONFAILED', () => void (server.misbehave.refuseLogin = true)],
  ])('fails within its limits, with the cause, and without a personal word or a secret, when %s', async (_, reason, code, misbehave) => {
    server.deliver(report(0));
    await misbehave();
    const impatient = createImapMailbox(mailboxAddressOf(server.url), { ...limits, greeting: 300 });
    const failure = await failureOf(readOnce('done', impatient));
    expect(failure).toBeInstanceOf(MailboxUnavailable);
    expect(failure).toMatchObject({ reason, code });
    const told = `${failure.message} ${failure.stack ?? ''} ${JSON.stringify(failure)} ${String(failure.cause)}`;
    for (const word of ['ana.pop', 'parola-secreta']) expect(told).not.toContain(word);
  });

  it('does not wait for a server who trickles', async () => {
    server.misbehave.trickle = true;
    const patient = createImapMailbox(mailboxAddressOf(server.url), { ...limits, whole: 400 });
    expect(await failureOf(readOnce('done', patient))).toBeInstanceOf(MailboxUnavailable);
  });

  it('stops when it is told to', async () => {
    server.misbehave.trickle = true;
    const stop = new AbortController();
    const reading = mailbox.read(() => Promise.resolve('done'), stop.signal);
    setImmediate(() => {
      stop.abort();
    });
    expect(await failureOf(reading)).toBeInstanceOf(MailboxUnavailable);
  });

  it('lets through what the judge throws, and marks nothing', async () => {
    server.deliver(report(0));
    const failure = await failureOf(mailbox.read(() => Promise.reject(new TypeError('the store is away')), never));
    expect(failure).toBeInstanceOf(TypeError);
    expect([...(server.messages[0]?.flags ?? [])]).toEqual([]);
  });

  it('lets one message that cannot be judged keep no other from its turn', async () => {
    server.deliver(report(0));
    server.deliver(report(1));
    const judge = (message: MessageRead): Promise<MessageVerdict> =>
      message.report?.letterId === letterIds[0] ? Promise.reject(new TypeError('parked')) : Promise.resolve('done');
    expect(await failureOf(mailbox.read(judge, never))).toBeInstanceOf(TypeError);
    expect(server.messages.map(({ flags }) => flags.has('\\Answered'))).toEqual([false, true]);
  });

  it('reads where a mailbox is from its address', () => {
    expect(mailboxAddressOf('imaps://ta%40primaria.example:p%3Aq@mail.primaria.example/Intoarse')).toEqual({
      host: 'mail.primaria.example',
      port: 993,
      secure: true,
      user: 'ta@primaria.example',
      password: 'p:q',
      folder: 'Intoarse',
    });
    for (const text of ['', 'mail.primaria.example', 'https://a:b@c/INBOX', 'imaps://host/INBOX']) {
      expect(() => mailboxAddressOf(text)).toThrow(RangeError);
    }
  });
});
