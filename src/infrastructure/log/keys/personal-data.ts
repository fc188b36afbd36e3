import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import { isClear } from '../../../domain/kernel/personal-text';
import type { KeyStore } from './key-store';
import type { PurposeKeys } from './purpose-keys';
import { openBytes } from './encrypting';

const hmac = (key: Buffer, ...parts: readonly string[]): Buffer => createHmac('sha256', key).update(parts.join('\u001f')).digest();

const areSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Opens and destroys with `keys`; tags and manage tokens are HMACs, each under a key of its own. */
export const createPersonalData = ({ keys, purposeKeys }: { readonly keys: KeyStore; readonly purposeKeys: PurposeKeys }): PersonalData => {
  const tokenKey = purposeKeys('manage-token');
  const tagKey = purposeKeys('tag');
  const manageToken = (ticketId: string): string => hmac(tokenKey, ticketId).toString('base64url');
  return {
    open: async (text) => {
      if (isClear(text)) return text.clear;
      const key = await keys.find(text.key);
      return key && openBytes(key, Buffer.from(text.sealed, 'base64'), text.bound).toString();
    },
    destroy: (names) => keys.destroy(names),
    tag: (purpose, text) => hmac(tagKey, purpose, text).toString('base64url'),
    randomCode: (digits) => String(randomInt(10 ** digits)).padStart(digits, '0'),
    areSame,
    manageToken,
    isManageToken: (ticketId, token) => areSame(token, manageToken(ticketId)),
  };
};
