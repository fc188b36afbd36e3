import type { DeliveryReport, ReportedRecipient } from '../../../../application/kernel/ports/bounce-mailbox';
import { headersOf, partsOf, type MessagePart } from './message-parts';

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

/** `rfc822; name@example.org` */
const addressIn = (field: string | undefined): readonly string[] => {
  const address = field?.slice(field.indexOf(';') + 1).trim() ?? '';
  return address === '' ? [] : [fromXtext(address).replace(/^<|>$/gu, '')];
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
    }));
  return { letterId: id, recipients };
};
