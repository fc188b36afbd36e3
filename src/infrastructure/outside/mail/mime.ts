import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { cleanLine } from './clean-text';
import type { Sender } from './sender';
import { domainOf } from './sender';
import { writeMime } from './write-mime';

/** Ids become header values and names of files. */
const plainId = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/u;

/** @throws RangeError for an id that is not letters, digits and hyphens */
export const mustBePlainId = (id: string): string => {
  if (!plainId.test(id)) throw new RangeError('The id of a letter or of a ticket is made of letters, digits and hyphens.');
  return id;
};

/** The names of the headers by which a kept letter is found again. */
export const ticketHeader = 'X-Tichet-Ticket';

/** Text, HTML and the invitation as alternatives of one another, and the invitation once more as a file. */
export const mimeTree = (letter: Letter, from: Sender): MimeNode => {
  const letterId = mustBePlainId(letter.letterId);
  const { calendar } = letter;
  const composer = new MailComposer({
    from,
    to: { name: '', address: letter.to },
    subject: cleanLine(letter.subject),
    messageId: `<${letterId}@${domainOf(from)}>`,
    ...(letter.issuedAt === undefined ? {} : { date: new Date(letter.issuedAt) }),
    headers: {
      [ticketHeader]: mustBePlainId(letter.ticketId),
      'Auto-Submitted': 'auto-generated',
      'Content-Language': letter.locale,
    },
    text: letter.text,
    html: letter.html,
    ...(calendar === undefined
      ? {}
      : {
          alternatives: [{ contentType: `text/calendar; charset=utf-8; method=${calendar.method}`, content: calendar.content }],
          attachments: [{ filename: 'tichet-albastru.ics', contentType: `application/ics`, content: calendar.content }],
        }),
    baseBoundary: letterId,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile();
};

/**
 * The letter as it goes over the wire and into the outbox.
 * The same letter gives the same Message-ID, and the same bytes if it has a date.
 */
export const toMime = (letter: Letter, from: Sender): Buffer => writeMime(mimeTree(letter, from));
