import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { KeyUnusable } from './key-store';

const nonceBytes = 12;
const tagBytes = 16;

/** A key for one purpose only; knowing it tells nothing about the key from which it is derived, or any other purpose. */
export const keyFor = (purpose: string, key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `tichet-albastru/${purpose}`, 32));

/** AES-256-GCM with a random nonce: nonce ‖ ciphertext ‖ tag. `bound` is authenticated, not stored. */
export const encryptBytes = (key: Buffer, clear: Buffer, bound: string): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
};

/** @throws KeyUnusable when key, bytes and `bound` do not belong together */
export const openBytes = (key: Buffer, sealed: Buffer, bound: string): Buffer => {
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

/** The same for what is not needed any more once its key was replaced: nothing, when it was sealed with another one. */
export const openIfFitting = (key: Buffer, sealed: Buffer, bound: string): Buffer | undefined => {
  try {
    return openBytes(key, sealed, bound);
  } catch (error) {
    if (error instanceof KeyUnusable) return undefined;
    throw error;
  }
};
