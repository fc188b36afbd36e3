import { createHmac } from 'node:crypto';
import { keyFor } from '@tichet-albastru/event-log/keys/encrypting';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';

/**
 * What keys of the installation are for, beside wrapping. Each rotation of the master key makes new ones of chance. The names are kept for
 * ever: they stand in key stores.
 */
export const purposes = ['tag', 'webex-tokens', 'kept-answer', 'local-token', 'absence-calendar', 'waiting-reading'] as const;
export type Purpose = (typeof purposes)[number];

/** What stands under these is sought with the keys of earlier epochs as well, and then put under the present one. */
export const lastingPurposes = ['tag', 'webex-tokens', 'absence-calendar', 'waiting-reading'] as const satisfies readonly Purpose[];
/** Of earlier versions: nothing is proved with these any more, and a rotation removes them. */
export const endedPurposes = ['verification-code', 'manage-token'] as const;

export type PurposeKeys = ((purpose: Purpose) => Buffer) & {
  /** Made by a rotation; nothing before the first one. */
  readonly renewed?: (purpose: Purpose) => Buffer | undefined;
  /** Of the epochs before, the newest first. */
  readonly former?: (purpose: (typeof lastingPurposes)[number]) => readonly Buffer[];
};

export const derivedFrom =
  (masterKey: Buffer): PurposeKeys =>
  (purpose) =>
    keyFor(purpose, masterKey);

/** Its name in the key store, once there was a rotation. */
export const purposeKeyName = (purpose: Purpose | (typeof endedPurposes)[number]): string => `purpose:${purpose}`;
/**
 * The names of those of earlier epochs, the newest first. So many rotations may follow each other before what was kept under a key is
 * asked for again: a calendar program that is off for months, or two rotations without a start between them.
 */
export const formerKeyNames = (purpose: Purpose): readonly string[] =>
  Array.from({ length: 9 }, (_, n) => (n === 0 ? `former:${purpose}` : `former:${purpose}:${n + 1}`));

/** From the key store, where the rotations of the master key have put them; else derived from the master key, as before any. */
export const openPurposeKeys = async (keys: Pick<KeyStore, 'find'>, masterKey: Buffer): Promise<PurposeKeys> => {
  const [kept, earlier] = [new Map<Purpose, Buffer>(), new Map<Purpose, readonly Buffer[]>()];
  for (const purpose of purposes) {
    const found = await keys.find(purposeKeyName(purpose));
    if (found !== undefined) kept.set(purpose, found);
  }
  for (const purpose of lastingPurposes) {
    const found: Buffer[] = [];
    for (const name of formerKeyNames(purpose)) {
      const key = await keys.find(name);
      if (key === undefined) break;
      found.push(key);
    }
    earlier.set(purpose, found);
  }
  const renewed = (purpose: Purpose) => kept.get(purpose);
  const fallback = derivedFrom(masterKey);
  return Object.assign((purpose: Purpose) => renewed(purpose) ?? fallback(purpose), {
    renewed,
    former: (purpose: Purpose) => earlier.get(purpose) ?? [],
  });
};

/** Signs local tokens, and what is made for browsers: the key of the installation, mixed with what the newest rotation has made. */
export const currentTokenKey = (tokenKey: Uint8Array, { renewed }: PurposeKeys): Uint8Array => {
  const part = renewed?.('local-token');
  return part === undefined ? tokenKey : Uint8Array.from(createHmac('sha256', part).update(tokenKey).digest());
};

/** Encrypts the addresses of calendars, before any rotation. */
export const calendarKeyOf = (tokenKey: Uint8Array): Buffer => keyFor('absence-calendar', tokenKey);
