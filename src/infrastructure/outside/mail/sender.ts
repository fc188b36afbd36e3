import { cleanLine } from './clean-text';

/** Who the letters come from: `Name <address>` or a bare address. */
export type Sender = { readonly name: string; readonly address: string };

const mailbox = /^[^\s@<>()[\]\\,;:"'\p{C}]+@[^\s@<>()[\]\\,;:"'\p{C}]+$/u;

/**
 * One mailbox and nothing else: a comma would make two of it, a line break a header.
 * What a citizen may type is decided elsewhere; this is the last gate before a mail server.
 */
export const isOneMailbox = (text: string): boolean => text.length <= 320 && mailbox.test(text);

const named = /^(?<name>[^<>]*)<(?<address>[^<>]+)>$/u;

/** @throws RangeError, with a sentence, when the setting is no mailbox */
export const senderFrom = (setting: string): Sender => {
  const groups = named.exec(setting.trim())?.groups;
  const address = (groups?.['address'] ?? setting).trim();
  if (!isOneMailbox(address)) throw new RangeError('The sender of letters must be one e-mail address, bare or as "Name <address>".');
  const name = cleanLine(groups?.['name'] ?? '').replace(/^"|"$/gu, '');
  return { name: name === '' ? 'Primăria municipiului Cluj-Napoca' : name, address };
};

export const domainOf = ({ address }: Sender): string => address.slice(address.lastIndexOf('@') + 1);
