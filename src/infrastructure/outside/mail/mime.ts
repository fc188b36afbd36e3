import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { cleanLine } from './clean-text';
import { type Crest, crestId } from './crest';
import { type Sender, domainOf } from './sender';
import { encode as toBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import { encode as toQuotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

const encoded = (content: string | Buffer, encoding: ReturnType<MimeNode['getTransferEncoding']>): string => {
  switch (encoding) {
    case 'base64':
      return wrapBase64(toBase64(content));
    case 'quoted-printable':
      return wrapQuotedPrintable(toQuotedPrintable(content));
    default:
      return content.toString();
  }
};

const partOf = (node: MimeNode): string => {
  const { content = '', childNodes } = node;
  if (typeof content !== 'string' && !Buffer.isBuffer(content)) throw new TypeError('A letter is made of texts and pictures.');
  const head = `${node.buildHeaders()}\r\n\r\n${encoded(content, node.getTransferEncoding())}`;
  if (childNodes.length === 0) return head;
  // chosen while the headers are built
  const delimiter = `--${String(node.boundary)}`;
  return `${head}${childNodes.map((child) => `${delimiter}\r\n${partOf(child)}\r\n`).join('')}${delimiter}--\r\n`;
};

/**
 * What the node's own streams would write, to the byte. A letter is small and all of it is here: made at once it costs a
 * fraction of what a dozen streams do.
 */
const writeMime = (root: MimeNode): Buffer => {
  const text = partOf(root);
  return Buffer.from(text.endsWith('\n') ? text : `${text}\r\n`);
};

/** Ids become header values and names of files. */
const plainId = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/u;

/** @throws RangeError for an id that is not letters, digits and hyphens */
export const mustBePlainId = (id: string): string => {
  if (!plainId.test(id)) throw new RangeError('The id of a letter or of a ticket is made of letters, digits and hyphens.');
  return id;
};

/** The names of the headers by which a kept letter is found again. */
export const ticketHeader = 'X-Tichet-Ticket';

/** The picture goes with the letters whose HTML part shows it: one that was composed before the crest was set does not. */
const crestOf = ({ html }: Letter, from: Sender, crest: Crest | undefined) =>
  crest === undefined || !html.includes(`cid:${crestId(from)}`)
    ? []
    : [{ cid: crestId(from), contentType: 'image/png', contentDisposition: 'inline' as const, content: crest.png, encoding: 'base64' }];

/** Text, HTML with the crest and the invitation as alternatives of one another, and the invitation once more as a file. */
export const mimeTree = (letter: Letter, from: Sender, crest?: Crest): MimeNode => {
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
      : { alternatives: [{ contentType: `text/calendar; charset=utf-8; method=${calendar.method}`, content: calendar.content }] }),
    attachments: [
      ...crestOf(letter, from, crest),
      ...(calendar === undefined ? [] : [{ filename: 'tichet-albastru.ics', contentType: `application/ics`, content: calendar.content }]),
    ],
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
export const toMime = (letter: Letter, from: Sender, crest?: Crest): Buffer => writeMime(mimeTree(letter, from, crest));
