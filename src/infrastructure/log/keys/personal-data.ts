import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import { ticketStream } from '../../../domain/ticket/facts';
import { isClear } from '../../../domain/kernel/personal-text';
import { type KeyStore, KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';
import type { PurposeKeys } from './purpose-keys';
import { openBytes } from '@tichet-albastru/event-log/keys/encrypting';
import { noteOpened } from '../../runtime/opened-for';
import { secretOfTicket } from './ticket-secrets';

const hmac = (key: Buffer, ...parts: readonly string[]): Buffer => createHmac('sha256', key).update(parts.join('\u001f')).digest();

const areSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Opens and destroys with `keys`; a tag is an HMAC under a key of the installation, a manage token one under a secret of its ticket. */
export const createPersonalData = ({ keys, purposeKeys }: { readonly keys: KeyStore; readonly purposeKeys: PurposeKeys }): PersonalData => {
  const tagKey = purposeKeys('tag');
  const formerTagKeys = purposeKeys.former?.('tag') ?? [];
  const tokenFrom = (secret: Buffer, ticketId: string): string => hmac(secret, 'manage-token', ticketId).toString('base64url');
  const openUnseen: PersonalData['openUnseen'] = async (text) => {
    if (isClear(text)) return text.clear;
    const key = await keys.find(text.key);
    return key && openBytes(key, Buffer.from(text.sealed, 'base64'), text.bound).toString();
  };
  return {
    open: async (text) => {
      const clear = await openUnseen(text);
      if (clear !== undefined && !isClear(text)) noteOpened(text.key.slice(text.key.indexOf(':') + 1));
      return clear;
    },
    openUnseen,
    destroy: (names) => keys.destroy(names),
    destroyTicket: (ticketId) => keys.destroy([`contact:${ticketStream(ticketId)}`, secretOfTicket(ticketId)]),
    tag: (purpose, text) => hmac(tagKey, purpose, text).toString('base64url'),
    formerTags: (purpose, text) => formerTagKeys.map((key) => hmac(key, purpose, text).toString('base64url')),
    randomCode: (digits) => String(randomInt(10 ** digits)).padStart(digits, '0'),
    areSame,
    manageToken: async (ticketId) => {
      const [secret] = await keys.obtain([secretOfTicket(ticketId)]);
      if (secret === undefined) throw new KeyUnusable('The ticket was erased: nobody manages it any more.');
      return tokenFrom(secret, ticketId);
    },
    isManageToken: async (ticketId, token) => {
      const secret = await keys.find(secretOfTicket(ticketId));
      return secret !== undefined && areSame(token, tokenFrom(secret, ticketId));
    },
  };
};
