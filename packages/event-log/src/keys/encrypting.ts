import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { KeyUnusable } from './key-store';

const nonceBytes = 12;
const tagBytes = 16;

/** A key for one purpose only; knowing it tells nothing about the key from which it is derived, or any other purpose. */
export const keyFor = (purpose: string, key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `tichet-albastru/${purpose}`, 32));

/** With which the keys in the key store are wrapped. */
export const wrappingKeyOf = (masterKey: Buffer): Buffer => keyFor('wrapping', masterKey);

const boundAs = (version: number, bound: string): string => `v${version}\u001f${bound}`;

/** AES-256-GCM with a random nonce: nonce ‖ ciphertext ‖ tag. `bound` is authenticated, not stored. For keys, which all have one length. */
export const encryptBytes = (key: Buffer, clear: Buffer, bound: string): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
};

const decryptBytes = (key: Buffer, sealed: Buffer, bound: string): Buffer => {
  if (sealed.length < nonceBytes + tagBytes) throw new KeyUnusable('A sealed value is shorter than a seal can be.');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch {
    throw new KeyUnusable('A sealed value does not fit its key, or what it is bound to.');
  }
};

/** The first byte of what is padded. What was sealed before has none, and begins with its nonce. */
const paddedVersion = 1;
/** Of the clear text: then 0x80, then zeros up to this size or twice it, and again. Most names, addresses and telephone numbers have one length. */
const smallestSize = 64;
const endOfText = 0x80;

const padded = (clear: Buffer): Buffer => {
  let size = smallestSize;
  while (size <= clear.length) size *= 2;
  const whole = Buffer.alloc(size);
  clear.copy(whole);
  whole[clear.length] = endOfText;
  return whole;
};

/** Texts that tell something: how long they are is not told either. The version ‖ what `encryptBytes` makes of the padded text. */
export const sealText = (key: Buffer, text: string, bound: string): Buffer =>
  Buffer.concat([Buffer.of(paddedVersion), encryptBytes(key, padded(Buffer.from(text)), boundAs(paddedVersion, bound))]);

/** What `sealText` made, or `encryptBytes`. @throws KeyUnusable when key, bytes and `bound` do not belong together */
export const openBytes = (key: Buffer, sealed: Buffer, bound: string): Buffer => {
  if (sealed[0] === paddedVersion) {
    const whole = openIfFitting(key, sealed.subarray(1), boundAs(paddedVersion, bound), decryptBytes);
    if (whole !== undefined) return whole.subarray(0, whole.lastIndexOf(endOfText));
  }
  return decryptBytes(key, sealed, bound);
};

/** The same for what is not needed any more once its key was replaced: nothing, when it was sealed with another one. */
export const openIfFitting = (key: Buffer, sealed: Buffer, bound: string, open = openBytes): Buffer | undefined => {
  try {
    return open(key, sealed, bound);
  } catch (error) {
    if (error instanceof KeyUnusable) return undefined;
    throw error;
  }
};
