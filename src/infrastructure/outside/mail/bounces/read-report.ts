import type { DeliveryReport, ReportedRecipient } from '../../../../application/kernel/ports/bounce-mailbox';
import { defined } from '@tichet-albastru/kernel/defined';

/** One part of a message: its headers by lower-case name, and its body as text, decoded. */
type MessagePart = { readonly headers: ReadonlyMap<string, string>; readonly type: string; readonly body: string };

const mostParts = 50;
const deepest = 4;

/** Folded lines are put together; of a name that stands twice the first counts. */
const headersOf = (text: string): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
};

const split = (text: string): readonly [head: string, body: string] => {
  const end = /\r?\n\r?\n/u.exec(text);
  return end === null ? [text, ''] : [text.slice(0, end.index), text.slice(end.index + end[0].length)];
};

const fromQuotedPrintable = (text: string): string =>
  Buffer.from(
    text.replace(/=\r?\n/gu, '').replace(/=([0-9A-Fa-f]{2})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  ).toString('latin1');

const decoded = (body: string, encoding: string): string => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('latin1');
  return encoding === 'quoted-printable' ? fromQuotedPrintable(body) : body;
};

const boundaryOf = (contentType: string): string | undefined => {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/iu.exec(contentType) ?? [];
  return quoted ?? bare;
};

/** Between the delimiters; what stands before the first and behind the last is for programs of another age (RFC 2046, 5.1.1). */
const between = (body: string, boundary: string): readonly string[] => {
  const parts: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split(/\r?\n/u)) {
    const trimmed = line.trimEnd();
    if (trimmed === `--${boundary}` || trimmed === `--${boundary}--`) {
      if (current !== undefined) parts.push(current.join('\r\n'));
      current = trimmed.endsWith('--') && trimmed !== `--${boundary}` ? undefined : [];
      if (parts.length >= mostParts) break;
    } else current?.push(line);
  }
  // a message that was cut off
  if (current !== undefined) parts.push(current.join('\r\n'));
  return parts;
};

/**
 * The leaves of a message, in their order: enough of MIME (RFC 2045, 2046) for a report about a letter, which is made by programs. Bytes
 * are taken as Latin-1, so that nothing is lost of what matters here, which is ASCII. What is broken gives fewer parts, never an error.
 */
const partsOf = (text: string, depth = 0): readonly MessagePart[] => {
  const [head, body] = split(text);
  const headers = headersOf(head);
  const contentType = headers.get('content-type') ?? 'text/plain';
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = type.startsWith('multipart/') ? boundaryOf(contentType) : undefined;
  if (boundary !== undefined && depth < deepest) return between(body, boundary).flatMap((part) => partsOf(part, depth + 1));
  return [{ headers, type, body: decoded(body, (headers.get('content-transfer-encoding') ?? '').toLowerCase()) }];
};

/** Ids of letters are those of events. */
const letterId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
const inMessageId = /^<?([^<>@\s]{1,100})@[^<>@\s]{1,255}>?$/u;

const asLetterId = (text: string | undefined): string | undefined => {
  const id = text?.trim().toLowerCase() ?? '';
  return letterId.test(id) ? id : undefined;
};

/** RFC 3461, 4: bytes that are not plain are `+` and two digits. */
const fromXtext = (text: string): string =>
  text.replace(/\+([0-9A-F]{2})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** The id of the letter in a Message-ID of ours; whose domain it has is no matter, since the id is known here or it is not. */
export const letterIdOfMessageId = (messageId: string | undefined): string | undefined =>
  asLetterId(inMessageId.exec(messageId?.trim() ?? '')?.[1]);

const isReport = ({ type }: MessagePart): boolean => type === 'message/delivery-status' || type === 'message/global-delivery-status';
const returnedTypes = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
]);

/** What was taken byte for byte, as the letters that those bytes are; text of another age stays as it is. */
const fromUtf8 = (text: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
};

/** RFC 6533, 3: letters that are not plain, where only plain ones pass, are `\x{21B}`. */
const fromUnitext = (text: string): string =>
  text.replace(/\\x\{([0-9A-F]{2,6})\}/giu, (whole, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** `rfc822; name@example.org`, `utf-8; țîrlea@example.org` */
const addressIn = (field: string | undefined): readonly string[] => {
  const address = field?.slice(field.indexOf(';') + 1).trim() ?? '';
  return address === '' ? [] : [fromUnitext(fromUtf8(fromXtext(address))).replace(/^<|>$/gu, '')];
};

const actionOf = (text: string | undefined): ReportedRecipient['action'] => {
  const action = /^[a-z]+/u.exec(text?.trim().toLowerCase() ?? '')?.[0];
  return action === 'failed' || action === 'delayed' ? action : 'other';
};

/**
 * The report that this message is (RFC 3464), about a letter that could be ours; `undefined` for every other message. The letter is known
 * by the envelope id that we gave along (RFC 3461), else by the Message-ID of what came back with the report.
 */
export const readReport = (source: Uint8Array): DeliveryReport | undefined => {
  const parts = partsOf(Buffer.from(source).toString('latin1'));
  const status = parts.find(isReport);
  if (status === undefined) return undefined;
  const [first = new Map<string, string>(), ...others] = status.body
    .split(/(?:\r?\n[ \t]*){2,}/u)
    .map((group) => headersOf(group))
    .filter((group) => group.size > 0);
  const returned = parts.find(({ type }) => returnedTypes.has(type));
  const envelopeId = first.get('original-envelope-id');
  const id =
    asLetterId(envelopeId === undefined ? undefined : fromXtext(envelopeId)) ??
    letterIdOfMessageId(returned === undefined ? undefined : headersOf(returned.body.split(/\r?\n\r?\n/u, 1)[0] ?? '').get('message-id'));
  if (id === undefined) return undefined;
  const recipients = others
    .filter((group) => group.has('action'))
    .map((group) => ({
      action: actionOf(group.get('action')),
      addresses: [...addressIn(group.get('original-recipient')), ...addressIn(group.get('final-recipient'))],
      ...defined({ status: /^[245]\.\d{1,3}\.\d{1,3}/u.exec(group.get('status') ?? '')?.[0] }),
    }));
  return { letterId: id, recipients };
};
