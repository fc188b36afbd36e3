import { isMailbox } from '../../../domain/kernel/email-address';
import { cleanLine } from './clean-text';

/** Who the letters come from: `Name <address>` or a bare address. */
export type Sender = { readonly name: string; readonly address: string };

const named = /^(?<name>[^<>]*)<(?<address>[^<>]+)>$/u;

/** @throws RangeError, with a sentence, when the setting is no mailbox */
export const senderFrom = (setting: string): Sender => {
  const groups = named.exec(setting.trim())?.groups;
  const address = (groups?.['address'] ?? setting).trim();
  if (!isMailbox(address)) throw new RangeError('The sender of letters must be one e-mail address, bare or as "Name <address>".');
  const name = cleanLine(groups?.['name'] ?? '').replace(/^"|"$/gu, '');
  return { name: name === '' ? 'Primăria municipiului Cluj-Napoca' : name, address };
};

export const domainOf = ({ address }: Sender): string => address.slice(address.lastIndexOf('@') + 1);
