import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { KeptLetters, Mailer } from '../../application/kernel/ports/mailer';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Settings } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { type Mailbox, openMailbox } from '../outside/mail/mailbox';
import { keptLettersIn } from '../outside/mail/kept-letters';
import { createOutboxMailer } from '../outside/mail/outbox-mailer';
import { createSmtpMailer } from '../outside/mail/smtp-mailer';

type Closing = (() => void | Promise<void>)[];

const smtpTo = (url: string, { mailFrom: from, bouncesTo, crest }: Settings, closing: Closing): Mailer => {
  const mailer = createSmtpMailer({ url, from, ...defined({ bouncesTo, crest }) });
  closing.push(() => {
    mailer.close();
  });
  return mailer;
};

const outboxIn = ({ dataDirectory, mailFrom: from, crest }: Settings, closing: Closing): Mailer => {
  const outbox = createOutboxMailer({ folder: pathIn(dataDirectory, dataFiles.outbox), from, ...defined({ crest }) });
  closing.push(() => outbox.close());
  return outbox;
};

/** What lies in the folders of letters, whoever sends now. */
export const keptLettersOf = ({ dataDirectory }: Pick<Settings, 'dataDirectory'>): KeptLetters =>
  keptLettersIn([pathIn(dataDirectory, dataFiles.outbox), pathIn(dataDirectory, dataFiles.mailbox)]);

/**
 * By SMTP, or into the outbox folder. Whatever sends now, forgetting reaches every folder of letters: those of before SMTP was set, and
 * those that a demonstration has shown.
 */
export const openMailer = (settings: Settings, clock: Clock, closing: Closing): { readonly mailer: Mailer; readonly mailbox?: Mailbox } => {
  const outbox = outboxIn(settings, closing);
  const sending = settings.smtpUrl === undefined ? outbox : smtpTo(settings.smtpUrl, settings, closing);
  const mailbox = openMailbox(pathIn(settings.dataDirectory, dataFiles.mailbox), clock);
  const kept = mailbox.beside(outbox);
  const files = { forget: (ticketId: string): Promise<number> => kept.forget(ticketId), kept: keptLettersOf(settings) };
  if (settings.development === undefined) return { mailer: { send: (letter) => sending.send(letter), ...files } };
  const shown = mailbox.beside(sending);
  return { mailer: { send: (letter) => shown.send(letter), ...files }, mailbox };
};
