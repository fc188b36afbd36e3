import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import { isClear } from '../../../domain/kernel/personal-text';
import type { KeyStore } from './key-store';
import type { PurposeKeys } from './purpose-keys';
import { openBytes } from './encrypting';

const hmac = (key: Buffer, ...parts: readonly string[]): Buffer => createHmac('sha256', key).update(parts.join('\u001f')).digest();

/** Opens and destroys with `keys`; tags, codes and manage tokens are HMACs, each under a key of its own. */
export const createPersonalData = ({ keys, purposeKeys }: { readonly keys: KeyStore; readonly purposeKeys: PurposeKeys }): PersonalData => {
  const codeKey = purposeKeys('verification-code');
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
    // 48 bits spread so evenly over 10^digits that no code is likelier by more than one part in a hundred million
    verificationCode: (ticketId, n, digits) =>
      String(hmac(codeKey, ticketId, String(n)).readUIntBE(0, 6) % 10 ** digits).padStart(digits, '0'),
    manageToken,
    isManageToken: (ticketId, token) => {
      const given = Buffer.from(token);
      const right = Buffer.from(manageToken(ticketId));
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
};
