import { readdirSync, readFileSync } from 'node:fs';
import type { Disk } from './disk';

/** Running or waiting in the program; not so one that is stopped (T), or that will be as soon as the kernel lets go of it (D). */
const goesOn = (stat: string): boolean => !/^[TtDZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));

const threadsGoOn = (pid: number): boolean => {
  const threads = `/proc/${String(pid)}/task`;
  try {
    return readdirSync(threads).some((thread) => goesOn(readFileSync(`${threads}/${thread}/stat`, 'utf8')));
  } catch {
    // one of them was just ending
    return true;
  }
};

/**
 * Ends a program and its disk as a power cut does, the program not a moment later than the disk. A program that goes on may hear that a sync
 * which was under way has succeeded (ext4 and xfs say so when they are shut down), and would acknowledge what no machine without power can.
 */
export const cutPower = (pid: number | undefined, disk: Disk): void => {
  if (pid === undefined) throw new Error('There is no program whose power could be cut.');
  process.kill(pid, 'SIGSTOP');
  const patience = Date.now() + 300_000;
  while (threadsGoOn(pid)) if (Date.now() > patience) throw new Error('The program cannot be stopped.');
  disk.cut();
  process.kill(pid, 'SIGKILL');
};
