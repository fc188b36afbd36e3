import { join, relative } from 'node:path';

/** The longest address of a unix socket that every system takes. */
const longest = 100;

/** `control.sock` in the data folder; by a relative path where the absolute one is longer than the system takes. */
export const socketPath = (folder: string): string => {
  const absolute = join(folder, 'control.sock');
  const near = relative(process.cwd(), absolute);
  return Buffer.byteLength(absolute) <= longest || near.length >= absolute.length ? absolute : near;
};
