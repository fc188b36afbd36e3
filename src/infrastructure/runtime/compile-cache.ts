import { existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';

/** From Node 22.8 on; the types are those of Node 20. */
const newer: Pick<typeof nodeModule, 'createRequire'> & { readonly enableCompileCache?: (folder: string) => unknown } = nodeModule;

/** Only this user and root can put another folder in the place of one in it; where it is sticky, as /tmp is, each has only their own. */
const isKept = (folder: string, user: number): boolean => {
  const { uid, mode } = lstatSync(folder);
  return (uid === user || uid === 0) && ((mode & 0o022) === 0 || (mode & 0o1000) !== 0);
};

/** What is in the folder is run, so another user must not be able to write there. `undefined` where it cannot be made, or is not only ours. */
export const compileCacheFolder = (environment: NodeJS.ProcessEnv, user = process.getuid?.()): string | undefined => {
  const { CACHE_DIRECTORY, XDG_CACHE_HOME, HOME = '' } = environment;
  const cache = [CACHE_DIRECTORY?.split(':')[0], XDG_CACHE_HOME].find((path) => path) ?? join(HOME, '.cache');
  if (!isAbsolute(cache) || user === undefined) return undefined;
  try {
    // before anything is made: root may have been given the home of a person (and not recursive: below /proc that never ends on Node 24)
    if (!isKept(realpathSync(dirname(cache)), user)) return undefined;
    if (!existsSync(cache)) mkdirSync(cache, { mode: 0o700 });
    const folder = join(realpathSync(cache), 'tichet-compile-cache');
    if (!isKept(dirname(folder), user)) return undefined;
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    const found = lstatSync(folder);
    return found.isDirectory() && found.uid === user && (found.mode & 0o077) === 0 ? folder : undefined;
  } catch {
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
