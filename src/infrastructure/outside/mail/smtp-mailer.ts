import { createTransport } from 'nodemailer';
import type { Delivery, Mailer } from '../../../application/kernel/ports/mailer';
import { isEmailAddress } from '../../../domain/kernel/email-address';
import { defined } from '@tichet-albastru/kernel/defined';
import { type ConnectionFault, faultOf } from '../connection-fault';
import type { Crest } from './crest';
import { insistingOnTls } from './mail-server';
import { toMime } from './mime';
import { senderFrom } from './sender';

/**
 * Milliseconds. A greeting may take long: servers let strangers wait on purpose. `whole` bounds one letter from its turn in the queue
 * to the server's answer, so that one who trickles is not waited for.
 */
export type SmtpTimeouts = { readonly connection: number; readonly greeting: number; readonly socket: number; readonly whole: number };
const usualTimeouts: SmtpTimeouts = { connection: 5_000, greeting: 15_000, socket: 30_000, whole: 90_000 };
/** At a time; a server bears few strangers at once. */
const mostConnections = 5;
/** A connection is left after so many letters. */
const mostLettersAConnection = 50;

/** The letter was not accepted now; another attempt may be. Says the step and the server's number, never an address. */
export class MailServerUnavailable extends Error {
  override readonly name = 'MailServerUnavailable';
}

const textOf = (error: unknown, field: string): string => {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What is left of an error of the connection once everything that could be personal is dropped. */
const outcomeOf = (error: unknown): { readonly step: string; readonly status: string; readonly code: string } => ({
  step: /^[A-Z ]{1,20}$/u.test(textOf(error, 'command')) ? textOf(error, 'command') : 'unknown',
  status: /^[2-5]\d\d$/u.test(textOf(error, 'responseCode')) ? textOf(error, 'responseCode') : '',
  code: /^[A-Z_]{1,30}$/u.test(textOf(error, 'code')) ? textOf(error, 'code') : 'unknown',
});

/**
 * How servers name what they took: Postfix, Exim, Exchange, and others that say `queued as`. Anything else in their sentence is dropped.
 */
const queueIdIn = (response: string): string | undefined =>
  /\b(?:queued as|queued mail for delivery|id=|InternalId=)\s*([A-Za-z0-9][A-Za-z0-9._-]{2,63})(?![A-Za-z0-9._@-])/iu.exec(response)?.[1];

/** Before RCPT a 5xx speaks of us (sender, password); from there on of this letter, and is final. */
const isFinal = ({ step, status }: { readonly step: string; readonly status: string }): boolean =>
  status.startsWith('5') && (step === 'RCPT TO' || step === 'DATA');

const connectionTo = (url: string, { connection, greeting, socket }: SmtpTimeouts) => ({
  url: insistingOnTls(url),
  connectionTimeout: connection,
  dnsTimeout: connection,
  greetingTimeout: greeting,
  socketTimeout: socket,
  disableFileAccess: true,
  disableUrlAccess: true,
  logger: false,
  debug: false,
});

/** Connects, with TLS as for a letter, and signs in; no letter is sent. `undefined` where that can be done. */
export const mailServerFault = async (url: string, timeouts: SmtpTimeouts): Promise<ConnectionFault | undefined> => {
  const transport = createTransport(connectionTo(url, timeouts));
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return faultOf(error);
  } finally {
    transport.close();
  }
};

/**
 * Sends by the server of `url`: `smtps://user:password@host:465`, or `smtp://host:587` with STARTTLS, without which nothing is sent to
 * another machine. Connections are kept and used again; delivery is at least once, always under the same Message-ID.
 * @param options.bouncesTo where letters that cannot be delivered come back to; the sender's own address when left out
 * @throws RangeError, with a sentence, when `url`, `from` or `bouncesTo` cannot be used
 */
export const createSmtpMailer = (options: {
  readonly url: string;
  readonly from: string;
  readonly bouncesTo?: string;
  readonly crest?: Crest;
  readonly timeouts?: SmtpTimeouts;
}): Mailer & { close(): void } => {
  const sender = senderFrom(options.from);
  const bouncesTo = senderFrom(options.bouncesTo ?? sender.address).address;
  if (!URL.canParse(options.url) || !/^smtps?:$/u.test(new URL(options.url).protocol)) {
    throw new RangeError('The mail server must be given as smtp://host:port or smtps://user:password@host:port.');
  }
  const timeouts = options.timeouts ?? usualTimeouts;
  const transport = createTransport({
    ...connectionTo(options.url, timeouts),
    pool: true,
    maxConnections: mostConnections,
    maxMessages: mostLettersAConnection,
    // a connection that the server had closed meanwhile is replaced once; everything else is for the process that counts attempts
    maxRequeues: 1,
  });

  return {
    async send(letter): Promise<Delivery> {
      if (!isEmailAddress(letter.to)) return { kind: 'refused', reason: 'not-one-mailbox' };
      const raw = toMime(letter, sender, options.crest);
      try {
        const { rejected, response } = await transport.sendMail({
          envelope: { from: bouncesTo, to: [letter.to] },
          raw,
          // RFC 3461: the letter's own id comes back with it, and only when it has failed
          dsn: { id: letter.letterId, return: 'headers', notify: ['failure'], recipient: letter.to },
          signal: AbortSignal.timeout(timeouts.whole),
        });
        if (rejected.length > 0) return { kind: 'refused', reason: 'rejected at RCPT TO' };
        const queueId = queueIdIn(response);
        return { kind: 'accepted', ...defined({ queueId }) };
      } catch (error) {
        const outcome = outcomeOf(error);
        if (isFinal(outcome)) return { kind: 'refused', reason: `${outcome.status} at ${outcome.step}` };
        // Without a cause: the original quotes the server, which quotes the address.
        throw new MailServerUnavailable(`The mail server did not take the letter: ${outcome.status || outcome.code} at ${outcome.step}.`);
      }
    },
    /** A mail server gives nothing back. */
    forget: () => Promise.resolve(0),
    close: () => {
      transport.close();
    },
  };
};
