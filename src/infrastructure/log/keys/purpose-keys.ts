import { keyFor } from './encrypting';
import type { KeyStore } from './key-store';

/**
 * What keys of the installation are for, beside wrapping. The names are kept for ever: what was made with them is in letters, in the log and
 * in tables.
 */
export const purposes = ['verification-code', 'manage-token', 'tag', 'webex-tokens', 'kept-answer'] as const;
export type Purpose = (typeof purposes)[number];
export type PurposeKeys = (purpose: Purpose) => Buffer;

/** With which the keys in the key store are wrapped. */
export const wrappingKeyOf = (masterKey: Buffer): Buffer => keyFor('wrapping', masterKey);

export const derivedFrom =
  (masterKey: Buffer): PurposeKeys =>
  (purpose) =>
    keyFor(purpose, masterKey);

/** Its name in the key store, once the master key from which it was derived is no more. */
export const purposeKeyName = (purpose: Purpose): string => `purpose:${purpose}`;

/** From the key store, where the first rotation of the master key has put them; else derived from the master key, as before any. */
export const openPurposeKeys = async (keys: Pick<KeyStore, 'find'>, masterKey: Buffer): Promise<PurposeKeys> => {
  const kept = new Map<Purpose, Buffer>();
  for (const purpose of purposes) {
    const found = await keys.find(purposeKeyName(purpose));
    if (found !== undefined) kept.set(purpose, found);
  }
  const fallback = derivedFrom(masterKey);
  return (purpose) => kept.get(purpose) ?? fallback(purpose);
};
