import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { inBoth, SaidError } from '../../../phrasing/sentences';
import { createKeyFile, MasterKeyUnusable, openMasterKey, syncFolder } from '@tichet-albastru/event-log/keys/master-key';
import type { Instant } from '../../../../domain/kernel/fact';

/** The new master key, until every key is wrapped with it. */
export const nextFile = (path: string): string => `${path}.next`;

/** The file of the master key cannot be replaced: the former key stands. */
export class MasterKeyKept extends SaidError {
  override readonly name = 'MasterKeyKept';
}

const writing = <T>(path: string, work: () => T, say: 'folder' | 'unfinished' = 'folder'): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof MasterKeyUnusable || error instanceof MasterKeyKept) throw error;
    const [folder, reason] = [dirname(path), errorCode(error) ?? 'unknown'];
    throw new MasterKeyKept(
      say === 'folder' && reason === 'EXDEV'
        ? inBoth.unusable.masterKey.mounted({ path, folder })
        : inBoth.unusable.masterKey[say]({ path, next: nextFile(path), folder, reason }),
    );
  }
};

/**
 * Tried before anything is wrapped with another key: a file that is mounted by itself, and one in a folder that nobody may write, cannot be
 * replaced.
 * @throws MasterKeyUnusable
 */
export const assertReplaceable = (path: string): void => {
  const probe = `${path}.probe`;
  writing(path, () => {
    // one that was ended in between has left it
    rmSync(probe, { force: true });
    linkSync(path, probe);
    rmSync(probe);
  });
};

/** Made durably beside the standing one; one that a rotation has left, and that wraps nothing yet, is as good. */
export const makeNextMasterKey = (path: string): Buffer => {
  if (!existsSync(nextFile(path)))
    writing(path, () => {
      createKeyFile(nextFile(path));
    });
  return openMasterKey(nextFile(path), { create: false });
};

/** A new master key with which nothing was wrapped. */
export const dropNextMasterKey = (path: string): void => {
  writing(path, () => {
    rmSync(nextFile(path), { force: true });
    syncFolder(dirname(path));
  });
};

/** The same key there already is as good; another one is left alone. */
const linkBeside = (path: string, wanted: string): string => {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}.${n}`;
    try {
      linkSync(path, name);
      return name;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      if (readFileSync(name).equals(readFileSync(path))) return name;
    }
  }
};

/**
 * Leaves the standing master key beside, under the number of its epoch.
 * @returns where it is now as well
 */
export const keepOldMasterKey = (path: string, epoch: number): string =>
  writing(
    path,
    () => {
      const name = linkBeside(path, `${path}.epoch-${epoch}`);
      syncFolder(dirname(path));
      return name;
    },
    'unfinished',
  );

/** In one step, so that at every moment a master key stands there. Only once every key is wrapped with the new one. */
export const replaceMasterKey = (path: string): void => {
  writing(
    path,
    () => {
      renameSync(nextFile(path), path);
      syncFolder(dirname(path));
    },
    'unfinished',
  );
};

/** Master keys of former epochs that still lie beside the standing one, and since when that one stands. */
export const oldMasterKeys = (path: string): { readonly files: readonly string[]; readonly since: Date | undefined } => {
  const folder = dirname(path);
  if (!existsSync(folder)) return { files: [], since: undefined };
  const files = readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(path)}.epoch-`))
    .sort()
    .map((name) => join(folder, name));
  return { files, since: statSync(path, { throwIfNoEntry: false })?.mtime };
};

/** So long an old master key may lie beside the new one: by then a backup was made. */
export const longestOldKeyDays = 30;

const dayMilliseconds = 86_400_000;

/** @param since when the standing master key was made, as its file says */
export const daysSince = (since: Date | undefined, now: Instant): number =>
  since === undefined ? 0 : (Date.parse(now) - since.getTime()) / dayMilliseconds;
