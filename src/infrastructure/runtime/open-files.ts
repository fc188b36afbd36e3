import { readFileSync, statSync } from 'node:fs';

/**
 * Files, sockets and pipes that a process should be allowed to have open: 200 of its own (databases, threads, connections to a database, to
 * mail and register, effects), and one for every connection of a browser and every live page, sixteen of which one person may have.
 */
export const leastOpenFiles = 4096;

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** How many files a process may have open. `undefined` where the system does not tell, or where there is no bound. */
export const openFileLimit = (pid: number | 'self' = 'self', proc = '/proc'): number | undefined => {
  // the soft one is the one that counts; Node has raised its own to the hard one
  const soft = /^Max open files\s+(\d+)/m.exec(textOf(`${proc}/${String(pid)}/limits`))?.[1];
  return soft === undefined ? undefined : Number(soft);
};

/** The process that holds a lock on this file. */
export const lockHolder = (path: string, proc = '/proc'): number | undefined => {
  const inode = statSync(path, { throwIfNoEntry: false })?.ino;
  if (inode === undefined) return undefined;
  const pid = new RegExp(`^\\d+: POSIX\\s+\\S+\\s+\\S+\\s+(\\d+)\\s+\\S+:${String(inode)} `, 'm').exec(textOf(`${proc}/locks`))?.[1];
  return pid === undefined ? undefined : Number(pid);
};
