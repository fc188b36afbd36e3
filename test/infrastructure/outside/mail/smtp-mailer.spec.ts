import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { createSmtpMailer, MailServerUnavailable } from '../../../../src/infrastructure/outside/mail/smtp-mailer';
import { compose, from, head } from './letter-requests';
import { closing } from '../../../support/closing';
import { freePort } from '../../../support/free-port';

const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
const timeouts = { connection: 1_000, greeting: 300, socket: 300, whole: 5_000 };

type Received = { readonly mail: ParsedMail; readonly to: readonly string[] };

describe('the mail server', () => {
  /** A real server on a free port, which keeps what it accepts. */
  const serve = async (options: SMTPServerOptions = {}) => {
    const received: Received[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      logger: false,
      onData(stream, session, callback) {
        simpleParser(stream).then(
          (mail) => {
            received.push({ mail, to: session.envelope.rcptTo.map(({ address }) => address) });
            callback();
          },
          (error: unknown) => {
            callback(error instanceof Error ? error : new Error('unreadable'));
          },
        );
      },
      ...options,
    });
    server.on('error', () => undefined);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closing({
      end: () =>
        new Promise<void>((closed) => {
          server.close(closed);
        }),
    });
    const { port } = server.server.address() as AddressInfo;
    return { received, url: `smtp://127.0.0.1:${port}` };
  };

  /** A peer that speaks as it likes. */
  const serveSockets = async (talk: (socket: Socket) => void): Promise<string> => {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      talk(socket);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closing({
      end: () => {
        for (const socket of sockets) socket.destroy();
        return new Promise((closed) => server.close(closed));
      },
    });
    return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const failureOf = async (sending: Promise<unknown>): Promise<Error> => {
    try {
      await sending;
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('expected a failure');
  };

  it('Art. 3 e: accepts the letter, to the one address, readable as it was written', async () => {
    const { received, url } = await serve();
    const letter = compose('link');
    expect(await createSmtpMailer({ url, from }).send(letter)).toEqual({ kind: 'accepted' });
    expect(received.map(({ to }) => to)).toEqual([[head.to]]);
    const mail = received[0]?.mail;
    expect(mail?.subject).toBe(letter.subject);
    expect(mail?.text?.trim()).toBe(letter.text.trim());
    expect(mail?.messageId).toBe(`<${letter.letterId}@primarie.example>`);
    expect(
      mail?.attachments.some(
        ({ contentType, content }) => contentType === 'text/calendar' && content.toString() === letter.calendar?.content,
      ),
    ).toBe(true);
  });

  it('"later" is thrown, and the next attempt goes through under the same Message-ID', async () => {
    let asked = 0;
    const { received, url } = await serve({
      onRcptTo(address, _, callback) {
        asked += 1;
        callback(asked === 1 ? answer(451, `try later, ${address.address}`) : null);
      },
    });
    const mailer = createSmtpMailer({ url, from });
    const failure = await failureOf(mailer.send(compose('code')));
    expect(failure).toBeInstanceOf(MailServerUnavailable);
    expect(failure.message).toBe('The mail server did not take the letter: 451 at RCPT TO.');
    expect(await mailer.send(compose('code'))).toEqual({ kind: 'accepted' });
    expect(await mailer.send(compose('code'))).toEqual({ kind: 'accepted' });
    expect(new Set(received.map(({ mail }) => mail.messageId))).toEqual(new Set([`<${head.letterId}@primarie.example>`]));
  });

  it('A21: an address that the server will never take is refused', async () => {
    const { received, url } = await serve({
      onRcptTo(address, _, callback) {
        callback(answer(550, `no such user ${address.address}`));
      },
    });
    expect(await createSmtpMailer({ url, from }).send(compose('code'))).toEqual({ kind: 'refused', reason: '550 at RCPT TO' });
    expect(received).toEqual([]);
  });

  it('a letter that the server will never take is refused, one that it will take later is thrown', async () => {
    const answers = [answer(554, 'content refused'), answer(452, 'full')];
    const { url } = await serve({
      onData(stream, _, callback) {
        stream.resume();
        stream.on('end', () => {
          callback(answers.shift());
        });
      },
    });
    const mailer = createSmtpMailer({ url, from });
    expect(await mailer.send(compose('code'))).toEqual({ kind: 'refused', reason: '554 at DATA' });
    expect((await failureOf(mailer.send(compose('code')))).message).toContain('452 at DATA');
  });

  it('a server that refuses us, not the citizen, is an outage', async () => {
    const { url } = await serve({
      onMailFrom(_, __, callback) {
        callback(answer(550, 'sender refused'));
      },
    });
    expect((await failureOf(createSmtpMailer({ url, from }).send(compose('code')))).message).toContain('550 at MAIL FROM');
  });

  it('a password that is refused is an outage, and is not repeated in the error', async () => {
    const { url } = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth(_, __, callback) {
        callback(answer(535, 'no'));
      },
    });
    const failure = await failureOf(createSmtpMailer({ url: url.replace('//', '//user:parola-secreta@'), from }).send(compose('code')));
    expect(failure.message).toContain('535 at AUTH');
    expect(`${failure.message}${failure.stack ?? ''}`).not.toContain('parola-secreta');
  });

  it('a server that never greets, or falls silent after DATA, is given up', async () => {
    const silent = await serveSockets(() => undefined);
    expect(await failureOf(createSmtpMailer({ url: silent, from, timeouts }).send(compose('code')))).toBeInstanceOf(MailServerUnavailable);
    const { url } = await serve({
      onData(stream) {
        stream.resume();
      },
    });
    expect(await failureOf(createSmtpMailer({ url, from, timeouts }).send(compose('code')))).toBeInstanceOf(MailServerUnavailable);
  });

  it('a connection cut in the middle of the letter is thrown: it may be sent again', async () => {
    const url = await serveSockets((socket) => {
      socket.write('220 here\r\n');
      socket.on('data', (chunk) => {
        const command = chunk.toString('latin1');
        if (command.startsWith('EHLO')) socket.write('250 here\r\n');
        else if (command.startsWith('DATA')) {
          socket.write('354 go on\r\n');
          socket.removeAllListeners('data');
          socket.once('data', () => socket.destroy());
        } else socket.write('250 OK\r\n');
      });
    });
    expect(await failureOf(createSmtpMailer({ url, from, timeouts }).send(compose('link')))).toBeInstanceOf(MailServerUnavailable);
  });

  it('nobody listening is an outage', async () => {
    const url = `smtp://127.0.0.1:${await freePort()}`;
    expect((await failureOf(createSmtpMailer({ url, from }).send(compose('code')))).message).toMatch(/ECONNREFUSED|ESOCKET|ECONNECTION/u);
  });

  it('nothing personal is in any error, whatever the server says', async () => {
    const { url } = await serve({
      onRcptTo(address, _, callback) {
        callback(answer(450, `${address.address} Ștefan Țurcanu 048213`));
      },
    });
    const failure = await failureOf(createSmtpMailer({ url, from }).send(compose('code')));
    const everything = `${failure.message} ${failure.stack ?? ''} ${JSON.stringify(failure)} ${String(failure.cause)}`;
    for (const datum of ['turcanu', 'Țurcanu', '048213', 'posta.example']) expect(everything).not.toContain(datum);
  });

  it('an address that is not one mailbox never reaches the server', async () => {
    const { received, url } = await serve();
    const delivery = await createSmtpMailer({ url, from }).send({ ...compose('code'), to: 'a@b.example,c@d.example' });
    expect(delivery).toEqual({ kind: 'refused', reason: 'not-one-mailbox' });
    expect(received).toEqual([]);
  });

  it('`requireTLS` in the URL insists on it: without TLS the letter is not sent', async () => {
    const { received, url } = await serve();
    const failure = await failureOf(createSmtpMailer({ url: `${url}?requireTLS=true`, from, timeouts }).send(compose('code')));
    expect(failure).toBeInstanceOf(MailServerUnavailable);
    expect(received).toEqual([]);
  });

  it('TLS with a certificate that nobody vouches for is refused, unless the URL says otherwise', async () => {
    const { received, url } = await serve({ secure: true });
    const secure = url.replace('smtp:', 'smtps:');
    expect(await failureOf(createSmtpMailer({ url: secure, from }).send(compose('code')))).toBeInstanceOf(MailServerUnavailable);
    expect(await createSmtpMailer({ url: `${secure}?tls.rejectUnauthorized=false`, from }).send(compose('code'))).toEqual({
      kind: 'accepted',
    });
    expect(received).toHaveLength(1);
  });

  it('a setting that is no mail server is refused with a sentence', () => {
    for (const url of ['', 'mail.primarie.example', 'https://mail.primarie.example', 'file:///etc/passwd']) {
      expect(() => createSmtpMailer({ url, from })).toThrow(/smtp:\/\/host:port/u);
    }
  });

  it('forgetting finds nothing to delete here', async () => {
    expect(await createSmtpMailer({ url: 'smtp://127.0.0.1:1', from }).forget(head.ticketId)).toBe(0);
  });

  it('beyond this machine a letter goes only over TLS, whatever the address says', async () => {
    // no connection leaves this machine: the address only looks as if it were of another one
    const inClear = async (query = '') => {
      const { received, url } = await serve();
      const sent = createSmtpMailer({ url: `${url.replace('127.0.0.1', '0.0.0.0')}${query}`, from, timeouts }).send(compose('code'));
      return { failure: await failureOf(sent), received };
    };
    for (const query of ['', '?ignoreTLS=true', '?requireTLS=false', '?opportunisticTLS=true']) {
      const { failure, received } = await inClear(query);
      expect(failure).toBeInstanceOf(MailServerUnavailable);
      expect(received).toEqual([]);
    }
    const { received, url } = await serve({ disabledCommands: [] });
    const overTls = `${url.replace('127.0.0.1', '0.0.0.0')}?tls.rejectUnauthorized=false`;
    expect(await createSmtpMailer({ url: overTls, from }).send(compose('code'))).toEqual({ kind: 'accepted' });
    expect(received).toHaveLength(1);
  });
});
