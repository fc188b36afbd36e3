import { lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { errorCode } from './error-code';

/** From Node 22.1 on; the types are those of Node 20. */
const newer: Pick<typeof nodeModule, 'createRequire'> & { readonly enableCompileCache?: (folder: string) => unknown } = nodeModule;

/** Only this user and root can put something else in the place of what is in the folder, or of one above it. */
const isKept = (folder: string, user: number): boolean => {
  const { uid, mode } = statSync(folder);
  const isSticky = (mode & 0o1000) !== 0;
  if ((uid !== user && uid !== 0) || ((mode & 0o022) !== 0 && !isSticky)) return false;
  return dirname(folder) === folder || isKept(dirname(folder), user);
};

/**
 * The folder of compiled modules below the one that systemd gave, or in the cache of the user. What is in it is run: another user must
 * not be able to put anything there. `undefined` where the folder cannot be made, or is not only ours.
 */
export const compileCacheFolder = (environment: NodeJS.ProcessEnv, user = process.getuid?.()): string | undefined => {
  const { CACHE_DIRECTORY, XDG_CACHE_HOME, HOME = '' } = environment;
  const cache = [CACHE_DIRECTORY?.split(':')[0], XDG_CACHE_HOME, join(HOME, '.cache')].find((path) => path !== undefined && path !== '');
  if (cache === undefined || !isAbsolute(cache) || user === undefined) return undefined;
  try {
    // looked at before anything is made: root may have been given the home of a person
    if (!isKept(realpathSync(dirname(cache)), user)) return undefined;
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    const folder = join(realpathSync(cache), 'tichet-compile-cache');
    if (!isKept(dirname(folder), user)) return undefined;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    return found.isDirectory() && found.uid === user && (found.mode & 0o077) === 0 ? folder : undefined;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
};

/** What this process loads from now on is compiled once for all that come after it. Where Node’s own variables are set, they hold. */
export const keepCompiledModules = (environment: NodeJS.ProcessEnv): void => {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE } = environment;
  if (newer.enableCompileCache === undefined || NODE_COMPILE_CACHE !== undefined || NODE_DISABLE_COMPILE_CACHE !== undefined) return;
  const folder = compileCacheFolder(environment);
  if (folder !== undefined) newer.enableCompileCache(folder);
};
