import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { Unusable, type UnusableReason } from '../unusable';

const keyBytes = 32;

/** The key file is not usable. */
export class MasterKeyUnusable extends Unusable<Extract<UnusableReason, `masterKey.${string}`>> {
  override readonly name = 'MasterKeyUnusable';
}

export const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** Written whole beside its place, then linked there: no reader ever sees half a key, and an existing key is never overwritten. */
export const createKeyFile = (path: string): void => {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.new`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const descriptor = openSync(draft, 'wx', 0o400);
  try {
    writeSync(descriptor, randomBytes(keyBytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(path));
};

/**
 * The 32 bytes that wrap every key of the installation. Who loses this file loses every personal datum with it.
 * @param options.create make it where there is none (the first start)
 * @throws MasterKeyUnusable when it is missing, unreadable, of another length, or open to others than its owner
 */
export const openMasterKey = (path: string, { create }: { readonly create: boolean }): Buffer => {
  try {
    if (create && !existsSync(path)) createKeyFile(path);
    const mode = statSync(path).mode & 0o777;
    if ((mode & 0o377) !== 0) throw new MasterKeyUnusable('masterKey.mode', { path, mode: mode.toString(8) });
    const key = readFileSync(path);
    if (key.length === keyBytes) return key;
    throw new MasterKeyUnusable('masterKey.length', { path, length: key.length, due: keyBytes });
  } catch (error) {
    if (error instanceof MasterKeyUnusable) throw error;
    const reason = errorCode(error) ?? 'unknown';
    throw reason === 'ENOENT'
      ? new MasterKeyUnusable('masterKey.missing', { path })
      : new MasterKeyUnusable('masterKey.unreadable', { path, reason });
  }
};
