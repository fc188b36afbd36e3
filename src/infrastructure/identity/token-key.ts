import { constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KeyStore } from '../privacy/key-store';

const keyBytes = 32;
const onlyOwnerReads = 0o400;

/** The key of local tokens cannot be used. The message names the file and says what to do. */
export class TokenKeyUnusable extends Error {
  override readonly name = 'TokenKeyUnusable';
}

export const tokenKeyFile = (dataDirectory: string): string => join(dataDirectory, 'token.key');

const isErrorWithCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** Reads the key, refusing a file that others may read. @throws TokenKeyUnusable */
export const readTokenKey = (dataDirectory: string): Uint8Array => {
  const file = tokenKeyFile(dataDirectory);
  let key: Buffer;
  try {
    key = readFileSync(file);
  } catch {
    throw new TokenKeyUnusable(
      `${file}: cheia nu poate fi citită; pornirea serviciului o creează. / The key cannot be read; starting the service creates it.`,
    );
  }
  if ((statSync(file).mode & (constants.S_IRWXG | constants.S_IRWXO)) !== 0) {
    throw new TokenKeyUnusable(`${file}: și alții pot citi cheia; folosiți chmod 0400. / Others can read the key; use chmod 0400.`);
  }
  if (key.length !== keyBytes) {
    throw new TokenKeyUnusable(`${file}: cheia trebuie să aibă ${keyBytes} de octeți. / The key must have ${keyBytes} bytes.`);
  }
  return Uint8Array.from(key);
};

/** The key of local tokens, made on the first start; of two that make it at once, one wins and both read that one. */
export const openTokenKey = (dataDirectory: string): Uint8Array => {
  try {
    writeFileSync(tokenKeyFile(dataDirectory), randomBytes(keyBytes), { flag: 'wx', mode: onlyOwnerReads, flush: true });
  } catch (error) {
    if (!isErrorWithCode(error, 'EEXIST')) throw error;
  }
  return readTokenKey(dataDirectory);
};

/** Of several processes: kept with the keys of the people, wrapped as they are, so that a token of one process is good at every other. */
const sharedName = 'tokens:service';

const shared = (key: Buffer | undefined): Uint8Array => {
  if (key !== undefined) return Uint8Array.from(key);
  throw new TokenKeyUnusable(
    'Cheia jetoanelor nu este în baza de date; pornirea serviciului o creează. / ' +
      'The key of tokens is not in the database; starting the service creates it.',
  );
};

/** The key of local tokens of several processes, made by the first of them. @throws TokenKeyUnusable when somebody has destroyed it */
export const openSharedTokenKey = async (keys: KeyStore): Promise<Uint8Array> => shared((await keys.obtain([sharedName]))[0]);

/** @throws TokenKeyUnusable when no process has made it yet */
export const readSharedTokenKey = async (keys: KeyStore): Promise<Uint8Array> => shared(await keys.find(sharedName));
