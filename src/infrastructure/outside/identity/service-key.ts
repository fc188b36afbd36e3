import { constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { inBoth, inEveryLanguage, SaidError, type Sentence } from '../../phrasing/sentences';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';

const keyBytes = 32;
const onlyOwnerReads = 0o400;

/** Keys of the service itself: with which it signs its own tokens, and the checkpoints of the log. */
export type ServiceKeyName = 'token' | 'seal';

/**
 * Of several processes: kept with the keys of the people, wrapped as they are, so that what one process signs is good at every other.
 * Their names are what is stored.
 */
export const sharedNames: Record<ServiceKeyName, string> = { token: 'tokens:service', seal: 'seal:service' };

/** A key of the service cannot be used. The message names the file and says what to do. */
export class ServiceKeyUnusable extends SaidError {
  override readonly name = 'ServiceKeyUnusable';
}

const ofFile = (file: string, words: Sentence): ServiceKeyUnusable =>
  new ServiceKeyUnusable(inEveryLanguage((locale) => `${file}: ${words[locale]}`));

export const serviceKeyFile = (dataDirectory: string, name: ServiceKeyName): string => join(dataDirectory, `${name}.key`);

const isErrorWithCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** Reads the key, refusing a file that others may read. @throws ServiceKeyUnusable */
export const readServiceKey = (dataDirectory: string, name: ServiceKeyName): Uint8Array => {
  const file = serviceKeyFile(dataDirectory, name);
  let key: Buffer;
  try {
    key = readFileSync(file);
  } catch {
    throw ofFile(file, inBoth.unusable.serviceKey.unreadable);
  }
  if ((statSync(file).mode & (constants.S_IRWXG | constants.S_IRWXO)) !== 0) throw ofFile(file, inBoth.unusable.serviceKey.open);
  if (key.length !== keyBytes) throw ofFile(file, inBoth.unusable.serviceKey.length({ due: keyBytes }));
  return Uint8Array.from(key);
};

/** Made on the first start; of two that make it at once, one wins and both read that one. */
export const openServiceKey = (dataDirectory: string, name: ServiceKeyName): Uint8Array => {
  try {
    writeFileSync(serviceKeyFile(dataDirectory, name), randomBytes(keyBytes), { flag: 'wx', mode: onlyOwnerReads, flush: true });
  } catch (error) {
    if (!isErrorWithCode(error, 'EEXIST')) throw error;
  }
  return readServiceKey(dataDirectory, name);
};

const shared = (key: Buffer | undefined): Uint8Array => {
  if (key !== undefined) return Uint8Array.from(key);
  throw new ServiceKeyUnusable(inBoth.unusable.serviceKey.notInDatabase);
};

/** The key of several processes, made by the first of them. @throws ServiceKeyUnusable when it was destroyed */
export const openSharedKey = async (keys: KeyStore, name: ServiceKeyName): Promise<Uint8Array> =>
  shared((await keys.obtain([sharedNames[name]]))[0]);

/** @throws ServiceKeyUnusable when no process has made it yet */
export const readSharedKey = async (keys: KeyStore, name: ServiceKeyName): Promise<Uint8Array> =>
  shared(await keys.find(sharedNames[name]));
