import { constants, setPriority } from 'node:os';

/**
 * Lets whoever answers requests run first where both want the same processor. On Linux a priority is a thread's own;
 * elsewhere it is the whole process's, and is left as it is. Not the lowest one: this thread also holds locks.
 */
export const standBack = (): void => {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that forbids it has slower neighbours, and no less a rebuild.
  }
};
