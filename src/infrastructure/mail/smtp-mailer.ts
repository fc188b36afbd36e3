import { createTransport } from 'nodemailer';
import type { Delivery, Mailer } from '../../application/ports/mailer';
import { toMime } from './mime';
import { isOneMailbox, senderFrom } from './sender';

/** Milliseconds. A greeting may take long: servers let strangers wait on purpose. */
export type SmtpTimeouts = { readonly connection: number; readonly greeting: number; readonly socket: number };
const usualTimeouts: SmtpTimeouts = { connection: 5_000, greeting: 15_000, socket: 30_000 };

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

/** Before RCPT a 5xx speaks of us (sender, password); from there on of this letter, and is final. */
const isFinal = ({ step, status }: { readonly step: string; readonly status: string }): boolean =>
  status.startsWith('5') && (step === 'RCPT TO' || step === 'DATA');

/**
 * Sends by the server of `url`: `smtps://user:password@host:465`, or `smtp://host:587` with STARTTLS when offered and
 * `?requireTLS=true` to insist on it. A connection a letter; delivery is at least once, always under the same Message-ID.
 * @throws RangeError, with a sentence, when `url` or `from` cannot be used
 */
export const createSmtpMailer = (options: { readonly url: string; readonly from: string; readonly timeouts?: SmtpTimeouts }): Mailer => {
  const sender = senderFrom(options.from);
  if (!URL.canParse(options.url) || !/^smtps?:$/u.test(new URL(options.url).protocol)) {
    throw new RangeError('The mail server must be given as smtp://host:port or smtps://user:password@host:port.');
  }
  const timeouts = options.timeouts ?? usualTimeouts;
  const transport = createTransport({
    url: options.url,
    connectionTimeout: timeouts.connection,
    dnsTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
    debug: false,
  });

  return {
    async send(letter): Promise<Delivery> {
      if (!isOneMailbox(letter.to)) return { kind: 'refused', reason: 'not-one-mailbox' };
      const raw = toMime(letter, sender);
      try {
        const { rejected } = await transport.sendMail({ envelope: { from: sender.address, to: [letter.to] }, raw });
        return rejected.length === 0 ? { kind: 'accepted' } : { kind: 'refused', reason: 'rejected at RCPT TO' };
      } catch (error) {
        const outcome = outcomeOf(error);
        if (isFinal(outcome)) return { kind: 'refused', reason: `${outcome.status} at ${outcome.step}` };
        // Without a cause: the original quotes the server, which quotes the address.
        throw new MailServerUnavailable(`The mail server did not take the letter: ${outcome.status || outcome.code} at ${outcome.step}.`);
      }
    },
    /** A mail server gives nothing back. */
    forget: () => Promise.resolve(0),
  };
};
